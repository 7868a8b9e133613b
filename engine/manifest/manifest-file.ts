import { closeSync, fsyncSync, fstatSync, openSync, readSync, writeSync, type PathLike } from 'node:fs';
import { createHash, hash } from 'node:crypto';
import { RECORD_WORDS } from '../../native/item-record.ts';
import { EngineError } from '../errors/engine-error.ts';
import {
  FORMAT_VERSION,
  HEADER_BYTES,
  HEADER_MAGIC,
  INDEX_WORDS,
  IndexWord,
  TRAILER_BYTES,
  TRAILER_MAGIC,
} from './format.ts';
import type { ManifestSummary } from './summary.ts';

/** A finished manifest, open for reading. */
export interface ManifestFile {
  readonly path: string;
  readonly file: number;
  readonly blocks: number;
  /** Index entries of all blocks, in shared memory so that threads read them without copying. */
  readonly index: Uint32Array;
  readonly summary: ManifestSummary;
}

/** Starts a manifest: writes the header. @returns the descriptor */
export function createManifest(path: PathLike): number {
  const file = openSync(path, 'wx+', 0o600);
  const header = Buffer.alloc(HEADER_BYTES);
  header.latin1Write(HEADER_MAGIC, 0);
  header.writeUInt32LE(FORMAT_VERSION, 8);
  header.writeUInt32LE(RECORD_WORDS, 12);
  writeSync(file, header, 0, HEADER_BYTES, 0);
  return file;
}

/** Ends a manifest: index, summary and trailer, then makes it durable. Closes the descriptor. */
export function finishManifest(file: number, end: number, index: Uint32Array, summary: ManifestSummary): void {
  const indexBytes = Buffer.from(index.buffer, index.byteOffset, index.byteLength);
  const summaryBytes = Buffer.from(JSON.stringify(summary), 'utf8');
  const trailer = Buffer.alloc(TRAILER_BYTES);
  trailer.latin1Write(TRAILER_MAGIC, 0);
  trailer.writeBigUInt64LE(BigInt(end), 8);
  trailer.writeUInt32LE(index.length / INDEX_WORDS, 16);
  trailer.writeUInt32LE(summaryBytes.length, 20);
  const header = Buffer.alloc(HEADER_BYTES);
  readSync(file, header, 0, HEADER_BYTES, 0);
  digestOf(header, indexBytes, summaryBytes, trailer).copy(trailer, 32);
  let at = end;
  for (const part of [indexBytes, summaryBytes, trailer]) {
    writeSync(file, part, 0, part.length, at);
    at += part.length;
  }
  fsyncSync(file);
  closeSync(file);
}

/** Reads the summary only: two small reads, for listings. The digest covers it. */
export function readSummary(path: PathLike, text: string): ManifestSummary {
  return withManifest(path, text, (file) => readParts(file, text).summary);
}

/**
 * Opens and verifies header, index and summary; blocks are verified as they are read.
 * @throws EngineError ManifestDamaged, ManifestNotFound, SetFormatNotSupported
 */
export function openManifest(path: PathLike, text: string): ManifestFile {
  return withManifest(path, text, (file) => ({ path: text, file, ...readParts(file, text) }), 'keep');
}

export function closeManifest(manifest: ManifestFile): void {
  closeSync(manifest.file);
}

export function damaged(path: string, what: string): EngineError {
  return new EngineError('ManifestDamaged', { message: `The manifest '${path}' is damaged: ${what}.`, path });
}

function withManifest<T>(path: PathLike, text: string, use: (file: number) => T, after: 'close' | 'keep' = 'close'): T {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new EngineError('ManifestNotFound', { message: `The manifest '${text}' is missing.`, path: text });
    throw error;
  }
  let keep = false;
  try {
    const result = use(file);
    keep = after === 'keep';
    return result;
  } finally {
    if (!keep) closeSync(file);
  }
}

function readParts(file: number, text: string): { blocks: number; index: Uint32Array; summary: ManifestSummary } {
  const size = fstatSync(file).size;
  if (size < HEADER_BYTES + TRAILER_BYTES) throw damaged(text, `it has ${size} bytes and ends before its trailer`);
  const header = read(file, 0, HEADER_BYTES);
  if (header.latin1Slice(0, 8) !== HEADER_MAGIC) throw damaged(text, 'it does not begin as a manifest does');
  if (header.readUInt32LE(8) !== FORMAT_VERSION || header.readUInt32LE(12) !== RECORD_WORDS)
    throw new EngineError('SetFormatNotSupported', {
      message: `The manifest '${text}' has format ${header.readUInt32LE(8)}; this engine reads format ${FORMAT_VERSION}.`,
      path: text,
    });
  const trailer = read(file, size - TRAILER_BYTES, TRAILER_BYTES);
  if (trailer.latin1Slice(0, 8) !== TRAILER_MAGIC) throw damaged(text, 'it is truncated: the trailer is missing');
  const offset = Number(trailer.readBigUInt64LE(8));
  const blocks = trailer.readUInt32LE(16);
  const summaryLength = trailer.readUInt32LE(20);
  const indexLength = blocks * INDEX_WORDS * 4;
  if (offset + indexLength + summaryLength + TRAILER_BYTES !== size)
    throw damaged(text, 'the lengths in its trailer do not add up to its size');
  const shared = new SharedArrayBuffer(indexLength);
  const index = Buffer.from(shared);
  if (indexLength > 0) readSync(file, index, 0, indexLength, offset);
  const summary = read(file, offset + indexLength, summaryLength);
  if (!digestOf(header, index, summary, trailer).equals(trailer.subarray(32)))
    throw damaged(text, 'its checksum does not match (header, index or summary was changed)');
  return {
    blocks,
    index: new Uint32Array(shared),
    summary: JSON.parse(summary.toString('utf8')) as ManifestSummary,
  };
}

function digestOf(header: Buffer, index: Buffer, summary: Buffer, trailer: Buffer): Buffer {
  return createHash('sha256').update(header).update(index).update(summary).update(trailer.subarray(0, 32)).digest();
}

function read(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, at);
  return bytes;
}

/** Whether a block's bytes have the digest its index entry records. */
export function blockIsIntact(index: Uint32Array, id: number, block: Buffer): boolean {
  const digest = hash('sha256', block, 'buffer');
  const at = id * INDEX_WORDS + IndexWord.Digest;
  for (let i = 0; i < 3; i++) if (index[at + i] !== digest.readUInt32LE(i * 4)) return false;
  return true;
}
