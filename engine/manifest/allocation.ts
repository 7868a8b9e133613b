import { FileType, Word, readUnsigned64 } from '../../native/item-record.ts';

/** Above the flags: a form of 2 bits and a number of 22, see docs/manifest.md. */
const FORM_SHIFT = 8;
const NUMBER_SHIFT = 10;
const FLAGS_MASK = (1 << FORM_SHIFT) - 1;
const LARGEST = (1 << 21) - 1;
const CLUSTER = 4096;

/** What the number says. */
const Form = { DeviationInSectors: 0, Clusters: 1, DeviationIn64KiB: 2, DeviationIn8MiB: 3 } as const;
/** By form: what one step of the number stands for. */
const STEP = [512, CLUSTER, 1 << 16, 1 << 23] as const;

/**
 * Notes how much room the copy takes: as its deviation from whole clusters, so that most records stay as they are; for a
 * file with large holes in clusters. Only where neither fits, beyond 16 GiB, it is rounded.
 */
export function writeAllocation(words: Uint32Array, at: number, bytes: number): void {
  const deviation = bytes - expected(words, at);
  const form = formFor(bytes, deviation);
  const value = (form === Form.Clusters ? bytes : deviation) / STEP[form];
  const number = Math.max(-LARGEST, Math.min(form === Form.Clusters ? 2 * LARGEST : LARGEST, Math.round(value)));
  words[at + Word.Flags] = (words[at + Word.Flags] & FLAGS_MASK) | (form << FORM_SHIFT) | (number << NUMBER_SHIFT);
}

/** Bytes the copy takes on disk; where nobody noted it, its size in whole clusters. */
export function readAllocation(words: Uint32Array, at: number): number {
  const flags = words[at + Word.Flags];
  const form = (flags >>> FORM_SHIFT) & 3;
  if (form === Form.Clusters) return (flags >>> NUMBER_SHIFT) * CLUSTER;
  return Math.max(0, expected(words, at) + ((flags | 0) >> NUMBER_SHIFT) * STEP[form]);
}

function formFor(bytes: number, deviation: number): 0 | 1 | 2 | 3 {
  if (Math.abs(deviation) <= LARGEST * STEP[Form.DeviationInSectors]) return Form.DeviationInSectors;
  if (bytes % CLUSTER === 0 && bytes / CLUSTER <= 2 * LARGEST) return Form.Clusters;
  return Math.abs(deviation) <= LARGEST * STEP[Form.DeviationIn64KiB] ? Form.DeviationIn64KiB : Form.DeviationIn8MiB;
}

function expected(words: Uint32Array, at: number): number {
  if ((words[at + Word.Mode] & FileType.Mask) !== FileType.File) return 0;
  return Math.ceil(readUnsigned64(words, at + Word.Size) / CLUSTER) * CLUSTER;
}
