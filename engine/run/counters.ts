/**
 * What a run counts, and the number of each counter in a row. Each thread adds to a row of its own; the total is the sum of
 * the rows. Written out: V8 takes the numbers of such an object for constants.
 */
export const Counter = {
  items: 0,
  files: 1,
  directories: 2,
  otherItems: 3,
  bytes: 4,
  linkedFiles: 5,
  copiedFiles: 6,
  copiedBytes: 7,
  reusedFiles: 8,
  linkFallbacks: 9,
  rebasedFiles: 10,
  added: 11,
  modified: 12,
  metadataChanged: 13,
  renamed: 14,
  removed: 15,
  typeChanged: 16,
  excluded: 17,
  failed: 18,
  stale: 19,
  skippedSockets: 20,
  /** What the generation's folders take on disk. */
  folderBytes: 21,
  /** Bytes that could not be written once the destination was full. */
  missingBytes: 22,
} as const;

export type CounterName = keyof typeof Counter;
export type Totals = Record<CounterName, number>;

export const COUNTERS = Object.keys(Counter) as readonly CounterName[];

export function createCounters(rows: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(rows * COUNTERS.length * 8));
}

/** The row of one thread. */
export function counterRow(counters: Float64Array, row: number): Float64Array {
  return counters.subarray(row * COUNTERS.length, (row + 1) * COUNTERS.length);
}

export function sumCounters(counters: Float64Array): Totals {
  const totals = {} as Totals;
  for (const name of COUNTERS) {
    let sum = 0;
    for (let at = Counter[name]; at < counters.length; at += COUNTERS.length) sum += counters[at];
    totals[name] = sum;
  }
  return totals;
}

/** The counter of each kind of change. */
export const CHANGE_COUNTER = {
  Added: Counter.added,
  Modified: Counter.modified,
  MetadataChanged: Counter.metadataChanged,
  Renamed: Counter.renamed,
  Removed: Counter.removed,
  TypeChanged: Counter.typeChanged,
} as const;
