import type { ItemChange } from '../types/protocol.ts';

const largestBatch = 256;
const longestWait = 50;

/** Collects items, so that a million of them are not a million lines; none waits longer than a person notices. */
export class ItemBatcher {
  readonly #send: (items: ItemChange[]) => void;
  #items: ItemChange[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(send: (items: ItemChange[]) => void) {
    this.#send = send;
  }

  add(items: readonly ItemChange[]): void {
    for (const item of items) {
      this.#items.push(item);
      if (this.#items.length >= largestBatch) this.flush();
    }
    if (this.#items.length > 0) this.#timer ??= setTimeout(() => this.flush(), longestWait).unref();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#items.length === 0) return;
    const items = this.#items;
    this.#items = [];
    this.#send(items);
  }
}
