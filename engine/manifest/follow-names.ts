import type { BlockReader } from './block-reader.ts';
import type { Segment } from './merge-generations.ts';

/** What becomes of names over the generations. A handle is a number of the receiver's, kept for the name meanwhile. */
export interface NameFollower {
  /** A name the generation before does not have. @returns its handle */
  begin(generation: number, reader: BlockReader, record: number): number;
  /** A name that both have, with records that may differ. @returns its handle from now on */
  next(
    handle: number,
    generation: number,
    reader: BlockReader,
    record: number,
    before: BlockReader,
    recordBefore: number,
  ): number;
  /** `generation` is the last that has it; `reader` holds its record there. */
  end(handle: number, generation: number, reader: BlockReader, record: number): void;
}

let current = new Int32Array(1024);
let previous = new Int32Array(1024);

/** Goes through the generations of a segment, oldest first. Where nothing changed nothing is told. */
export function followNames(segment: Segment, follower: NameFollower): void {
  const { readers, from, to, same } = segment;
  for (let g = 0; g < readers.length; g++) {
    if (same[g] === 1) continue;
    reserve(to[g] - from[g]);
    join(segment, g, follower);
    [previous, current] = [current, previous];
  }
  const last = readers.length - 1;
  for (let i = from[last]; i < to[last]; i++) follower.end(previous[i - from[last]], last, readers[last], i);
}

/** Merges the entries of a generation, `g`, with those of the one before: both are in the order of their names. */
function join({ readers, from, to }: Segment, g: number, follower: NameFollower): void {
  const reader = readers[g];
  const end = to[g];
  const first = from[g];
  const before = readers[Math.max(0, g - 1)];
  const firstBefore = g === 0 ? 0 : from[g - 1];
  const endBefore = g === 0 ? 0 : to[g - 1];
  let i = first;
  let j = firstBefore;
  while (i < end || j < endBefore) {
    const order = i >= end ? 1 : j >= endBefore ? -1 : compareNames(reader, i, before, j);
    if (order < 0) current[i - first] = follower.begin(g, reader, i);
    else if (order > 0) follower.end(previous[j - firstBefore], g - 1, before, j);
    else current[i - first] = follower.next(previous[j - firstBefore], g, reader, i, before, j);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
}

function compareNames(a: BlockReader, recordA: number, b: BlockReader, recordB: number): number {
  const bytesA = a.bytes;
  const bytesB = b.bytes;
  for (let i = a.nameAt(recordA), j = b.nameAt(recordB); ; i++, j++) {
    const difference = bytesA[i] - bytesB[j];
    if (difference !== 0 || bytesA[i] === 0) return difference;
  }
}

function reserve(count: number): void {
  if (current.length >= count) return;
  current = grown(current, count);
  previous = grown(previous, count);
}

function grown(array: Int32Array<ArrayBuffer>, count: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(count * 2);
  larger.set(array);
  return larger;
}
