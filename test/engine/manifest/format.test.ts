import { expect } from 'chai';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  truncateSync,
  writeFileSync,
  type BigIntStats,
} from 'node:fs';
import { join } from 'node:path';
import { BlockReader } from '../../../engine/manifest/block-reader.ts';
import { closeManifest, openManifest, readSummary } from '../../../engine/manifest/manifest-file.ts';
import { EngineError } from '../../../engine/errors/engine-error.ts';
import { useFixture } from '../../support/fixture.ts';
import { itemsOf, NONE, readManifest, type ReadManifest, type ReadRecord } from './read-manifest.ts';
import { posix } from '../../support/posix.ts';
import { requires } from '../../support/requires.ts';
import { buildEverything, buildMany, buildTree } from '../../support/tree-everything.ts';
import { buildOddNames } from '../../support/tree-names.ts';
import type { Generation } from '../../support/wire.ts';

const Flag = { Racy: 4, Stale: 8, MountRoot: 16, Hashed: 32, Torn: 64 };
const Origin = { Created: 0, Copied: 1, Linked: 2 };

describe('the format of manifests, read as docs/manifest.md says', () => {
  const fixture = useFixture();

  async function run(): Promise<{ generation: Generation; path: string; manifest: ReadManifest }> {
    const { set } = fixture();
    const { generation } = await set.run();
    const path = join(set.path, '.mirrorbackup/manifests', `${generation.name}.manifest`);
    return { generation, path, manifest: readManifest(path) };
  }

  it('header, index, summary and trailer', async () => {
    const { set, source } = fixture();
    buildMany(source, 3, 5);
    const { generation, manifest } = await run();
    expect(manifest.header).to.deep.equal({ magic: 'MIRBKMAN', version: 1, recordWords: 35 });
    expect(manifest.bytes.subarray(16, 64).every((byte) => byte === 0)).to.equal(true);
    expect(manifest.trailer.magic).to.equal('MIRBKEND');
    expect(manifest.trailer.digests).to.deep.equal(manifest.digests);
    expect(manifest.sections.summary[1]).to.equal(manifest.sections.trailer[0]);
    expect(manifest.summary).to.include({ formatVersion: 1, hash: 'Sha256' });
    expect(manifest.summary.setId).to.equal(
      (JSON.parse(readFileSync(join(set.path, '.mirrorbackup/set.json'), 'utf8')) as { id: string }).id,
    );
    expect(manifest.summary.generation).to.include({ name: generation.name, files: 15, directories: 4 });
    expect(manifest.summary.generations).to.deep.equal([generation.name]);
    expect(manifest.summary.sources).to.have.length(1);
    expect(manifest.summary.sources[0]).to.include({ name: 'source', path: source, items: 3 });
  });

  it('blocks lie side by side, sorted by name, and have the digest the index records', async function () {
    requires(this, 'root');
    const { source } = fixture();
    buildEverything(source);
    buildOddNames(join(source, 'names'));
    const { manifest } = await run();
    const { index, blocks, sections } = manifest;
    let at = sections.blocks[0];
    for (const { offset, length } of index.toSorted((a, b) => a.offset - b.offset)) {
      expect(offset).to.equal(at);
      at += length;
    }
    expect(at).to.equal(sections.blocks[1]);
    for (const block of blocks) {
      const entry = index[block.id];
      expect(block.magic).to.equal('BLK1');
      expect(block).to.include({ count: entry.count, next: entry.next, digest: entry.digest });
      expect(entry.length).to.equal(24 + 140 * block.count + block.namesBytes);
      expect(block.namesBytes % 4).to.equal(0);
      const names = block.records.map(({ name }) => name);
      expect(names.toSorted(Buffer.compare)).to.deep.equal(names);
      if (block.id === 0) expect(entry.parentBlock).to.equal(NONE);
      else
        expect(blocks.find(({ id }) => id === entry.parentBlock)?.records[entry.parentRecord].child).to.equal(block.id);
    }
  });

  it('records say what lstat says', async function () {
    requires(this, 'root');
    const { source } = fixture();
    buildEverything(source);
    buildOddNames(join(source, 'names'));
    const { generation, manifest } = await run();
    const items = itemsOf(manifest);
    for (const [path, record] of items) expectAsOnDisk(Buffer.from(`${source}${path.slice(6)}`, 'latin1'), record);
    expect(items.size).to.equal(generation.files + generation.directories + generation.otherItems);
  });

  it('a second generation: links, and who introduced the content', async () => {
    const { source } = fixture();
    buildTree(source, { kept: 'kept', changed: 'one' });
    await run();
    writeFileSync(join(source, 'changed'), 'two');
    writeFileSync(join(source, 'added'), 'new');
    const { manifest } = await run();
    const items = itemsOf(manifest);
    const found = [...items].map(([path, { origin, introduced }]) => ({ path, origin, introduced }));
    expect(found).to.deep.equal([
      { path: 'source', origin: Origin.Created, introduced: 1 },
      { path: 'source/added', origin: Origin.Copied, introduced: 1 },
      { path: 'source/changed', origin: Origin.Copied, introduced: 1 },
      { path: 'source/kept', origin: Origin.Linked, introduced: 0 },
    ]);
    expect(manifest.summary.generations).to.have.length(2);
    expect(items.get('source/kept')?.contentHash).to.equal(sha256(Buffer.from('kept')));
  });

  it('a directory of more than 8,192 entries goes on in further blocks @slow', async () => {
    const { source } = fixture();
    mkdirSync(join(source, 'large'), { recursive: true });
    for (let i = 0; i < 8200; i++) writeFileSync(join(source, 'large', `${i}`), '');
    const { manifest } = await run();
    const chain = manifest.blocks.filter(({ records }) => records.some(({ name }) => /^\d+$/.test(String(name))));
    expect(chain.map(({ count }) => count).sort((a, b) => b - a)).to.deep.equal([8192, 8]);
    expect(itemsOf(manifest).size).to.equal(8202);
    const last = chain.find(({ next }) => next === NONE);
    expect(last?.count).to.equal(8);
    expect(manifest.index[chain[0].id].parentRecord).to.equal(manifest.index[chain[1].id].parentRecord);
  });

  describe('damage', () => {
    it('cut off at the border of any section', async () => {
      buildMany(fixture().source, 3, 5);
      const { path, manifest } = await run();
      const borders = Object.values(manifest.sections).flatMap(([from, to]) => [from, to - 1]);
      for (const length of new Set(borders)) {
        writeFileSync(path, manifest.bytes);
        truncateSync(path, length);
        expectDamaged(path, `cut to ${length} of ${manifest.bytes.length}`);
      }
    });

    it('a changed byte in any section', async () => {
      buildMany(fixture().source, 3, 5);
      const { path, manifest } = await run();
      for (const [section, [from, to]] of Object.entries(manifest.sections)) {
        const step = Math.max(1, Math.floor((to - from) / 64));
        for (let at = from; at < to; at += step) {
          if (at >= 8 && at < 16) continue;
          const bytes = Buffer.from(manifest.bytes);
          bytes[at] ^= 0x40;
          writeFileSync(path, bytes);
          expectDamaged(path, `${section}, byte ${at}`);
        }
      }
    });

    it('in the fields that say which format it is: SetFormatNotSupported', async () => {
      buildMany(fixture().source, 1, 1);
      const { path, manifest } = await run();
      for (const at of [8, 12]) {
        const bytes = Buffer.from(manifest.bytes);
        bytes[at] ^= 2;
        writeFileSync(path, bytes);
        expect(errorOf(() => readSummary(path, path))).to.include({ id: 'SetFormatNotSupported', path });
      }
    });
  });
});

function expectDamaged(path: string, where: string): void {
  const error = errorOf(() => {
    const manifest = openManifest(path, path);
    try {
      const reader = new BlockReader(manifest);
      for (let id = 0; id < manifest.blocks; id++) reader.load(id);
    } finally {
      closeManifest(manifest);
    }
  });
  expect(error?.id, where).to.equal('ManifestDamaged');
  expect(error?.path, where).to.equal(path);
  expect(error?.message, where).to.contain(path);
}

function errorOf(action: () => unknown): EngineError | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  return undefined;
}

function expectAsOnDisk(path: Buffer, record: ReadRecord): void {
  const text = path.toString('latin1');
  const found = lstatSync(path, { bigint: true });
  const shape = {
    fileId: record.fileId,
    size: record.size,
    writeTimeNs: record.writeTimeNs,
    mode: record.mode,
    owner: record.owner,
    group: record.group,
    changeTimeNs: record.changeTimeNs,
    birthTimeNs: record.birthTimeNs,
    links: record.links,
    special: record.special,
    device: record.device,
  };
  expect(shape, text).to.deep.equal({
    fileId: found.ino,
    size: found.size,
    writeTimeNs: found.mtimeNs,
    mode: Number(found.mode),
    owner: Number(found.uid),
    group: Number(found.gid),
    changeTimeNs: found.ctimeNs,
    birthTimeNs: record.birthTimeNs === 0n ? 0n : found.birthtimeNs,
    links: Number(found.nlink),
    special: found.isBlockDevice() || found.isCharacterDevice() ? packed(found.rdev) : 0,
    device: packed(found.dev),
  });
  expect(record.metadataDigest, text).to.equal(digestOfAttributes(path));
  expect(record.contentHash, text).to.equal(hashOf(path, found));
  expect((record.flags & Flag.Hashed) !== 0, text).to.equal(found.isFile() || found.isSymbolicLink());
  expect(record.child !== NONE, text).to.equal(found.isDirectory());
  // Of a file with several names, one is copied and the others are links to it.
  if (found.isDirectory()) expect(record.origin, text).to.equal(Origin.Created);
  else if (found.nlink === 1n) expect(record.origin, text).to.equal(Origin.Copied);
}

/** 12 bits of major and 20 bits of minor number. */
function packed(device: bigint): number {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn);
  const minor = (device & 0xffn) | ((device >> 12n) & 0xfff00n);
  return Number((major << 20n) | minor);
}

function digestOfAttributes(path: Buffer): string {
  const attributes = posix.xattrs(path);
  if (attributes.length === 0) return '0'.repeat(16);
  const hash = createHash('sha256');
  for (const [name, hex] of attributes) {
    const value = Buffer.from(hex, 'hex');
    hash.update(`${name}\0${value.length}\0`, 'latin1').update(value);
  }
  return hash.digest('hex').slice(0, 16);
}

function hashOf(path: Buffer, found: BigIntStats): string {
  if (found.isFile()) return sha256(readFileSync(path));
  if (found.isSymbolicLink()) return sha256(readlinkSync(path, { encoding: 'buffer' }));
  return '0'.repeat(64);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
