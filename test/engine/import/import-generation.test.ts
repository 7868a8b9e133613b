import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { refusal } from '../../support/backup-set.ts';
import { age, rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { expectMirror, expectSameLines, frozen, linkGroups } from '../../support/oracle-mirror.ts';
import { rsyncGeneration, sharedPaths } from '../../support/oracle-rsync.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';
import type { Generation, Warning } from '../../support/wire.ts';

const DAYS = ['2026-11-01T030000Z', '2026-11-02T030000Z', '2026-11-03T030000Z'] as const;

function timeOf(name: string): string {
  return `${name.slice(0, 13)}:${name.slice(13, 15)}:${name.slice(15)}`;
}

/** Copies as hard links, as rsnapshot and many scripts do. */
function copyLinked(from: string, to: string): void {
  const result = spawnSync('cp', ['-al', from, to], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`cp: ${result.stderr}`);
}

describe('importing what other programs made', () => {
  const fixture = useFixture();

  async function bring(
    name: string,
    tree: string,
    options: object = {},
  ): Promise<{ generation: Generation; warnings: Warning[] }> {
    const { set, source, engine } = fixture();
    const { id, answer } = engine.start<Generation>('importGeneration', {
      setPath: set.path,
      trees: [{ path: tree, sourcePath: source }],
      createdAt: timeOf(name),
      workers: 1,
      ...options,
    });
    const generation = await answer;
    const warnings = engine.take(id).filter(({ method }) => method === 'warning');
    return { generation, warnings: warnings.map(({ params }) => params as unknown as Warning) };
  }

  /** Three backups of a source that changes a little each day, as a program would make them. */
  function threeTrees(make: (source: string, target: string, base: string | null) => void): string[] {
    const { source, sandbox } = fixture();
    buildTree(source, { same: 'the same', edited: 'first', gone: 'goes', folder: { deep: 'deep', twin: '' } });
    rmSync(`${source}/folder/twin`);
    linkSync(`${source}/folder/deep`, `${source}/folder/twin`);
    const trees = DAYS.map((_, day) => sandbox.path(`day.${day}`));
    make(source, trees[0], null);
    rewriteInPlace(`${source}/edited`, 'second edition');
    rmSync(`${source}/gone`);
    make(source, trees[1], trees[0]);
    writeFileSync(`${source}/new`, 'new');
    make(source, trees[2], trees[1]);
    return trees;
  }

  function byCopyingLinks(source: string, target: string, base: string | null): void {
    if (base !== null) copyLinked(base, target);
    const made = spawnSync('rsync', ['-aHAX', '--delete', `${source}/`, `${target}/`], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`rsync: ${made.stderr}`);
  }

  for (const [program, make] of [
    ['rsync --link-dest', rsyncGeneration],
    ['cp -al', byCopyingLinks],
  ] as const) {
    it(`makes generations of ${program} that share their files, and the next backup links to them`, async function () {
      requires(this, 'linux', 'tool:rsync');
      const { set, source } = fixture();
      const trees = threeTrees(make);
      const before = trees.map((tree) => frozen(tree));
      const imported = [];
      for (const [day, tree] of trees.entries()) imported.push((await bring(DAYS[day], tree)).generation);

      expect(imported.map(({ name }) => name)).to.deep.equal([...DAYS]);
      expect(imported.map(({ state, copiedFiles }) => [state, copiedFiles])).to.deep.equal(
        DAYS.map(() => ['Complete', 0]),
      );
      expect(imported.map(({ added, modified, removed }) => [added, modified, removed])).to.deep.equal([
        [7, 0, 0],
        [0, 1, 1],
        [1, 0, 0],
      ]);
      trees.forEach((tree, day) => {
        const kept = set.at(imported[day], 'source');
        expectMirror(tree, kept);
        expectSameLines(frozen(tree), before[day], 'the original');
        const files = [...listTree(tree, { content: false }).values()].filter((item) => item.type !== 'directory');
        expect(sharedPaths(tree, kept), 'files shared with the original').to.have.length(files.length);
        expect(linkGroups(listTree(kept))).to.deep.include(['folder/deep', 'folder/twin']);
      });

      const next = await set.run();
      expect(next.generation).to.include({ copiedFiles: 0, linkedFiles: next.generation.files, failed: 0 });
      expect(next.items).to.deep.equal([]);
      expect(sharedPaths(set.at(imported[2], 'source'), set.at(next.generation, 'source'))).to.include('same');
      expectMirror(source, set.at(next.generation, 'source'));
    });
  }
});
