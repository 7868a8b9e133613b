/** What a run counts. Each thread adds to a row of its own; the total is the sum of the rows. */
export const COUNTERS = [
  'items',
  'files',
  'directories',
  'otherItems',
  'bytes',
  'linkedFiles',
  'copiedFiles',
  'copiedBytes',
  'reusedFiles',
  'linkFallbacks',
  'rebasedFiles',
  'added',
  'modified',
  'metadataChanged',
  'renamed',
  'removed',
  'typeChanged',
  'excluded',
  'failed',
  'stale',
  'skippedSockets',
  /** What the generation's folders take on disk. */
  'folderBytes',
  /** Bytes that could not be written once the destination was full. */
  'missingBytes',
] as const;

export type CounterName = (typeof COUNTERS)[number];
export type Totals = Record<CounterName, number>;

const numbers = {} as Record<CounterName, number>;
COUNTERS.forEach((name, number) => (numbers[name] = number));

/** Number of each counter in a row. */
export const Counter: Readonly<Record<CounterName, number>> = numbers;

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
