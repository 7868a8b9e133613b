/**
 * Directories to visit, shared between threads.
 *
 * Each thread works depth first on a stack of its own, which keeps the number of waiting directories small. When another
 * thread is idle, the oldest tasks (the largest subtrees, most likely) move to shared slots, where idle threads find them.
 */
import type { BytePath } from '../../native/byte-path.ts';

/** One directory to visit: where it is, and numbers whose meaning is the visitor's. */
export interface Task {
  /** Path of the directory below the root of the work. */
  path: BytePath;
  /** A second path that belongs to it, such as where it was in the base. */
  other: BytePath;
  numbers: readonly number[];
}

/** Most numbers of a task. */
const NUMBERS = 7;
const SLOTS = 64;
const SLOT_BYTES = 8 * 1024;
const HEAD_BYTES = 8 + NUMBERS * 4;
/** Local tasks a thread keeps for itself. */
const KEEP = 1;

const Word = { Lock: 0, Shared: 1, Idle: 2, Ended: 3, Turn: 4 } as const;

export interface TaskQueueMemory {
  control: Int32Array;
  slots: Uint8Array;
  threads: number;
}

export function createTaskQueueMemory(threads: number): TaskQueueMemory {
  return {
    control: new Int32Array(new SharedArrayBuffer(64)),
    slots: new Uint8Array(new SharedArrayBuffer(SLOTS * SLOT_BYTES)),
    threads,
  };
}

export class TaskQueue {
  readonly #control: Int32Array;
  readonly #slots: Buffer;
  readonly #threads: number;
  readonly #local: Task[] = [];

  constructor(memory: TaskQueueMemory) {
    this.#control = memory.control;
    this.#slots = Buffer.from(memory.slots.buffer);
    this.#threads = memory.threads;
  }

  push(task: Task): void {
    this.#local.push(task);
  }

  /** The next task, waiting for other threads to share theirs; undefined when all work is done. */
  pop(): Task | undefined {
    if (this.#threads > 1) this.#share();
    return this.#local.pop() ?? (this.#threads > 1 ? this.#take() : undefined);
  }

  /** Makes every thread's {@link pop} return undefined once its own tasks are gone. */
  end(): void {
    this.#local.length = 0;
    Atomics.store(this.#control, Word.Ended, 1);
    this.#wake();
  }

  #share(): void {
    const control = this.#control;
    if (Atomics.load(control, Word.Idle) <= Atomics.load(control, Word.Shared) || this.#local.length <= KEEP) return;
    this.#lock();
    let given = 0;
    while (
      this.#local.length - given > KEEP &&
      control[Word.Shared] < SLOTS &&
      control[Word.Shared] < 2 * control[Word.Idle] &&
      this.#write(control[Word.Shared], this.#local[given])
    ) {
      control[Word.Shared]++;
      given++;
    }
    this.#unlock();
    if (given === 0) return;
    this.#local.splice(0, given);
    this.#wake();
  }

  #take(): Task | undefined {
    const control = this.#control;
    Atomics.add(control, Word.Idle, 1);
    for (;;) {
      const turn = Atomics.load(control, Word.Turn);
      this.#lock();
      if (control[Word.Shared] > 0) {
        control[Word.Shared]--;
        const task = this.#read(control[Word.Shared]);
        Atomics.sub(control, Word.Idle, 1);
        this.#unlock();
        return task;
      }
      const done = control[Word.Idle] === this.#threads;
      this.#unlock();
      if (done || Atomics.load(control, Word.Ended) === 1) {
        this.end();
        return undefined;
      }
      // The time-out only guards against a thread that died without ending the queue.
      Atomics.wait(control, Word.Turn, turn, 500);
    }
  }

  /** @returns false when the task's paths do not fit into a slot; it stays where it is */
  #write(slot: number, task: Task): boolean {
    const { path, other, numbers } = task;
    if (HEAD_BYTES + path.length + other.length > SLOT_BYTES) return false;
    const at = slot * SLOT_BYTES;
    this.#slots.writeUInt32LE(path.length, at);
    this.#slots.writeUInt32LE(other.length, at + 4);
    for (let i = 0; i < NUMBERS; i++) this.#slots.writeUInt32LE(numbers[i] ?? 0, at + 8 + i * 4);
    this.#slots.latin1Write(path, at + HEAD_BYTES);
    this.#slots.latin1Write(other, at + HEAD_BYTES + path.length);
    return true;
  }

  #read(slot: number): Task {
    const at = slot * SLOT_BYTES;
    const pathLength = this.#slots.readUInt32LE(at);
    const otherLength = this.#slots.readUInt32LE(at + 4);
    const numbers: number[] = [];
    for (let i = 0; i < NUMBERS; i++) numbers.push(this.#slots.readUInt32LE(at + 8 + i * 4));
    const from = at + HEAD_BYTES;
    return {
      path: this.#slots.latin1Slice(from, from + pathLength),
      other: this.#slots.latin1Slice(from + pathLength, from + pathLength + otherLength),
      numbers,
    };
  }

  #lock(): void {
    while (Atomics.compareExchange(this.#control, Word.Lock, 0, 1) !== 0) Atomics.wait(this.#control, Word.Lock, 1, 1);
  }

  #unlock(): void {
    Atomics.store(this.#control, Word.Lock, 0);
    Atomics.notify(this.#control, Word.Lock, 1);
  }

  #wake(): void {
    Atomics.add(this.#control, Word.Turn, 1);
    Atomics.notify(this.#control, Word.Turn);
  }
}
