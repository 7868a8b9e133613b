import { expect } from 'chai';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { BackupSet, useEngine } from '../../support/backup-set.ts';
import { age } from '../../support/edit.ts';
import { mountImage } from '../../support/mounts.ts';
import { inode, makeNtfsImage, ntfsProperty, setNtfsProperty, streamOf } from '../../support/ntfs-volume.ts';
import type { NtfsImage } from '../../support/ntfs-volume.ts';
import { junctionTo, linkTo, reparseData } from '../../support/reparse-data.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { until } from '../../support/fixture.ts';
import { buildMany, buildTree } from '../../support/tree-everything.ts';
import type { FidelityLoss, Generation } from '../../support/wire.ts';

/** Owner and group: Administrators; everybody may do everything. */
const ACL =
  '0100048048000000580000000000000014000000020034000200000000001400' +
  'ff011f0001010000000000010000000000001800ff011f000102000000000005' +
  '2000000020020000010200000000000520000000200200000102000000000005' +
  '2000000020020000';
/** With ARCHIVE, which the driver sets when a file gets a name. */
const READ_ONLY_HIDDEN = '00000023';
/** 2001-02-03, as units of 100 ns since 1601. */
const CREATED = '01c08d70a1b2c3d4';

describe('the engine for Linux on NTFS by ntfs-3g', function () {
  this.timeout(60_000);
  const sandbox = useSandbox();
  const engine = useEngine();
  let volume: NtfsImage;
  let set: BackupSet;

  beforeEach(function () {
    requires(this, 'root', 'image:ntfs');
    volume = makeNtfsImage(sandbox(), 'volume');
    mkdirSync(join(volume.folder, 'set'));
    set = new BackupSet(engine(), join(volume.folder, 'set'), source());
  });

  const source = (...parts: string[]): string => join(volume.folder, 'source', ...parts);
  const inside = (to: BackupSet, generation: Generation, ...parts: string[]): string =>
    join(to.path, generation.name, 'source', ...parts);
  const brief = (losses: readonly FidelityLoss[]): string[] =>
    losses.map(({ kind, cause, items }) => `${kind} ${cause} ${items}`);
  const written = (path: string): bigint => statSync(path, { bigint: true }).mtimeNs;
  const everything = (path: string): string[] =>
    ['acl', 'attrib_be', 'crtime_be', 'ea', 'reparse_data'].map((name) => `${name} ${ntfsProperty(path, name)}`);

  /** A set on ext4, which has nothing of what NTFS has. */
  function elsewhere(): BackupSet {
    const folder = mountImage(sandbox().path('other.img'), sandbox().path('other'), 'ext4', 16);
    mkdirSync(join(folder, 'set'));
    return new BackupSet(engine(), join(folder, 'set'), source());
  }

  function buildRich(): void {
    buildTree(source(), { file: 'data', folder: { inside: 'inside' } });
    writeFileSync(streamOf(source('file'), 'one'), 'first stream');
    writeFileSync(streamOf(source('file'), 'ä 漢'), Buffer.alloc(300_000, 'second stream'));
    writeFileSync(streamOf(source('folder'), 'of a folder'), 'third stream');
    for (const path of [source('file'), source('folder')]) {
      setNtfsProperty(path, 'acl', ACL);
      setNtfsProperty(path, 'crtime_be', CREATED);
      setNtfsProperty(path, 'attrib_be', READ_ONLY_HIDDEN);
    }
  }

  it('keeps streams, security, attributes and creation time on another such volume', async () => {
    buildRich();
    const other = makeNtfsImage(sandbox(), 'second');
    mkdirSync(join(other.folder, 'set'));
    const there = new BackupSet(engine(), join(other.folder, 'set'), source());
    const { generation } = await there.run();
    expect(generation.fidelityLosses).to.deep.equal([]);
    for (const name of ['file', 'folder', 'folder/inside', '.']) {
      const copy = inside(there, generation, name);
      expect(everything(copy), name).to.deep.equal(everything(source(name)));
      expect(written(copy), name).to.equal(written(source(name)));
    }
    expect(ntfsProperty(inside(there, generation, 'file'), 'attrib_be')).to.equal(READ_ONLY_HIDDEN);
    for (const stream of ['file:one', 'file:ä 漢', 'folder:of a folder'])
      expect(readFileSync(inside(there, generation, stream)).equals(readFileSync(source(stream))), stream).to.equal(
        true,
      );
  });

  it('links what did not change, and copies what changed in security, attributes or a stream alone', async () => {
    buildTree(source(), { acl: 'a', attributes: 'b', stream: 'c', made: 'd', same: 'e', folder: {} });
    writeFileSync(streamOf(source('stream'), 'it'), 'one');
    const first = await set.run();
    const again = await set.run();
    expect(again.items).to.deep.equal([]);
    expect(again.generation).to.include({ linkedFiles: 5, copiedFiles: 0, state: 'Complete' });
    setNtfsProperty(source('acl'), 'acl', ACL);
    setNtfsProperty(source('attributes'), 'attrib_be', READ_ONLY_HIDDEN);
    writeFileSync(streamOf(source('stream'), 'it'), 'two');
    setNtfsProperty(source('folder'), 'acl', ACL);
    const before = everything(inside(set, first.generation, 'attributes'));
    const { generation, items } = await set.run();
    const changed = items.map(({ path }) => path).sort();
    expect(changed).to.deep.equal(['source/acl', 'source/attributes', 'source/folder', 'source/stream']);
    expect(generation).to.include({ linkedFiles: 2, copiedFiles: 3 });
    expect(everything(inside(set, first.generation, 'attributes'))).to.deep.equal(before);
    expect(readFileSync(inside(set, first.generation, 'stream:it'), 'utf8')).to.equal('one');
    expect(readFileSync(inside(set, generation, 'stream:it'), 'utf8')).to.equal('two');
    expect(everything(inside(set, generation, 'attributes'))).to.deep.equal(everything(source('attributes')));
  });

  it('keeps the times of many files, also when the driver has forgotten them', async () => {
    buildMany(source(), 3, 60);
    for (const folder of [0, 1, 2]) for (let file = 0; file < 60; file++) age(source(`folder${folder}`, `file${file}`));
    const first = await set.run();
    volume.remount();
    expectMirror(source(), inside(set, first.generation));
    for (const name of ['folder0', join('folder2', 'file59')])
      expect(everything(join(inside(set, first.generation), name))).to.deep.equal(everything(source(name)));
    const { generation } = await set.run();
    expect(generation).to.include({ copiedFiles: 0, linkedFiles: 180 });
  });

  it('tells what a destination without NTFS cannot keep, with the reason', async () => {
    buildRich();
    const there = elsewhere();
    const { generation, items } = await there.run();
    expect(generation.state).to.equal('Complete');
    expect(brief(generation.fidelityLosses)).to.deep.equal([
      'AccessControlList Destination 4',
      'Attributes Destination 4',
      'Times Destination 4',
      'AlternateStreams Destination 2',
    ]);
    for (const { native } of generation.fidelityLosses) expect(native?.name).to.equal('ENOTSUP');
    const ofFile = items.find(({ path }) => path === 'source/file')?.fidelityLosses ?? [];
    expect(ofFile.map(({ kind }) => kind).sort()).to.deep.equal([
      'AccessControlList',
      'AlternateStreams',
      'Attributes',
      'Times',
    ]);
    // A colon means nothing there: no file may come of a stream.
    expect(existsSync(inside(there, generation, 'file:one'))).to.equal(false);
    expect(existsSync(inside(there, generation, 'folder:of a folder'))).to.equal(false);
    const { generation: next } = await there.run();
    expect(next).to.include({ linkedFiles: 2, copiedFiles: 0 });
    expect(brief(next.fidelityLosses)).to.deep.equal(brief(generation.fidelityLosses));
  });

  it('makes the same link of a symbolic link of Windows, and one file of it in all generations', async () => {
    buildTree(source(), { file: 'data', pointer: '' });
    setNtfsProperty(source('pointer'), 'reparse_data', linkTo('file'));
    await seenAsLink(source('pointer'));
    const { generation } = await set.run();
    const copy = inside(set, generation, 'pointer');
    expect(generation.state).to.equal('Complete');
    expect(generation.fidelityLosses).to.deep.equal([]);
    expect(everything(copy)).to.deep.equal(everything(source('pointer')));
    expect(readlinkSync(copy)).to.equal('file');
    const next = await set.run();
    expect(next.items).to.deep.equal([]);
    expect(inode(inside(set, next.generation, 'pointer'))).to.equal(inode(copy));
  });

  it('makes a symbolic link of a junction, and says so: a second name of a folder would damage the volume', async () => {
    buildTree(source(), { target: { inside: 'inside' }, junction: {} });
    setNtfsProperty(source('junction'), 'reparse_data', junctionTo('C:\\target'));
    await seenAsLink(source('junction'));
    const { generation, items } = await set.run();
    expect(brief(generation.fidelityLosses)).to.deep.equal(['ReparseData Destination 1']);
    expect(items.find(({ path }) => path === 'source/junction')?.fidelityLosses?.[0]?.kind).to.equal('ReparseData');
    expect(readlinkSync(inside(set, generation, 'junction'))).to.equal(readlinkSync(source('junction')));
    expect(ntfsProperty(inside(set, generation, 'junction'), 'reparse_data')).to.equal('');
  });

  it('tells where a symbolic link of Windows becomes one of Linux', async () => {
    buildTree(source(), { file: 'data', pointer: '' });
    setNtfsProperty(source('pointer'), 'reparse_data', linkTo('file'));
    await seenAsLink(source('pointer'));
    const there = elsewhere();
    const { generation } = await there.run();
    expect(brief(generation.fidelityLosses)).to.include('ReparseData Destination 1');
    expect(readlinkSync(inside(there, generation, 'pointer'))).to.equal('file');
  });

  it('reports a file whose content is kept by a filter of Windows, and copies the rest', async () => {
    const DEDUPLICATED = 0x8000_0013;
    buildTree(source(), { file: 'data', chunked: '' });
    setNtfsProperty(source('chunked'), 'reparse_data', reparseData(DEDUPLICATED, Buffer.from('where it is')));
    await seenAsLink(source('chunked'));
    const { generation, errors } = await set.run();
    expect(generation.state).to.equal('Partial');
    expect(errors.map(({ path }) => path)).to.deep.equal(['source/chunked']);
    expect(existsSync(inside(set, generation, 'file'))).to.equal(true);
  });

  it('keeps a file of EFS as it is stored, with its keys, or reports it', async () => {
    const efs = Buffer.alloc(84);
    efs.writeUInt32LE(efs.length, 0);
    efs.writeUInt32LE(2, 8);
    buildTree(source(), { file: 'data' });
    // What is stored is whole sectors, and after them how much of the last one counts for nothing.
    writeFileSync(source('secret'), Buffer.concat([Buffer.alloc(512, 'x'), Buffer.alloc(2)]));
    setNtfsProperty(source('secret'), 'efsinfo', efs.toString('hex'));
    const { generation } = await set.run();
    expect(generation.state).to.equal('Complete');
    const copy = inside(set, generation, 'secret');
    expect(ntfsProperty(copy, 'efsinfo')).to.equal(efs.toString('hex'));
    expect(ntfsProperty(copy, 'attrib_be')).to.equal(ntfsProperty(source('secret'), 'attrib_be'));
    expect(readFileSync(copy).equals(readFileSync(source('secret')))).to.equal(true);
    const there = elsewhere();
    const other = await there.run();
    expect(other.errors.map(({ path }) => path)).to.deep.equal(['source/secret']);
    expect(existsSync(inside(there, other.generation, 'secret'))).to.equal(false);
  });

  it('gives files as many links as the volume counts generations', async () => {
    buildTree(source(), { same: 'same', one: 'linked' });
    linkSync(source('one'), source('two'));
    symlinkSync('same', source('pointer'));
    const runs = [await set.run(), await set.run(), await set.run()];
    const [first] = runs;
    expect(runs.map(({ generation }) => generation.linkFallbacks)).to.deep.equal([0, 0, 0]);
    const path = (name: string): string => `/set/${first?.generation.name ?? ''}/source/${name}`;
    expect(volume.recordedLinks(path('same'))).to.equal(3);
    expect(volume.recordedLinks(path('one'))).to.equal(6);
    expect(volume.recordedLinks('/source/same')).to.equal(1);
  });

  it('refuses a name with a colon, which there is a stream of another file', async () => {
    const from = sandbox().path('from');
    buildTree(from, { plain: 'plain', 'plain:stream': 'not a stream', 'folder:x': { inside: 'i' } });
    const there = new BackupSet(engine(), set.path, from);
    const { generation, errors } = await there.run();
    expect(generation.state).to.equal('Partial');
    expect(errors.map(({ path }) => path).sort()).to.deep.equal(['from/folder:x', 'from/plain:stream']);
    const copy = join(set.path, generation.name, 'from', 'plain');
    expect(readFileSync(copy, 'utf8')).to.equal('plain');
    expect(existsSync(streamOf(copy, 'stream'))).to.equal(false);
  });
});

/** The kernel keeps what it knew of a file for a second. */
async function seenAsLink(path: string): Promise<void> {
  await until(() => {
    try {
      return readlinkSync(path) !== '';
    } catch {
      return false;
    }
  });
}
