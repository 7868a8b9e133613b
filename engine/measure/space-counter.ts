import type { SharedCopy, Stretch } from './copy-table.ts';

/** What is known of one generation, in bytes. */
export interface GenerationSpace {
  bytes: number;
  apparentBytes: number;
  uniqueBytes: number;
  freedIfRemoved: number;
  introduced: number;
  files: number;
}

/** Adds up what generations take and what goes with those that are chosen. */
export class SpaceCounter {
  readonly rows: GenerationSpace[];
  readonly total: GenerationSpace = emptySpace();
  readonly #chosen: readonly boolean[];
  /** How many of the generations before each one are chosen. */
  readonly #chosenBefore: number[] = [0];
  /** What begins and ends with each generation, summed up by {@link finish}. */
  readonly #bytes: Float64Array;
  readonly #apparent: Float64Array;
  readonly #files: Float64Array;

  constructor(chosen: readonly boolean[]) {
    this.#chosen = chosen;
    this.rows = chosen.map(emptySpace);
    for (const isChosen of chosen) this.#chosenBefore.push((this.#chosenBefore.at(-1) ?? 0) + (isChosen ? 1 : 0));
    this.#bytes = new Float64Array(chosen.length + 1);
    this.#apparent = new Float64Array(chosen.length + 1);
    this.#files = new Float64Array(chosen.length + 1);
  }

  /** A copy that is in all generations from `first` to `last`: the time it takes does not depend on how many. */
  stretch({ first, last, allocated, size, isFile }: Stretch): void {
    this.#spread(first, last, allocated, isFile ? size : 0, isFile ? 1 : 0);
    this.rows[first].introduced += allocated;
    if (first === last) this.rows[first].uniqueBytes += allocated;
    const chosen = this.#chosenBefore[last + 1] - this.#chosenBefore[first];
    this.#count(chosen, chosen === last - first + 1, last, allocated, isFile ? size : 0, isFile ? 1 : 0);
  }

  shared(copy: SharedCopy): void {
    const { allocated, isFile } = copy;
    const size = isFile ? copy.size : 0;
    let first = -1;
    let last = -1;
    let count = 0;
    let chosen = 0;
    for (let g = 0; g < this.#chosen.length; g++) {
      if (!copy.has(g)) continue;
      if (first < 0) first = g;
      last = g;
      count++;
      if (this.#chosen[g]) chosen++;
      this.#spread(g, g, allocated, size, isFile ? 1 : 0);
    }
    if (first < 0) return;
    this.rows[first].introduced += allocated;
    if (count === 1) this.rows[first].uniqueBytes += allocated;
    this.#count(chosen, chosen === count, last, allocated, size, isFile ? 1 : 0);
  }

  /** Folders are in no other generation. */
  folders(generation: number, bytes: number): void {
    const last = generation;
    this.stretch({ first: generation, last, allocated: bytes, size: 0, isFile: false });
  }

  finish(): void {
    let bytes = 0;
    let apparent = 0;
    let files = 0;
    this.rows.forEach((row, g) => {
      row.bytes = bytes += this.#bytes[g];
      row.apparentBytes = apparent += this.#apparent[g];
      row.files = files += this.#files[g];
      if (this.#chosen[g]) this.total.introduced += row.introduced;
    });
  }

  #spread(first: number, last: number, allocated: number, size: number, files: number): void {
    this.#bytes[first] += allocated;
    this.#bytes[last + 1] -= allocated;
    this.#apparent[first] += size;
    this.#apparent[last + 1] -= size;
    this.#files[first] += files;
    this.#files[last + 1] -= files;
  }

  /** A copy goes with the last of its generations: where they are removed from the oldest on, that is the newest. */
  #count(chosen: number, goes: boolean, last: number, allocated: number, size: number, files: number): void {
    const { total } = this;
    if (chosen > 0) {
      total.bytes += allocated;
      total.apparentBytes += size;
      total.files += files;
    }
    if (!goes) return;
    this.rows[last].freedIfRemoved += allocated;
    total.freedIfRemoved += allocated;
    total.uniqueBytes += allocated;
  }
}

function emptySpace(): GenerationSpace {
  return { bytes: 0, apparentBytes: 0, uniqueBytes: 0, freedIfRemoved: 0, introduced: 0, files: 0 };
}
