import type { FidelityLoss, ItemFidelityLoss } from '../types/protocol.ts';

/** Paths that are kept for each kind and reason. */
const MOST_EXAMPLES = 5;

/** Counts what could not be kept, by kind and reason: memory does not grow with the items. */
export class LossSummary {
  readonly #found = new Map<string, FidelityLoss>();

  add(path: string, losses: readonly ItemFidelityLoss[]): void {
    for (const loss of losses) {
      const key = `${loss.kind} ${loss.cause} ${loss.native?.code ?? 0}`;
      let found = this.#found.get(key);
      if (!found) this.#found.set(key, (found = { ...loss, items: 0, examples: [] }));
      found.items++;
      if (found.examples.length < MOST_EXAMPLES) found.examples.push(path);
    }
  }

  /** Most frequent first. */
  get losses(): FidelityLoss[] {
    return [...this.#found.values()].sort((a, b) => b.items - a.items || (a.kind < b.kind ? -1 : 1));
  }
}
