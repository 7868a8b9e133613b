import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A second reader of manifests, written from docs/manifest.md alone: it shares no code with the engine. */
export interface ReadManifest {
  bytes: Buffer;
  header: { magic: string; version: number; recordWords: number };
  trailer: { magic: string; indexOffset: number; blocks: number; summaryLength: number; digests: string[] };
  /** Where each section begins and ends. */
  sections: Record<'header' | 'blocks' | 'index' | 'summary' | 'trailer', [from: number, to: number]>;
  index: IndexEntry[];
  blocks: ReadBlock[];
  summary: ReadSummary;
  /** The digests as the trailer should have them: header with summary, and index. */
  digests: string[];
}

export interface ReadSummary {
  formatVersion: number;
  setId: string;
  generation: { name: string; files: number; directories: number; otherItems: number };
  sources: { name: string; path: string; items: number }[];
  generations: string[];
  hash: string;
}

interface IndexEntry {
  offset: number;
  length: number;
  count: number;
  next: number;
  parentBlock: number;
  parentRecord: number;
  digest: string;
}

interface ReadBlock {
  magic: string;
  id: number;
  count: number;
  namesBytes: number;
  next: number;
  losses: number;
  /** First 12 bytes of the SHA-256 of the block. */
  digest: string;
  records: ReadRecord[];
}

export interface ReadRecord {
  name: Buffer;
  fileId: bigint;
  size: bigint;
  writeTimeNs: bigint;
  mode: number;
  owner: number;
  group: number;
  changeTimeNs: bigint;
  birthTimeNs: bigint;
  links: number;
  special: number;
  origin: number;
  flags: number;
  introduced: number;
  child: number;
  attributes: number;
  device: number;
  losses: number;
  metadataDigest: string;
  contentHash: string;
}

export const NONE = 0xffffffff;

export function readManifest(path: string): ReadManifest {
  const bytes = readFileSync(path);
  const end = bytes.length - 64;
  const trailer = {
    magic: bytes.toString('latin1', end, end + 8),
    indexOffset: Number(bytes.readBigUInt64LE(end + 8)),
    blocks: bytes.readUInt32LE(end + 16),
    summaryLength: bytes.readUInt32LE(end + 20),
    digests: [bytes.toString('hex', end + 24, end + 44), bytes.toString('hex', end + 44, end + 64)],
  };
  const summaryAt = trailer.indexOffset + trailer.blocks * 40;
  const index = Array.from({ length: trailer.blocks }, (_, id) => readEntry(bytes, trailer.indexOffset + id * 40));
  return {
    bytes,
    header: {
      magic: bytes.toString('latin1', 0, 8),
      version: bytes.readUInt32LE(8),
      recordWords: bytes.readUInt32LE(12),
    },
    trailer,
    sections: {
      header: [0, 64],
      blocks: [64, trailer.indexOffset],
      index: [trailer.indexOffset, summaryAt],
      summary: [summaryAt, summaryAt + trailer.summaryLength],
      trailer: [end, bytes.length],
    },
    index,
    blocks: index.filter(({ length }) => length > 0).map(({ offset, length }) => readBlock(bytes, offset, length)),
    summary: JSON.parse(bytes.toString('utf8', summaryAt, summaryAt + trailer.summaryLength)) as ReadSummary,
    digests: [
      digestOf(bytes.subarray(0, 64), bytes.subarray(summaryAt, end), bytes.subarray(end, end + 24)),
      digestOf(bytes.subarray(trailer.indexOffset, summaryAt)),
    ],
  };
}

/** First 20 bytes of the SHA-256. */
function digestOf(...parts: Buffer[]): string {
  return createHash('sha256').update(Buffer.concat(parts)).digest('hex').slice(0, 40);
}

/** All records with the path they have below the generation, found by going down from the sources. */
export function itemsOf(manifest: ReadManifest): Map<string, ReadRecord> {
  const byId = new Map(manifest.blocks.map((block) => [block.id, block]));
  const items = new Map<string, ReadRecord>();
  const walk = (first: number, prefix: string): void => {
    for (let id = first; id !== NONE; id = byId.get(id)?.next ?? NONE) {
      for (const record of byId.get(id)?.records ?? []) {
        const path = prefix + record.name.toString('latin1');
        items.set(path, record);
        if (record.child !== NONE) walk(record.child, `${path}/`);
      }
    }
  };
  walk(0, '');
  return items;
}

function readEntry(bytes: Buffer, at: number): IndexEntry {
  return {
    offset: Number(bytes.readBigUInt64LE(at)),
    length: bytes.readUInt32LE(at + 8),
    count: bytes.readUInt32LE(at + 12),
    next: bytes.readUInt32LE(at + 16),
    parentBlock: bytes.readUInt32LE(at + 20),
    parentRecord: bytes.readUInt32LE(at + 24),
    digest: bytes.toString('hex', at + 28, at + 40),
  };
}

function readBlock(bytes: Buffer, at: number, length: number): ReadBlock {
  const count = bytes.readUInt32LE(at + 8);
  const names = at + 24 + count * 140;
  return {
    magic: bytes.toString('latin1', at, at + 4),
    id: bytes.readUInt32LE(at + 4),
    count,
    namesBytes: bytes.readUInt32LE(at + 12),
    next: bytes.readUInt32LE(at + 16),
    losses: bytes.readUInt32LE(at + 20),
    digest: createHash('sha256')
      .update(bytes.subarray(at, at + length))
      .digest('hex')
      .slice(0, 24),
    records: Array.from({ length: count }, (_, i) => readRecord(bytes, at + 24 + i * 140, names)),
  };
}

function readRecord(bytes: Buffer, at: number, names: number): ReadRecord {
  const word = (number: number): number => bytes.readUInt32LE(at + number * 4);
  const time = (number: number): bigint =>
    bytes.readBigInt64LE(at + number * 4) * 1_000_000_000n + BigInt(word(number + 2));
  const name = names + word(21);
  return {
    name: bytes.subarray(name, bytes.indexOf(0, name)),
    fileId: bytes.readBigUInt64LE(at),
    size: bytes.readBigUInt64LE(at + 8),
    writeTimeNs: time(4),
    mode: word(7),
    owner: word(8),
    group: word(9),
    changeTimeNs: time(10),
    birthTimeNs: time(13),
    links: word(16),
    special: word(17),
    origin: word(18) & 3,
    flags: word(18) & ~3,
    introduced: word(19),
    child: word(20),
    attributes: word(22),
    device: word(23),
    losses: word(24),
    metadataDigest: bytes.toString('hex', at + 100, at + 108),
    contentHash: bytes.toString('hex', at + 108, at + 140),
  };
}
