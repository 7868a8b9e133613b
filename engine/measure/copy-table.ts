import { KEY_WORDS } from './copy-key.ts';

/** A stretch of generations in which one path holds the same copy. */
export interface Stretch {
  first: number;
  last: number;
  /** Bytes on disk, and as the size says. */
  allocated: number;
  size: number;
  isFile: boolean;
}

/** A copy that was met under several paths, or may be. */
export interface SharedCopy extends Omit<Stretch, 'first' | 'last'> {
  has(generation: number): boolean;
  /** Names in all generations, and in the newest. */
  names: number;
  namesInLast: number;
}

const NUMBERS = { Allocated: 0, Size: 1, Newest: 2, Names: 3, NamesInLast: 4, IsFile: 5, IsMade: 6, Count: 7 } as const;

/** Puts together what different paths hold of the same copies. Some 100 bytes for each. */
export class CopyTable {
  readonly #last: number;
  readonly #bitWords: number;
  #slots = new Int32Array(1024);
  #keys = new Uint32Array(1024 * KEY_WORDS);
  #used = 0;
  #parents = new Int32Array(512);
  #numbers = new Float64Array(512 * NUMBERS.Count);
  #bits: Uint32Array;
  #count = 0;

  constructor(generations: number) {
    this.#last = generations - 1;
    this.#bitWords = Math.ceil(generations / 32);
    this.#bits = new Uint32Array(512 * this.#bitWords);
  }

  /** @returns the copy with this key, made when it is new */
  find(key: Uint32Array): number {
    if ((this.#used + 1) * 2 > this.#slots.length) this.#rehash();
    const slot = this.#slotOf(key, 0);
    if (this.#slots[slot] === 0) {
      this.#used++;
      this.#keys.set(key, slot * KEY_WORDS);
      this.#slots[slot] = this.create() + 1;
    }
    return this.#root(this.#slots[slot] - 1);
  }

  /** A copy that cannot be reached by a key. */
  create(): number {
    if (this.#count === this.#parents.length) this.#grow();
    this.#parents[this.#count] = this.#count;
    this.#numbers[this.#count * NUMBERS.Count + NUMBERS.Newest] = -1;
    return this.#count++;
  }

  /** Takes the copy for the path where it was made; false when another path was, and so made a copy of its own. */
  claim(copy: number): boolean {
    const at = copy * NUMBERS.Count + NUMBERS.IsMade;
    const isFree = this.#numbers[at] === 0;
    this.#numbers[at] = 1;
    return isFree;
  }

  /** Two keys turned out to be the same copy. */
  unite(a: number, b: number): number {
    const to = this.#root(a);
    const from = this.#root(b);
    if (to === from) return to;
    this.#parents[from] = to;
    for (let i = 0; i < this.#bitWords; i++)
      this.#bits[to * this.#bitWords + i] |= this.#bits[from * this.#bitWords + i];
    const target = this.#numbers.subarray(to * NUMBERS.Count, (to + 1) * NUMBERS.Count);
    const other = this.#numbers.subarray(from * NUMBERS.Count, (from + 1) * NUMBERS.Count);
    target[NUMBERS.Names] += other[NUMBERS.Names];
    target[NUMBERS.IsMade] += other[NUMBERS.IsMade];
    target[NUMBERS.NamesInLast] += other[NUMBERS.NamesInLast];
    if (other[NUMBERS.Newest] <= target[NUMBERS.Newest]) return to;
    for (const number of [NUMBERS.Allocated, NUMBERS.Size, NUMBERS.Newest, NUMBERS.IsFile])
      target[number] = other[number];
    return to;
  }

  add(copy: number, { first, last, allocated, size, isFile }: Stretch): void {
    for (let g = first; g <= last; g++) this.#bits[copy * this.#bitWords + (g >>> 5)] |= 1 << (g & 31);
    const at = copy * NUMBERS.Count;
    this.#numbers[at + NUMBERS.Names] += last - first + 1;
    if (last === this.#last) this.#numbers[at + NUMBERS.NamesInLast]++;
    // What the newest generation noted is what it takes now.
    if (last <= this.#numbers[at + NUMBERS.Newest]) return;
    this.#numbers[at + NUMBERS.Newest] = last;
    this.#numbers[at + NUMBERS.Allocated] = allocated;
    this.#numbers[at + NUMBERS.Size] = size;
    this.#numbers[at + NUMBERS.IsFile] = isFile ? 1 : 0;
  }

  *copies(): Generator<SharedCopy> {
    for (let copy = 0; copy < this.#count; copy++) {
      if (this.#parents[copy] !== copy) continue;
      const at = copy * NUMBERS.Count;
      const bits = copy * this.#bitWords;
      yield {
        allocated: this.#numbers[at + NUMBERS.Allocated],
        size: this.#numbers[at + NUMBERS.Size],
        isFile: this.#numbers[at + NUMBERS.IsFile] === 1,
        names: this.#numbers[at + NUMBERS.Names],
        namesInLast: this.#numbers[at + NUMBERS.NamesInLast],
        has: (g) => (this.#bits[bits + (g >>> 5)] & (1 << (g & 31))) !== 0,
      };
    }
  }

  #root(copy: number): number {
    let root = copy;
    while (this.#parents[root] !== root) root = this.#parents[root];
    return root;
  }

  #slotOf(key: Uint32Array, from: number): number {
    let hash = 0;
    for (let i = 0; i < KEY_WORDS; i++) hash = Math.imul(hash ^ key[from + i], 0x9e3779b1) ^ (hash >>> 15);
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 16)) & mask;
    while (this.#slots[slot] !== 0 && !this.#isAt(slot, key, from)) slot = (slot + 1) & mask;
    return slot;
  }

  #isAt(slot: number, key: Uint32Array, from: number): boolean {
    for (let i = 0; i < KEY_WORDS; i++) if (this.#keys[slot * KEY_WORDS + i] !== key[from + i]) return false;
    return true;
  }

  #rehash(): void {
    const slots = this.#slots;
    const keys = this.#keys;
    this.#slots = new Int32Array(slots.length * 2);
    this.#keys = new Uint32Array(keys.length * 2);
    for (let old = 0; old < slots.length; old++) {
      if (slots[old] === 0) continue;
      const slot = this.#slotOf(keys, old * KEY_WORDS);
      this.#slots[slot] = slots[old];
      this.#keys.set(keys.subarray(old * KEY_WORDS, (old + 1) * KEY_WORDS), slot * KEY_WORDS);
    }
  }

  #grow(): void {
    const parents = new Int32Array(this.#count * 2);
    const numbers = new Float64Array(this.#count * 2 * NUMBERS.Count);
    const bits = new Uint32Array(this.#count * 2 * this.#bitWords);
    parents.set(this.#parents);
    numbers.set(this.#numbers);
    bits.set(this.#bits);
    this.#parents = parents;
    this.#numbers = numbers;
    this.#bits = bits;
  }
}
