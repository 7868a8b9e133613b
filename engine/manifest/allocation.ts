import { FileType, Word, readUnsigned64 } from '../../native/item-record.ts';

/** Above the flags: a scale of 2 bits and a signed mantissa of 22, see docs/manifest.md. */
const SCALE_SHIFT = 8;
const MANTISSA_SHIFT = 10;
const FLAGS_MASK = (1 << SCALE_SHIFT) - 1;
const LARGEST = (1 << 21) - 1;
/** What one step of the mantissa stands for, in sectors, by scale. */
const SECTORS_PER_STEP = [1, 1 << 7, 1 << 14, 1 << 21] as const;
const SECTOR = 512;
const CLUSTER = 4096;

/**
 * Notes how much room the copy takes, as its deviation from whole clusters: most records stay as they are. A file with
 * more than 1 GiB of holes is noted less exactly, to 64 KiB and more.
 */
export function writeAllocation(words: Uint32Array, at: number, bytes: number): void {
  const deviation = (bytes - expected(words, at)) / SECTOR;
  const found = SECTORS_PER_STEP.findIndex((step) => Math.abs(deviation / step) <= LARGEST);
  const scale = found < 0 ? SECTORS_PER_STEP.length - 1 : found;
  const mantissa = Math.max(-LARGEST, Math.min(LARGEST, Math.round(deviation / SECTORS_PER_STEP[scale])));
  words[at + Word.Flags] =
    (words[at + Word.Flags] & FLAGS_MASK) | (scale << SCALE_SHIFT) | (mantissa << MANTISSA_SHIFT);
}

/** Bytes the copy takes on disk; where nobody noted it, its size in whole clusters. */
export function readAllocation(words: Uint32Array, at: number): number {
  const flags = words[at + Word.Flags] | 0;
  const step = SECTORS_PER_STEP[(flags >>> SCALE_SHIFT) & 3];
  return Math.max(0, expected(words, at) + (flags >> MANTISSA_SHIFT) * step * SECTOR);
}

function expected(words: Uint32Array, at: number): number {
  if ((words[at + Word.Mode] & FileType.Mask) !== FileType.File) return 0;
  return Math.ceil(readUnsigned64(words, at + Word.Size) / CLUSTER) * CLUSTER;
}
