import type { Writable } from 'node:stream';

/** Writes messages, one per line, and knows whether the reader keeps up. */
export class Output {
  readonly #stream: Writable;
  readonly #closed: PromiseWithResolvers<void> = Promise.withResolvers();
  #isClosed = false;

  constructor(stream: Writable) {
    this.#stream = stream;
    // EPIPE and the like: the reader has gone, and with it everyone who could be told.
    stream.on('error', () => this.#close());
    stream.on('close', () => this.#close());
  }

  /** Resolves when the reader has gone. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /** Sends a message. Never fails: what the reader will not read is dropped. */
  write(message: object): void {
    if (!this.#isClosed) this.#stream.write(`${JSON.stringify(message)}\n`);
  }

  /** Whether the reader is behind, so that more would only pile up in memory. */
  get needDrain(): boolean {
    return !this.#isClosed && this.#stream.writableNeedDrain;
  }

  /** Resolves when the reader has caught up or gone, or the signal is aborted. Never rejects. */
  async drained(signal: AbortSignal): Promise<void> {
    if (!this.needDrain || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = (): void => resolve();
    this.#stream.once('drain', done);
    this.#stream.once('close', done);
    signal.addEventListener('abort', done, { once: true });
    await promise;
    this.#stream.off('drain', done);
    this.#stream.off('close', done);
    signal.removeEventListener('abort', done);
  }

  /** Resolves when everything is handed to the operating system, or the reader has gone. */
  async flushed(): Promise<void> {
    if (this.#isClosed || this.#stream.writableLength === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stream.write('', () => resolve());
    await Promise.race([promise, this.#closed.promise]);
  }

  #close(): void {
    this.#isClosed = true;
    this.#closed.resolve();
  }
}
