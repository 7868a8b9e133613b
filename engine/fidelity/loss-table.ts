import type { Native } from '../../native/index.ts';
import { FidelityLoss, LOSS_KINDS } from '../../native/item-record.ts';
import type { FidelityLossKind, ItemFidelityLoss } from '../types/protocol.ts';
import { describeLoss } from './describe-loss.ts';
import { KIND_BITS, type LossReason, type LossReasons } from './loss-reasons.ts';

/** Combinations of reasons in one generation; those beyond are recorded without reasons. */
const MOST = 1024;
/** A word for each kind of loss: code and side, or nothing. */
const WIDTH = 16;
const NOTHING = 0xffffffff;
const SOURCE = 0x8000_0000;

const Head = { Lock: 0, Count: 1 } as const;
const HEAD_WORDS = 2;

export function createLossTableMemory(): Int32Array {
  return new Int32Array(new SharedArrayBuffer((HEAD_WORDS + MOST * WIDTH) * 4));
}

/**
 * Why things were lost, shared by the threads of a run. An item's losses are one word: the kinds in its low half, in its
 * high half the number of a row here that says why, 0 if that is not known. Few rows serve any number of items.
 */
export class LossTable {
  readonly #native: Native;
  readonly #memory: Int32Array;
  readonly #base: LossReasons;
  readonly #row = new Uint32Array(WIDTH);
  readonly #numbers = new Map<string, number>();
  readonly #adopted = new Map<number, number>();
  readonly #described = new Map<number, ItemFidelityLoss[]>();

  /** @param base the reasons recorded in the generation that items are linked to */
  constructor(native: Native, memory: Int32Array, base: LossReasons = []) {
    this.#native = native;
    this.#memory = memory;
    this.#base = base;
  }

  /** Adds their reasons to losses that the item this thread has just copied came out with. */
  mark(losses: number): number {
    const kinds = losses & LOSS_KINDS;
    if ((kinds & ~FidelityLoss.FileFlags) === 0) return kinds;
    this.#row.fill(NOTHING);
    for (const bit of KIND_BITS.values()) {
      if ((kinds & bit & ~FidelityLoss.FileFlags) === 0) continue;
      this.#row[31 - Math.clz32(bit)] = wordOf(this.#native.lossCause(bit));
    }
    return join(kinds, this.#numberOf(this.#row));
  }

  /**
   * Losses of an item that is linked to its copy in the base.
   * @param losses what the scan found
   * @param recorded the word in the base's record
   */
  adopt(losses: number, recorded: number): number {
    const old = recorded >>> 16;
    if (old === 0) return (losses | recorded) >>> 0;
    const kinds = (losses | recorded) & LOSS_KINDS;
    const own = losses >>> 16;
    if (own !== 0) return join(kinds, this.#numberOf(this.#fill({ ...this.#base[old], ...this.#reasonsOf(own) })));
    let number = this.#adopted.get(old);
    if (number === undefined) {
      number = this.#numberOf(this.#fill(this.#base[old] ?? {}));
      this.#adopted.set(old, number);
    }
    return join(kinds, number);
  }

  /** The losses as objects; the same word gives the same array. */
  describe(losses: number): ItemFidelityLoss[] {
    let described = this.#described.get(losses);
    if (!described) {
      const reasons = this.#reasonsOf(losses >>> 16);
      described = [...KIND_BITS]
        .filter(([, bit]) => (losses & bit) !== 0)
        .map(([kind]) => describeLoss(this.#native, kind, reasons[kind]));
      this.#described.set(losses, described);
    }
    return described;
  }

  /** All rows, to be kept with the generation. */
  get reasons(): LossReasons {
    const count = Atomics.load(this.#memory, Head.Count);
    return count === 0 ? [] : Array.from({ length: count + 1 }, (_, number) => this.#reasonsOf(number));
  }

  #fill(reasons: LossReasons[number]): Uint32Array {
    this.#row.fill(NOTHING);
    for (const [kind, bit] of KIND_BITS) {
      this.#row[31 - Math.clz32(bit)] = wordOf(reasons[kind]);
    }
    return this.#row;
  }

  #reasonsOf(number: number): LossReasons[number] {
    const result: Partial<Record<FidelityLossKind, LossReason>> = {};
    if (number === 0) return result;
    const from = HEAD_WORDS + (number - 1) * WIDTH;
    for (const [kind, bit] of KIND_BITS) {
      const word = this.#memory[from + 31 - Math.clz32(bit)] >>> 0;
      if (word !== NOTHING) result[kind] = { code: word & 0x7fffffff, side: word >= SOURCE ? 'source' : 'target' };
    }
    return result;
  }

  #numberOf(row: Uint32Array): number {
    const key = row.join();
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#share(row);
      this.#numbers.set(key, number);
    }
    return number;
  }

  /** Another thread may have met the same. */
  #share(row: Uint32Array): number {
    const memory = this.#memory;
    while (Atomics.compareExchange(memory, Head.Lock, 0, 1) !== 0) Atomics.wait(memory, Head.Lock, 1, 1);
    try {
      const count = memory[Head.Count];
      for (let number = 1; number <= count; number++) if (this.#isRow(number, row)) return number;
      if (count === MOST) return 0;
      memory.set(row, HEAD_WORDS + count * WIDTH);
      Atomics.store(memory, Head.Count, count + 1);
      return count + 1;
    } finally {
      Atomics.store(memory, Head.Lock, 0);
      Atomics.notify(memory, Head.Lock, 1);
    }
  }

  #isRow(number: number, row: Uint32Array): boolean {
    const from = HEAD_WORDS + (number - 1) * WIDTH;
    return row.every((word, i) => this.#memory[from + i] >>> 0 === word);
  }
}

function wordOf(reason: LossReason | undefined): number {
  if (!reason) return NOTHING;
  const { code, side } = reason;
  return ((side === 'source' ? SOURCE : 0) | (code & 0x7fffffff)) >>> 0;
}

function join(kinds: number, number: number): number {
  return (kinds | (number << 16)) >>> 0;
}
