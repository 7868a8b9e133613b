import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../../support/backup-set.ts';
import type { BackupSet } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { buildMany } from '../../support/tree-everything.ts';
import type { Generation } from '../../support/wire.ts';

function manifestsOf(set: BackupSet, generation: Generation): string[] {
  const folder = join(set.path, '.mirrorbackup/manifests');
  return readdirSync(folder)
    .filter((name) => name.startsWith(generation.name))
    .map((name) => join(folder, name));
}

function flipBit(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  writeFileSync(path, bytes);
}

describe('a damaged manifest', () => {
  const fixture = useFixture();

  async function twoGenerations(): Promise<{ first: Generation; second: Generation }> {
    const { set, source } = fixture();
    buildMany(source, 4, 25);
    return { first: (await set.run()).generation, second: (await set.run()).generation };
  }

  /** Every command that reads it says so or still gives the right answer; none invents one. */
  async function expectNoticed(set: BackupSet, generation: Generation, other: Generation): Promise<void> {
    const answer = await set.compare(generation.name, other.name).then(
      ({ summary }) => summary,
      (error: unknown) => error as { data: { id: string; path?: string } },
    );
    if ('data' in answer) {
      expect(answer.data.id).to.be.oneOf(['ManifestDamaged', 'ManifestNotFound']);
      expect(manifestsOf(set, generation).concat(join(set.path, '.mirrorbackup/manifests'))).to.satisfy(
        (paths: string[]) => paths.some((path) => answer.data.path?.startsWith(path)),
      );
    } else {
      expect(answer).to.include({ added: 0, removed: 0, modified: 0, metadataChanged: 0, unchanged: 105 });
    }
  }

  it('cut off anywhere is noticed by compareGenerations, which names the file', async () => {
    const { set } = fixture();
    const { first, second } = await twoGenerations();
    const [path = ''] = manifestsOf(set, first);
    const whole = readFileSync(path);
    const places = [0, 7, 64, whole.length >> 2, whole.length >> 1, whole.length - 1];
    for (const length of places) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      const { data } = await refusal(set.compare(first.name, second.name));
      expect(data.id, `cut to ${length} of ${whole.length}`).to.equal('ManifestDamaged');
      expect(data.path).to.equal(path);
      expect(data.category).to.equal('InvalidData');
    }
  });

  it('with a flipped bit anywhere is noticed', async () => {
    const { set } = fixture();
    const { first, second } = await twoGenerations();
    const [path = ''] = manifestsOf(set, first);
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 17)) {
      writeFileSync(path, whole);
      flipBit(path, at);
      await expectNoticed(set, first, second);
    }
  });

  it('does not keep the other generations from being listed', async () => {
    const { set } = fixture();
    const { first, second } = await twoGenerations();
    for (const path of manifestsOf(set, first)) truncateSync(path, statSync(path).size >> 1);
    expect(await set.names()).to.include(second.name);
  });

  for (const damage of ['cut off', 'flipped', 'missing'] as const) {
    it(`of the newest generation (${damage}): no wrong links, and the files stay`, async () => {
      const { set, source } = fixture();
      const { first, second } = await twoGenerations();
      const before = [frozen(first.path), frozen(second.path)];
      for (const path of manifestsOf(set, second)) {
        if (damage === 'missing') rmSync(path);
        else if (damage === 'flipped') flipBit(path, statSync(path).size >> 1);
        else truncateSync(path, statSync(path).size >> 1);
      }
      const outcome = await set.run().then(
        (run) => run.generation,
        (error: unknown) => error as { data: { id: string } },
      );
      if ('data' in outcome) expect(outcome.data.id).to.be.oneOf(['ManifestDamaged', 'ManifestNotFound']);
      else {
        expect(outcome.warnings.map((warning) => warning.id).join()).to.match(/Manifest/);
        expectMirror(source, set.at(outcome, 'source'));
      }
      expectSameLines(frozen(first.path), before[0] ?? [], 'the oldest');
      expectSameLines(frozen(second.path), before[1] ?? [], 'the damaged one');
      expect(existsSync(second.path)).to.equal(true);
    });
  }
});
