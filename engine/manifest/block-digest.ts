import { hash } from 'node:crypto';

/** Words of a digest in the index: the first 12 bytes of the SHA-256 of the block. */
const DIGEST_WORDS = 3;

export function writeDigest(block: Buffer, words: Uint32Array, at: number): void {
  const digest = digestOf(block);
  for (let i = 0; i < DIGEST_WORDS; i++) words[at + i] = wordOf(digest, i * 4);
}

export function hasDigest(block: Buffer, words: Uint32Array, at: number): boolean {
  const digest = digestOf(block);
  for (let i = 0; i < DIGEST_WORDS; i++) if (words[at + i] !== wordOf(digest, i * 4)) return false;
  return true;
}

/** As text: for a small block, memory of its own for 32 bytes costs as much as the digest. */
function digestOf(block: Buffer): string {
  return hash('sha256', block, 'binary');
}

function wordOf(digest: string, at: number): number {
  const low = digest.charCodeAt(at) | (digest.charCodeAt(at + 1) << 8) | (digest.charCodeAt(at + 2) << 16);
  return (low | (digest.charCodeAt(at + 3) << 24)) >>> 0;
}
