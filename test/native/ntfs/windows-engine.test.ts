import { expect } from 'chai';
import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackupSet, useEngine } from '../../support/backup-set.ts';
import { makeNtfsVolume, ntfsProperty, setNtfsProperty, streamOf } from '../../support/ntfs-volume.ts';
import type { NtfsVolume } from '../../support/ntfs-volume.ts';
import { listTree } from '../../support/listing.ts';
import { expectSameLines } from '../../support/oracle-mirror.ts';
import { posix } from '../../support/posix.ts';
import { requires } from '../../support/requires.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { buildTree } from '../../support/tree-everything.ts';
import { askWindowsEngine } from '../../support/windows-engine.ts';
import type { Generation, ItemChange } from '../../support/wire.ts';

/** 2001-02-03 04:05:06 with the seven digits of the fraction that NTFS has. */
const EXACT_NS = 981_173_106_123_456_700n;

describe('the engine for Windows on a volume of NTFS, seen from Linux @slow', function () {
  this.timeout(120_000);
  const sandbox = useSandbox();
  const linux = useEngine();
  let volume: NtfsVolume;

  beforeEach(function () {
    requires(this, 'root', 'image:ntfs', 'wine');
    volume = makeNtfsVolume(sandbox(), 'volume');
    mkdirSync(join(volume.folder, 'set'));
  });
  // Skipped tests have none.
  afterEach(() => (volume as NtfsVolume | undefined)?.removeDrive());

  const source = (...parts: string[]): string => join(volume.folder, 'source', ...parts);
  const run = (): { method: string; params: object } => ({
    method: 'createGeneration',
    params: {
      setPath: `${volume.drive}\\set`,
      sources: [{ path: `${volume.drive}\\source` }],
      outputItem: true,
      workers: 1,
    },
  });
  const inside = (generation: Generation, ...parts: string[]): string =>
    join(volume.folder, 'set', generation.name, 'source', ...parts);
  const changes = (notes: { method: string; params: Record<string, unknown> }[]): string[] =>
    notes
      .filter(({ method }) => method === 'item')
      .flatMap(({ params }) => params['items'] as ItemChange[])
      .map(({ change, path }) => `${change} ${path}`);

  it('copies names, data and write times to 100 ns', async () => {
    buildTree(source(), { 'ä 漢 🙂.txt': 'one', deep: { er: { file: 'two' } }, empty: {}, 'UPPER lower': '' });
    posix.setTimes(Buffer.from(source('deep', 'er', 'file')), EXACT_NS, EXACT_NS);
    const [answer] = await askWindowsEngine<Generation>(run());
    expect(answer?.result.state).to.equal('Complete');
    const copy = answer?.result;
    expectSameData(source(), inside(copy));
    expect(lstatSync(inside(copy, 'deep', 'er', 'file'), { bigint: true }).mtimeNs).to.equal(EXACT_NS);
  });

  it('links what did not change: one file on the volume, with as many names as generations', async () => {
    buildTree(source(), { same: 'same', other: 'first' });
    const answers = await askWindowsEngine<Generation>(run(), run(), run());
    const copies = answers.map(({ result }) => inside(result, 'same'));
    expect(new Set(copies.map((path) => statSync(path).ino)).size).to.equal(1);
    expect(statSync(source('same')).nlink).to.equal(1);
    const name = `/set/${answers[0]?.result.name}/source/same`;
    expect(volume.recordedLinks(name)).to.equal(3);
    expect(volume.recordedLinks('/source/same')).to.equal(1);
    expect(answers.map(({ result }) => result.linkedFiles)).to.deep.equal([0, 2, 2]);
  });

  it('copies what Linux changed in between, and nothing else; the older generation stays as it was', async () => {
    buildTree(source(), { same: 'same', content: 'first', time: 'time' });
    const [first] = await askWindowsEngine<Generation>(run());
    writeFileSync(source('content'), 'other');
    posix.setTimes(Buffer.from(source('time')), EXACT_NS, EXACT_NS);
    writeFileSync(source('new'), 'new');
    const [second] = await askWindowsEngine<Generation>(run());
    const said = changes(second?.notes ?? []).sort();
    expect(said).to.deep.equal(['Added source/new', 'MetadataChanged source/time', 'Modified source/content']);
    const [older, newer] = [first?.result, second?.result];
    expect(readFileSync(inside(older, 'content'), 'utf8')).to.equal('first');
    expect(readFileSync(inside(newer, 'content'), 'utf8')).to.equal('other');
    expect(readdirSync(inside(older)).sort()).to.deep.equal(['content', 'same', 'time']);
    expect(statSync(inside(older, 'same')).ino).to.equal(statSync(inside(newer, 'same')).ino);
    expect(statSync(inside(older, 'time')).ino).to.not.equal(statSync(inside(newer, 'time')).ino);
  });

  it('keeps hard links of the source together', async () => {
    buildTree(source(), { one: 'linked' });
    linkSync(source('one'), source('two'));
    const [answer] = await askWindowsEngine<Generation>(run());
    const copy = answer?.result;
    expect(statSync(inside(copy, 'one')).ino).to.equal(statSync(inside(copy, 'two')).ino);
    expect(volume.recordedLinks(`/set/${copy.name}/source/one`)).to.equal(2);
  });

  it('leaves streams, security and attributes of the source as they were', async () => {
    buildTree(source(), { file: 'data' });
    writeFileSync(streamOf(source('file'), 'extra'), 'stream');
    setNtfsProperty(source('file'), 'attrib_be', '00000022');
    const before = ['acl', 'attrib_be', 'times_be'].map((name) => ntfsProperty(source('file'), name));
    await askWindowsEngine<Generation>(run(), run());
    expect(readFileSync(streamOf(source('file'), 'extra'), 'utf8')).to.equal('stream');
    const after = ['acl', 'attrib_be', 'times_be'].map((name) => ntfsProperty(source('file'), name));
    // The last of the four times is that of reading.
    expect(withoutAccessTime(after)).to.deep.equal(withoutAccessTime(before));
  });

  it('makes sets that Linux lists, compares and removes from', async () => {
    buildTree(source(), { same: 'same', folder: { inner: 'inner' } });
    const [first] = await askWindowsEngine<Generation>(run());
    writeFileSync(source('folder', 'inner'), 'changed');
    const [second] = await askWindowsEngine<Generation>(run());
    const names = [first?.result.name ?? '', second?.result.name ?? ''] as const;
    const set = new BackupSet(linux(), join(volume.folder, 'set'), source());
    const listed = await set.list();
    expect(listed.map(({ name, state, files }) => ({ name, state, files }))).to.deep.equal(
      names.map((name) => ({ name, state: 'Complete', files: 2 })),
    );
    const { items } = await set.compare(...names);
    expect(items.map(({ change, path }) => `${change} ${path}`)).to.deep.equal(['Modified source/folder/inner']);
    await set.remove([names[0]]);
    expect(await set.names()).to.deep.equal([names[1]]);
    expectSameData(source(), inside(second?.result));
  });

  it('removes a generation; what others share with it stays', async () => {
    buildTree(source(), { same: 'same', 'read-only': 'kept' });
    const answers = await askWindowsEngine<Generation>(run(), run());
    const [older, newer] = answers.map(({ result }) => result) as [Generation, Generation];
    await askWindowsEngine({
      method: 'removeGenerations',
      params: { setPath: `${volume.drive}\\set`, names: [older.name] },
    });
    expect(readdirSync(join(volume.folder, 'set')))
      .to.include(newer.name)
      .and.not.include(older.name);
    expectSameData(source(), inside(newer));
    expect(volume.recordedLinks(`/set/${newer.name}/source/same`)).to.equal(1);
  });
});

/** All but modes and ACLs: Wine makes security descriptors up from modes, and modes of them. */
function expectSameData(wanted: string, found: string): void {
  const lines = (root: string): string[] =>
    [...listTree(root).values()].map(({ path, type, size, modifiedNs, content }) =>
      [path, type, type === 'file' ? size : '', modifiedNs, content].join(' '),
    );
  expectSameLines(lines(found), lines(wanted), `copy of ${wanted}`);
}

function withoutAccessTime([acl, attributes, times]: string[]): string[] {
  const DIGITS = 16;
  const [created, written, , changed] = [0, 1, 2, 3].map((at) => times?.slice(at * DIGITS, (at + 1) * DIGITS));
  return [acl ?? '', attributes ?? '', created ?? '', written ?? '', changed ?? ''];
}
