/** By slot: the file id in two halves, the device, and the verdict. */
const WORDS = 4;
const [HIGH, LOW, DEVICE, VERDICT] = [0, 1, 2, 3];
const FIRST_SLOTS = 1 << 10;
const PROBE_LIMIT = 1 << 12;

/** What is known of a copy. */
export const Verdict = {
  Empty: 0,
  /** Its slot is being filled. */
  Claimed: 1,
  /** Looked at; its content was not read. */
  Seen: 2,
  Reading: 3,
  Good: 4,
  Damaged: 5,
  Unreadable: 6,
  /** Not in this day's sample. */
  Skipped: 7,
} as const;

/** What {@link CheckedCopies} consists of; goes from thread to thread without being copied. */
export interface CheckedCopiesMemory {
  slots: Int32Array;
  /** How many are used. */
  used: Int32Array;
}

/**
 * The copies that were met, so that each is read once however many names it has. A hash table in shared memory, 32 to 64
 * bytes for each copy, that all threads fill at the same time; it grows between the generations.
 */
export class CheckedCopies {
  #slots: Int32Array;
  readonly #used: Int32Array;

  constructor({ slots, used }: CheckedCopiesMemory = { slots: allocate(FIRST_SLOTS), used: allocateWords(1) }) {
    this.#slots = slots;
    this.#used = used;
  }

  get memory(): CheckedCopiesMemory {
    return { slots: this.#slots, used: this.#used };
  }

  get size(): number {
    return Atomics.load(this.#used, 0);
  }

  /** Makes room for that many more. Only while no thread works with it. */
  reserve(more: number): void {
    const wanted = 2 ** Math.ceil(Math.log2(Math.max(FIRST_SLOTS, (this.size + more) * 2)));
    const old = this.#slots;
    if (wanted * WORDS <= old.length) return;
    this.#slots = allocate(wanted);
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at + VERDICT] === Verdict.Empty) continue;
      let slot = slotOf(old[at + HIGH], old[at + LOW]) & (wanted - 1);
      while (this.#slots[slot * WORDS + VERDICT] !== Verdict.Empty) slot = (slot + 1) & (wanted - 1);
      this.#slots.set(old.subarray(at, at + WORDS), slot * WORDS);
    }
  }

  /** @returns where the copy is kept, or undefined where there is no room: then it is looked at as if it had one name */
  meet(high: number, low: number, device: number): number | undefined {
    const slots = this.#slots;
    const mask = slots.length / WORDS - 1;
    const [h, l, d] = [high | 0, low | 0, device | 0];
    let slot = slotOf(h, l) & mask;
    for (let probes = 0; probes < PROBE_LIMIT; probes++, slot = (slot + 1) & mask) {
      const at = slot * WORDS;
      let verdict = Atomics.load(slots, at + VERDICT);
      if (verdict === Verdict.Empty) {
        verdict = Atomics.compareExchange(slots, at + VERDICT, Verdict.Empty, Verdict.Claimed);
        if (verdict === Verdict.Empty) {
          slots[at + HIGH] = h;
          slots[at + LOW] = l;
          slots[at + DEVICE] = d;
          Atomics.add(this.#used, 0, 1);
          this.settle(at, Verdict.Seen);
          return at;
        }
      }
      while (verdict === Verdict.Claimed) {
        Atomics.wait(slots, at + VERDICT, Verdict.Claimed, 100);
        verdict = Atomics.load(slots, at + VERDICT);
      }
      if (slots[at + HIGH] === h && slots[at + LOW] === l && slots[at + DEVICE] === d) return at;
    }
    return undefined;
  }

  /** @returns whether the caller is to read the copy; otherwise {@link verdict} tells what came of it */
  beginReading(at: number): boolean {
    return Atomics.compareExchange(this.#slots, at + VERDICT, Verdict.Seen, Verdict.Reading) === Verdict.Seen;
  }

  settle(at: number, verdict: number): void {
    Atomics.store(this.#slots, at + VERDICT, verdict);
    Atomics.notify(this.#slots, at + VERDICT);
  }

  /** Waits for the thread that reads the copy. @param isStopped ends the wait */
  verdict(at: number, isStopped: () => boolean): number {
    for (;;) {
      const verdict = Atomics.load(this.#slots, at + VERDICT);
      if (verdict !== Verdict.Reading || isStopped()) return verdict;
      Atomics.wait(this.#slots, at + VERDICT, Verdict.Reading, 100);
    }
  }
}

function allocate(slots: number): Int32Array {
  return allocateWords(slots * WORDS);
}

function allocateWords(words: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(words * 4));
}

/** File ids are often consecutive: the bits are mixed. */
export function slotOf(high: number, low: number): number {
  let hash = Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}
