import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, linkSync, statfsSync } from 'node:fs';
import { refusal } from '../../support/backup-set.ts';
import { rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { mountImage } from '../../support/mounts.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { buildMany, buildTree } from '../../support/tree-everything.ts';
import { buildOddNames } from '../../support/tree-names.ts';

/** Bytes of the inodes that only this tree holds, and of its directories. */
function heldAlone(root: string): { files: number; directories: number } {
  const names = new Map<bigint, number>();
  const items = [...listTree(root, { content: false }).values()];
  for (const { inode } of items) names.set(inode, (names.get(inode) ?? 0) + 1);
  const once = new Map(items.map((item) => [item.inode, item]));
  const sum = (kept: (type: string) => boolean): number =>
    [...once.values()]
      .filter((item) => kept(item.type) && (item.type === 'directory' || item.links === names.get(item.inode)))
      .reduce((bytes, item) => bytes + item.blocks * 512, 0);
  return { files: sum((type) => type !== 'directory'), directories: sum((type) => type === 'directory') };
}

describe('removal', () => {
  const fixture = useFixture();

  it('of a folder that only has the name of a generation is refused without force', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    buildTree(`${set.path}/2020-01-01T000000Z`, { mine: 'precious' });
    const { data } = await refusal(set.remove(['2020-01-01T000000Z']));
    expect(data.id).to.equal('ManifestNotFound');
    expect(existsSync(`${set.path}/2020-01-01T000000Z/mine`)).to.equal(true);
  });

  it('of one generation leaves the others as they are', async () => {
    const { set, source } = fixture();
    buildMany(source, 3, 10);
    const runs = [await set.run()];
    rewriteInPlace(`${source}/folder1/file1`, 'edited');
    runs.push(await set.run(), await set.run());
    const [oldest, middle, newest] = runs.map((run) => run.generation);
    if (!oldest || !middle || !newest) throw new Error('three runs');
    const kept = [frozen(oldest.path), frozen(newest.path)];
    const [result] = await set.remove([middle.name]);
    expect(result).to.include({ name: middle.name, action: 'Remove', files: 30, directories: 5 });
    expect(existsSync(middle.path)).to.equal(false);
    expect(await set.names()).to.deep.equal([oldest.name, newest.name]);
    expectSameLines(frozen(oldest.path), kept[0] ?? [], 'the oldest');
    expectSameLines(frozen(newest.path), kept[1] ?? [], 'the newest');
    const next = await set.run();
    expect(next.generation).to.include({ linkedFiles: 30, copiedFiles: 0, base: newest.name });
  });

  it('of several reports each, as it is done', async () => {
    const { set, source, engine } = fixture();
    buildTree(source, { a: 'a' });
    const names: string[] = [];
    for (let run = 0; run < 4; run++) names.push((await set.run()).generation.name);
    const results = await set.remove(names.slice(0, 3));
    expect(results.map((result) => [result.name, result.action])).to.deep.equal(
      names.slice(0, 3).map((name) => [name, 'Remove']),
    );
    const told = engine.notes.filter((note) => note.method === 'removal').map((note) => note.params['result']);
    expect(told.slice(-3)).to.deep.equal(results);
    expect(await set.names()).to.deep.equal(names.slice(3));
  });

  it('frees what it says: the blocks of inodes without another name', async () => {
    const { set, source } = fixture();
    buildMany(source, 2, 5, 10_000);
    linkSync(`${source}/folder0/file0`, `${source}/folder0/name2`);
    const first = await set.run();
    for (const name of ['folder0/file0', 'folder1/file1']) rewriteInPlace(`${source}/${name}`, 'edited');
    await set.run();
    const alone = heldAlone(set.at(first.generation));
    const [estimate] = await set.remove([first.generation.name], { whatIf: true });
    const [result] = await set.remove([first.generation.name]);
    expect(alone.files).to.be.at.least(20_000);
    expect(result?.freedBytes).to.be.within(alone.files, alone.files + alone.directories);
    expect(estimate?.freedBytes).to.be.within(alone.files * 0.9, (alone.files + alone.directories) * 1.1);
  });

  it('frees what df says', async function () {
    requires(this, 'image:ext4');
    const { set, source, sandbox } = fixture();
    mountImage(sandbox.path('image'), set.path, 'ext4', 64);
    buildMany(source, 4, 10, 100_000);
    const first = await set.run();
    for (let file = 0; file < 10; file++) rewriteInPlace(`${source}/folder2/file${file}`, 'edited');
    await set.run();
    execFileSync('sync', ['-f', set.path]);
    const free = (): number => statfsSync(set.path).bfree * statfsSync(set.path).bsize;
    const before = free();
    const [result] = await set.remove([first.generation.name]);
    execFileSync('sync', ['-f', set.path]);
    // Beyond the generation itself, its manifest and what the directories of the set needed is freed.
    expect(free() - before).to.be.within(result?.freedBytes ?? 0, (result?.freedBytes ?? 0) + 100_000);
    expect(result?.freedBytes).to.be.at.least(10 * 100_000);
  });

  it('takes read-only folders and files, odd names and closed folders', async function () {
    requires(this, 'root');
    const { set, source } = fixture();
    buildOddNames(source);
    buildTree(`${source}/closed`, { inner: { file: 'x' } });
    for (const path of ['closed/inner/file', 'closed/inner', 'closed']) chmodSync(`${source}/${path}`, 0o000);
    const first = await set.run();
    const second = await set.run();
    const [result] = await set.remove([first.generation.name]);
    expect(result?.action).to.equal('Remove');
    expect(existsSync(first.generation.path)).to.equal(false);
    expectMirror(source, set.at(second.generation, 'source'));
  });

  it('leaves nothing behind in the set but what the others need', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    const before = [...listTree(set.path).keys()].filter((path) => !path.startsWith('20'));
    const second = await set.run();
    await set.remove([second.generation.name], { force: true });
    expect([...listTree(set.path).keys()].filter((path) => !path.startsWith('20'))).to.deep.equal(before);
  });
});
