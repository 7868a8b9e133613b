import { expect } from 'chai';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { refusal, withEngine } from '../../support/backup-set.ts';
import { age, rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { buildMany, buildTree } from '../../support/tree-everything.ts';
import type { Damage } from '../../support/wire.ts';

describe('a test of generations', () => {
  const fixture = useFixture();

  function told(damages: readonly Damage[]): string[] {
    return damages.map(({ kind, path }) => `${kind} ${path}`).sort();
  }

  it('finds nothing wrong with a good one, and reads each copy once', async () => {
    const { set, source } = fixture();
    buildTree(source, { folder: { a: 'one', b: 'three' }, c: 'seven', empty: {} });
    linkSync(`${source}/c`, `${source}/d`);
    symlinkSync('c', `${source}/link`);
    // Wine says that it made one, and has made none.
    const items = existsSync(`${source}/link`) ? 8 : 7;
    for (let i = 0; i < 3; i++) await set.run();
    const names = await set.names();
    const { summary, damages } = await set.test({ names, content: true });
    expect(damages).to.deep.equal([]);
    expect(summary).to.include({ items: 3 * items, damaged: 0, isGood: true });
    expect(summary.copies).to.be.within(items - 4, 6);
    // Three files; a link has the length of its target.
    expect(summary.bytesRead).to.be.within(13, 16);
    expect(summary.generations).to.deep.equal(names);
    expect((await set.test()).summary).to.deep.include({ generations: names.slice(-1), items, bytesRead: 0 });
  });

  it('tells missing, extra and altered items apart', async () => {
    const { set, source } = fixture();
    buildTree(source, {
      gone: 'a',
      shorter: 'some text',
      later: 'b',
      typed: 'c',
      deep: { x: 'd' },
      swapped: { y: 'e' },
      fine: 'f',
    });
    const { generation } = await set.run();
    const at = (...path: string[]): string => set.at(generation, 'source', ...path);
    rmSync(at('gone'));
    truncateSync(at('shorter'), 3);
    utimesSync(at('later'), 1, 1);
    rmSync(at('typed'));
    mkdirSync(at('typed'));
    rmSync(at('deep'), { recursive: true });
    rmSync(at('swapped'), { recursive: true });
    writeFileSync(at('swapped'), 'now a file');
    writeFileSync(at('new'), 'x');
    mkdirSync(set.at(generation, 'other', 'below'), { recursive: true });
    const { damages, summary } = await set.test();
    expect(told(damages)).to.deep.equal([
      'Altered source/later',
      'Altered source/shorter',
      'Altered source/swapped',
      'Altered source/typed',
      'Extra other',
      'Extra source/new',
      'Missing source/deep',
      'Missing source/gone',
    ]);
    expect(summary).to.include({ damaged: 8, isGood: false });
    const shorter = damages.find(({ path }) => path === 'source/shorter');
    expect(shorter?.expected).to.match(/^file, 9 bytes, written /);
    expect(shorter?.actual).to.match(/^file, 3 bytes, written /);
    expect(shorter?.paths).to.deep.equal([`${generation.name}/source/shorter`]);
  });

  it('tells a damaged content once, with all generations that share it, and the next run heals it', async () => {
    const { set, source } = fixture();
    buildTree(source, { victim: 'good content', other: 'other' });
    age(`${source}/victim`);
    for (let i = 0; i < 3; i++) await set.run();
    const names = await set.names();
    rewriteInPlace(join(set.path, names[0] ?? '', 'source/victim'), 'gOod', true);
    expect((await set.test({ names })).damages).to.deep.equal([]);
    const { damages, summary } = await set.test({ names, content: true });
    expect(damages).to.have.length(1);
    expect(damages[0]).to.deep.include({
      kind: 'ContentDamaged',
      path: 'source/victim',
      generations: names,
      paths: names.map((name) => `${name}/source/victim`),
    });
    expect(damages[0]?.expected).to.match(/^SHA-256 [0-9a-f]{64}$/);
    expect(damages[0]?.actual).to.match(/^SHA-256 [0-9a-f]{64}$/);
    expect(summary.damaged).to.equal(1);

    const healed = await set.run();
    expect(healed.generation).to.include({ copiedFiles: 1, linkedFiles: 1, modified: 0 });
    const warnings = healed.warnings.filter(({ id }) => id === 'BaseCopyDamaged');
    expect(warnings.map(({ path }) => path)).to.deep.equal(['source/victim']);
    expect(readFileSync(set.at(healed.generation, 'source/victim'), 'utf8')).to.equal('good content');
    expect((await set.test({ content: true })).damages).to.deep.equal([]);
    const all = await set.test({ names: await set.names(), content: true });
    expect(all.damages.map(({ generations }) => generations)).to.deep.equal([names]);
    expect((await set.run()).generation).to.include({ copiedFiles: 0, linkedFiles: 2 });
  });

  it('heals also where only an older generation was tested, and where the file was moved since', async () => {
    const { set, source } = fixture();
    buildTree(source, { victim: 'good content', moved: 'also good' });
    age(`${source}/victim`);
    age(`${source}/moved`);
    const first = await set.run();
    await set.run();
    rewriteInPlace(set.at(first.generation, 'source/victim'), 'gOod', true);
    rewriteInPlace(set.at(first.generation, 'source/moved'), 'aLso', true);
    const { damages } = await set.test({ names: [first.generation.name], content: true });
    expect(damages.map(({ generations }) => generations)).to.deep.equal([
      [first.generation.name],
      [first.generation.name],
    ]);
    renameSync(`${source}/moved`, `${source}/here`);
    const healed = await set.run();
    expect(healed.generation).to.include({ copiedFiles: 2, linkedFiles: 0 });
    expect(readFileSync(set.at(healed.generation, 'source/here'), 'utf8')).to.equal('also good');
    expect((await set.test({ content: true })).summary.isGood).to.equal(true);
  });

  it('finds a damaged manifest and goes on with the others', async () => {
    const { set, source } = fixture();
    buildTree(source, { folder: { a: 'a', b: 'b' }, c: 'c' });
    const first = await set.run();
    const second = await set.run();
    const third = await set.run();
    for (const [{ generation }, place] of [
      [first, 100],
      [third, -30],
    ] as const) {
      const file = join(set.path, `.mirrorbackup/manifests/${generation.name}.manifest`);
      const bytes = readFileSync(file);
      bytes[place < 0 ? bytes.length + place : place] ^= 1;
      writeFileSync(file, bytes);
    }
    const { damages, summary } = await set.test({ names: ['*'], content: true });
    expect(told(damages)).to.deep.equal([
      `ManifestDamaged .mirrorbackup/manifests/${first.generation.name}.manifest`,
      `ManifestDamaged .mirrorbackup/manifests/${third.generation.name}.manifest`,
    ]);
    expect(summary.items).to.be.at.least(5);
    expect((await set.test({ names: [second.generation.name] })).summary.isGood).to.equal(true);
  });

  it('reports what cannot be read with the error of the system', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { folder: { victim: 'before', other: 'other' } });
    const { generation } = await set.run();
    const through = straceCommand(
      [{ calls: ['read', 'pread64', 'copy_file_range'], error: 'EIO' }],
      [set.at(generation, 'source/folder/victim')],
    );
    const { damages } = await withEngine({ through }, (engine) =>
      set.through(engine).test({ content: true, workers: 1 }),
    );
    expect(told(damages)).to.deep.equal(['Unreadable source/folder/victim']);
    expect(damages[0]?.native?.name).to.equal('EIO');
    expect((await set.run()).generation).to.include({ copiedFiles: 1, linkedFiles: 1 });
  });

  it('with many threads finds the same, each once', async () => {
    const { set, source } = fixture();
    buildMany(source, 40, 25);
    for (let i = 0; i < 20; i++) linkSync(`${source}/folder0/file0`, `${source}/folder${i}/twin`);
    for (const file of ['folder0/file0', 'folder7/file3']) age(`${source}/${file}`);
    await set.run();
    const { generation } = await set.run();
    rewriteInPlace(set.at(generation, 'source/folder0/file0'), '#', true);
    rewriteInPlace(set.at(generation, 'source/folder7/file3'), '#', true);
    const { damages, summary } = await set.test({ names: await set.names(), content: true, workers: 8 });
    expect(damages.map(({ paths }) => paths.length).sort((a, b) => a - b)).to.deep.equal([2, 42]);
    expect(summary).to.include({ copies: 1000, bytesRead: 100_000, damaged: 2 });
  });

  it('reads a part of the copies', async () => {
    const { set, source } = fixture();
    buildMany(source, 10, 50);
    await set.run();
    const { summary } = await set.test({ content: true, samplePercent: 20 });
    expect(summary).to.include({ copies: 500, isGood: true });
    expect(summary.bytesRead).to.be.within(2_000, 25_000);
  });

  it('refuses a generation that is not there', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    expect((await refusal(set.test({ names: ['2020-01-01T000000Z'] }))).data.id).to.equal('GenerationNotFound');
  });
});
