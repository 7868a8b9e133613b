const STRIPES = 1 << 12;
const State = { Free: 0, Held: 1, Awaited: 2 } as const;

export type NameLocksMemory = Int32Array;

/**
 * Lets only one thread at a time remove names of one file, so that exactly one of them sees how many there are left when it
 * takes the last. Two threads that both asked before both removed would each believe that there is another name.
 */
export class NameLocks {
  readonly memory: NameLocksMemory;

  constructor(memory: NameLocksMemory = new Int32Array(new SharedArrayBuffer(STRIPES * 4))) {
    this.memory = memory;
  }

  /**
   * @param id what all names of a file have in common; files that share a lock merely wait for each other
   * @returns what to give to {@link release}
   */
  acquire(id: number): number {
    const stripe = (Math.imul(id, 0x9e37_79b1) >>> 20) & (STRIPES - 1);
    if (Atomics.compareExchange(this.memory, stripe, State.Free, State.Held) === State.Free) return stripe;
    while (Atomics.exchange(this.memory, stripe, State.Awaited) !== State.Free)
      Atomics.wait(this.memory, stripe, State.Awaited, 500);
    return stripe;
  }

  release(stripe: number): void {
    if (Atomics.exchange(this.memory, stripe, State.Free) === State.Awaited) Atomics.notify(this.memory, stripe, 1);
  }
}
