/** By slot: both halves of the file id, and how many of its names have not been met. */
const WORDS = 3;
const [HIGH, LOW, LEFT] = [0, 1, 2];
const EMPTY = 0;
const DONE = 0xffff_ffff;
const FIRST_SLOTS = 1 << 10;

/** What {@link SharedFiles} consists of, as it goes from thread to thread without being copied. */
export interface SharedFilesMemory {
  slots: Uint32Array;
  used: number;
}

/**
 * Files with several names, while trees are measured one after the other: a file is freed with the last of its names. A
 * hash table of 24 bytes or so for each file, as there may be as many as in the whole set. One thread at a time uses it.
 */
export class SharedFiles {
  #slots: Uint32Array;
  #used: number;

  constructor({ slots, used }: SharedFilesMemory = { slots: allocate(FIRST_SLOTS), used: 0 }) {
    this.#slots = slots;
    this.#used = used;
  }

  get memory(): SharedFilesMemory {
    return { slots: this.#slots, used: this.#used };
  }

  /**
   * @param links names that the file has in all
   * @returns whether this name of it was the last that was not met
   */
  meet(high: number, low: number, links: number): boolean {
    const at = find(this.#slots, high, low);
    const left = this.#slots[at + LEFT];
    if (left === DONE) return false;
    if (left === EMPTY) {
      this.#slots.set([high, low, links > 1 ? links - 1 : DONE], at);
      this.#used++;
      if (this.#used * WORDS * 2 > this.#slots.length) this.#grow();
      return links <= 1;
    }
    this.#slots[at + LEFT] = left > 1 ? left - 1 : DONE;
    return left === 1;
  }

  /** Files whose last name was met cannot come again: they stay behind. */
  #grow(): void {
    const old = this.#slots;
    const kept = count(old);
    this.#slots = allocate(Math.max(FIRST_SLOTS, 2 ** Math.ceil(Math.log2(kept * 4 + 1))));
    this.#used = kept;
    for (let at = 0; at < old.length; at += WORDS) {
      const left = old[at + LEFT];
      if (left === EMPTY || left === DONE) continue;
      this.#slots.set(old.subarray(at, at + WORDS), find(this.#slots, old[at + HIGH], old[at + LOW]));
    }
  }
}

function allocate(slots: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(slots * WORDS * 4));
}

function count(slots: Uint32Array): number {
  let kept = 0;
  for (let at = LEFT; at < slots.length; at += WORDS) if (slots[at] !== EMPTY && slots[at] !== DONE) kept++;
  return kept;
}

/** Where the file is, or would be. There is always an empty slot; their number is a power of two. */
function find(slots: Uint32Array, high: number, low: number): number {
  const mask = slots.length / WORDS - 1;
  let hash = Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1);
  hash ^= hash >>> 15;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const at = slot * WORDS;
    if (slots[at + LEFT] === EMPTY || (slots[at + HIGH] === high && slots[at + LOW] === low)) return at;
  }
}
