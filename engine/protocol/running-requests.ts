import type { EngineError } from '../errors/engine-error.ts';
import type { RequestId } from '../types/protocol.ts';

/** The requests that are running, and the handles to stop them. */
export class RunningRequests {
  readonly #controllers = new Map<RequestId, AbortController>();
  readonly #work = new Set<Promise<void>>();

  get isEmpty(): boolean {
    return this.#work.size === 0;
  }

  has(id: RequestId): boolean {
    return this.#controllers.has(id);
  }

  /** Runs a request, which is expected to deal with its own errors. */
  async run(id: RequestId, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    this.#controllers.set(id, controller);
    const promise = work(controller.signal);
    this.#work.add(promise);
    try {
      await promise;
    } finally {
      this.#work.delete(promise);
      if (this.#controllers.get(id) === controller) this.#controllers.delete(id);
    }
  }

  /** Asks a request to end; one that has ended already is none of our business. */
  abort(id: RequestId, reason: EngineError): void {
    this.#controllers.get(id)?.abort(reason);
  }

  abortAll(reason: EngineError): void {
    for (const controller of this.#controllers.values()) controller.abort(reason);
  }

  /** Forgets all requests and returns their ids: nobody may answer them twice. */
  takeAll(): RequestId[] {
    const ids = [...this.#controllers.keys()];
    this.#controllers.clear();
    return ids;
  }

  /** Resolves when none is running, those included that start meanwhile. */
  async idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }
}
