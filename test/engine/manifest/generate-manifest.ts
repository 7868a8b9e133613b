import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlockBuilder } from '../../../engine/manifest/block-builder.ts';
import { BlockWriter, mergeIndex } from '../../../engine/manifest/block-writer.ts';
import { HEADER_BYTES } from '../../../engine/manifest/format.ts';
import {
  closeManifest,
  createManifest,
  finishManifest,
  openManifest,
  type ManifestFile,
} from '../../../engine/manifest/manifest-file.ts';
import type { ManifestSummary } from '../../../engine/manifest/summary.ts';
import { NO_BLOCK, RECORD_WORDS, Word } from '../../../native/item-record.ts';

/** A record to write: its name, and words by number. */
export interface Item {
  name: Buffer;
  words: Uint32Array;
}

/** A block to write; its number in the list is its id. */
export interface Block {
  items: Item[];
  next: number;
  losses: number;
}

/** Names of any bytes but NUL and slash. */
export const anyName = fc
  .uint8Array({ min: 1, max: 255, minLength: 1, maxLength: 40 })
  .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x2f)))
  .filter((bytes) => bytes.length > 0);

export const anyItem = fc
  .tuple(anyName, fc.uint32Array({ minLength: RECORD_WORDS, maxLength: RECORD_WORDS }))
  .map(([name, words]): Item => ({ name, words }));

export function sorted<T extends { name: Buffer }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => Buffer.compare(a.name, b.name));
}

/** Writes a manifest with the engine's own writer, through `writers` of them in turn, and opens it for `use`. */
export function withManifest<T>(blocks: readonly Block[], writers: number, use: (manifest: ManifestFile) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'mb-manifest-'));
  try {
    const path = join(folder, 'manifest');
    write(path, blocks, writers);
    const manifest = openManifest(path, path);
    try {
      return use(manifest);
    } finally {
      closeManifest(manifest);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function write(path: string, blocks: readonly Block[], writers: number): void {
  const file = createManifest(path);
  const end = new BigInt64Array(new SharedArrayBuffer(8));
  end[0] = BigInt(HEADER_BYTES);
  const all = Array.from({ length: writers }, () => new BlockWriter(file, end));
  const builder = new BlockBuilder();
  blocks.forEach(({ items, next, losses }, id) => {
    for (const { name, words } of items) {
      builder.reserve();
      builder.words.set(words, builder.next);
      builder.commit(name, 0, name.length);
    }
    all[id % writers].append(builder, { id, parentBlock: NO_BLOCK, parentRecord: 0 }, next, losses);
  });
  const parts = all.map((writer) => writer.finish());
  finishManifest(file, Number(end[0]), mergeIndex(parts, blocks.length), {} as ManifestSummary);
}

/** The words of a record that a writer takes as they are: all but the place of the name. */
export function wordsOf(words: Uint32Array, at: number): number[] {
  return [...words.subarray(at, at + RECORD_WORDS)].filter((_, word) => word !== Word.Name);
}
