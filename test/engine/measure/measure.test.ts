import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { requires } from '../../support/requires.ts';
import { measure, spaceOnDisk } from '../../support/set-space.ts';

describe('measureGenerations', () => {
  const fixture = useFixture();

  function write(path: string, bytes: number): void {
    const full = join(fixture().source, path);
    mkdirSync(join(full, '..'), { recursive: true });
    writeFileSync(full, Buffer.alloc(bytes, path));
  }

  function exchange(one: string, other: string): void {
    const at = (name: string): string => join(fixture().source, name);
    renameSync(at(one), at('aside'));
    renameSync(at(other), at(one));
    renameSync(at('aside'), at(other));
  }

  async function expectExact(chosen?: string[]): Promise<void> {
    const { set } = fixture();
    const all = await set.names();
    const { generations } = await measure(set, chosen);
    const told = generations.map(({ estimated: _estimated, ...rest }) => rest);
    const expected = spaceOnDisk(set, all, chosen ?? all);
    expect(told).to.deep.equal(told.map((row, i) => ({ ...row, ...expected[i] })));
  }

  it('counts a renamed folder and the hard links of the source once', async () => {
    const { set, source } = fixture();
    write('a/one', 5000);
    write('a/two', 70_000);
    linkSync(join(source, 'a/one'), join(source, 'a/three'));
    await set.run();
    renameSync(join(source, 'a'), join(source, 'b'));
    await set.run();
    linkSync(join(source, 'b/two'), join(source, 'four'));
    await set.run();
    await expectExact();
    await expectExact((await set.names()).slice(0, 2));
  });

  it('tells files apart that changed places, also where only their content differs and no hash was recorded', async () => {
    const { set, source } = fixture();
    for (const name of ['a', 'b']) {
      write(name, 5000);
      utimesSync(join(source, name), 1_600_000_000, 1_600_000_000);
    }
    await set.run({ hash: 'None' });
    linkSync(join(source, 'b'), join(source, 'c'));
    exchange('a', 'b');
    const { generation } = await set.run({ hash: 'None' });
    expect(generation.linkedFiles).to.equal(3);
    await expectExact();
    await set.run({ hash: 'None' });
    await expectExact();
  });

  it('tells files apart whose folders changed places', async () => {
    const { set, source } = fixture();
    for (const [name, bytes] of [
      ['a/file', 5000],
      ['b/file', 70_000],
    ] as const) {
      write(name, bytes);
      truncateSync(join(source, name), 70_000);
      utimesSync(join(source, name), 1_600_000_000, 1_600_000_000);
    }
    await set.run({ hash: 'None' });
    linkSync(join(source, 'b/file'), join(source, 'c'));
    exchange('a', 'b');
    const { generation } = await set.run({ hash: 'None' });
    expect(generation.linkedFiles).to.equal(3);
    await expectExact();
  });

  it('counts holes of sparse files as the file system does', async function () {
    // Wine writes them in full.
    requires(this, 'linux');
    const { set, source } = fixture();
    write('disk', 8192);
    truncateSync(join(source, 'disk'), 3 * 2 ** 30);
    await set.run();
    await expectExact();
  });

  it('says what du says', async function () {
    requires(this, 'tool:du');
    const { set } = fixture();
    write('a', 12_345);
    await set.run();
    write('b', 1);
    await set.run();
    for (const { name, bytes } of (await measure(set)).generations)
      expect(bytes).to.equal(parseInt(execFileSync('du', ['-s', '-B1', join(set.path, name)], { encoding: 'utf8' })));
  });

  it('lists the folders that grew, without what the first generation brought', async () => {
    const { set } = fixture();
    write('old/large', 1_000_000);
    await set.run();
    write('x/one', 40_000);
    write('y/two', 80_000);
    await set.run();
    const { total } = await measure(set, undefined, { top: 2 });
    expect(total.growingFolders.map(({ path, files }) => [path, files])).to.deep.equal([
      ['source/y', 1],
      ['source/x', 1],
    ]);
  });

  it('foresees when copies get too many names, as the runs then do', async () => {
    const { set } = fixture();
    for (let i = 0; i < 20; i++) write(`f${i}`, 10);
    await set.run({ maxLinks: 4 });
    const { linkForecast } = (await measure(set, undefined, { maxLinks: 4 })).total;
    const { firstRun, lastRun } = linkForecast;
    expect([linkForecast.maxLinks, linkForecast.mostLinks, firstRun, lastRun]).to.deep.equal([4, 1, 3, 4]);
    expect(linkForecast.runs.reduce((sum, { files }) => sum + files, 0)).to.equal(20);
    const rebased = [];
    for (let run = 1; run <= 4; run++) rebased.push((await set.run({ maxLinks: 4 })).generation.rebasedFiles);
    expect(rebased.slice(0, 2)).to.deep.equal([0, 0]);
    expect((rebased[2] ?? 0) + (rebased[3] ?? 0)).to.equal(20);
    await expectExact();
  });

  it('refuses a generation that is not there', async () => {
    const { set } = fixture();
    write('a', 1);
    await set.run();
    expect((await refusal(measure(set, ['2020-01-01T000000Z']))).data.id).to.equal('GenerationNotFound');
  });
});
