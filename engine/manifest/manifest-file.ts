import { closeSync, fstatSync, openSync, readSync, writeSync, type PathLike } from 'node:fs';
import { createHash } from 'node:crypto';
import { RECORD_WORDS } from '../../native/item-record.ts';
import { EngineError } from '../errors/engine-error.ts';
import { hasDigest } from './block-digest.ts';
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

/** The trailer: magic 8, index offset 8, blocks 4, summary length 4, then two digests of 20 bytes. */
const COVERED = 24;
const DIGEST_BYTES = 20;
const SUMMARY_DIGEST = COVERED;
const INDEX_DIGEST = SUMMARY_DIGEST + DIGEST_BYTES;

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

/** Ends a manifest: index, summary and trailer. Closes the descriptor, whatever happens; the flush of the whole run makes it durable. */
export function finishManifest(file: number, end: number, index: Uint32Array, summary: ManifestSummary): void {
  try {
    const indexBytes = Buffer.from(index.buffer, index.byteOffset, index.byteLength);
    const summaryBytes = Buffer.from(JSON.stringify(summary), 'utf8');
    const trailer = Buffer.alloc(TRAILER_BYTES);
    trailer.latin1Write(TRAILER_MAGIC, 0);
    trailer.writeBigUInt64LE(BigInt(end), 8);
    trailer.writeUInt32LE(index.length / INDEX_WORDS, 16);
    trailer.writeUInt32LE(summaryBytes.length, 20);
    const header = read(file, 0, HEADER_BYTES);
    digestOf(header, summaryBytes, trailer.subarray(0, COVERED)).copy(trailer, SUMMARY_DIGEST);
    digestOf(indexBytes).copy(trailer, INDEX_DIGEST);
    let at = end;
    for (const part of [indexBytes, summaryBytes, trailer]) {
      writeSync(file, part, 0, part.length, at);
      at += part.length;
    }
  } finally {
    closeSync(file);
  }
}

/** Reads and verifies the summary only, for listings: header, trailer and summary. */
export function readSummary(path: PathLike, text: string): ManifestSummary {
  return withManifest(path, text, (file) => readEnd(file, text).summary);
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

interface End {
  summary: ManifestSummary;
  blocks: number;
  indexOffset: number;
  trailer: Buffer;
}

function readEnd(file: number, text: string): End {
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
  const indexOffset = Number(trailer.readBigUInt64LE(8));
  const blocks = trailer.readUInt32LE(16);
  const summaryLength = trailer.readUInt32LE(20);
  const summaryOffset = indexOffset + blocks * INDEX_WORDS * 4;
  if (summaryOffset + summaryLength + TRAILER_BYTES !== size)
    throw damaged(text, 'the lengths in its trailer do not add up to its size');
  const summary = read(file, summaryOffset, summaryLength);
  const digest = digestOf(header, summary, trailer.subarray(0, COVERED));
  if (!digest.equals(trailer.subarray(SUMMARY_DIGEST, SUMMARY_DIGEST + DIGEST_BYTES)))
    throw damaged(text, 'the checksum of its header, summary and trailer does not match');
  return { summary: JSON.parse(summary.toString('utf8')) as ManifestSummary, blocks, indexOffset, trailer };
}

function readParts(file: number, text: string): { blocks: number; index: Uint32Array; summary: ManifestSummary } {
  const { summary, blocks, indexOffset, trailer } = readEnd(file, text);
  const shared = new SharedArrayBuffer(blocks * INDEX_WORDS * 4);
  const index = Buffer.from(shared);
  if (index.length > 0) readSync(file, index, 0, index.length, indexOffset);
  if (!digestOf(index).equals(trailer.subarray(INDEX_DIGEST, INDEX_DIGEST + DIGEST_BYTES)))
    throw damaged(text, 'the checksum of its index does not match');
  return { blocks, index: new Uint32Array(shared), summary };
}

function digestOf(...parts: readonly Buffer[]): Buffer {
  const sha = createHash('sha256');
  for (const part of parts) sha.update(part);
  return sha.digest().subarray(0, DIGEST_BYTES);
}

function read(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, at);
  return bytes;
}

/** Whether a block's bytes have the digest its index entry records. */
export function blockIsIntact(index: Uint32Array, id: number, block: Buffer): boolean {
  return hasDigest(block, index, id * INDEX_WORDS + IndexWord.Digest);
}
