/** How the coordinating thread steers the working ones. */
export const RunState = {
  Running: 0,
  /** Stop after the item at hand. */
  Cancelled: 1,
  /** The destination is full: go on without writing, to learn how much is missing. */
  Measuring: 2,
} as const;

const Slot = { State: 0, Paused: 1, NextBlock: 2, FreeMebibytes: 3 } as const;
const PATH_BYTES = 1024;

export interface ControlMemory {
  words: Int32Array;
  /** Shared end of the manifest under construction. */
  manifestEnd: BigInt64Array;
  /** Per thread: length (2 bytes) and path of the directory at hand. */
  paths: Uint8Array;
}

/** Switches and counters in shared memory; the same object works on every thread. */
export class SharedControl {
  readonly memory: ControlMemory;
  readonly #paths: Buffer;

  constructor(memory: ControlMemory) {
    this.memory = memory;
    this.#paths = Buffer.from(memory.paths.buffer);
  }

  static create(threads: number, manifestStart: number, firstBlock: number): SharedControl {
    const memory: ControlMemory = {
      words: new Int32Array(new SharedArrayBuffer(64)),
      manifestEnd: new BigInt64Array(new SharedArrayBuffer(8)),
      paths: new Uint8Array(new SharedArrayBuffer(threads * PATH_BYTES)),
    };
    memory.manifestEnd[0] = BigInt(manifestStart);
    memory.words[Slot.NextBlock] = firstBlock;
    memory.words[Slot.FreeMebibytes] = 0x7fffffff;
    return new SharedControl(memory);
  }

  get state(): number {
    return Atomics.load(this.memory.words, Slot.State);
  }

  cancel(): void {
    Atomics.store(this.memory.words, Slot.State, RunState.Cancelled);
    this.resume();
  }

  startMeasuring(): void {
    Atomics.compareExchange(this.memory.words, Slot.State, RunState.Running, RunState.Measuring);
  }

  /** Makes the working threads wait before their next directory. */
  pause(): void {
    Atomics.store(this.memory.words, Slot.Paused, 1);
  }

  resume(): void {
    Atomics.store(this.memory.words, Slot.Paused, 0);
    Atomics.notify(this.memory.words, Slot.Paused);
  }

  waitWhilePaused(): void {
    while (Atomics.load(this.memory.words, Slot.Paused) === 1) Atomics.wait(this.memory.words, Slot.Paused, 1, 1000);
  }

  allocateBlock(): number {
    return Atomics.add(this.memory.words, Slot.NextBlock, 1);
  }

  get blocks(): number {
    return Atomics.load(this.memory.words, Slot.NextBlock);
  }

  /** Room at the destination above the reserve, refreshed by the coordinator. */
  get freeBytes(): number {
    return Atomics.load(this.memory.words, Slot.FreeMebibytes) * 0x10_0000;
  }

  set freeBytes(bytes: number) {
    Atomics.store(
      this.memory.words,
      Slot.FreeMebibytes,
      Math.min(0x7fffffff, Math.max(0, Math.floor(bytes / 0x10_0000))),
    );
  }

  showPath(thread: number, path: string): void {
    const length = Math.min(path.length, PATH_BYTES - 2);
    const at = thread * PATH_BYTES;
    this.#paths.latin1Write(path, at + 2, length);
    this.#paths.writeUInt16LE(length, at);
  }

  pathOf(thread: number): string {
    const at = thread * PATH_BYTES;
    return this.#paths.latin1Slice(at + 2, at + 2 + this.#paths.readUInt16LE(at));
  }
}
