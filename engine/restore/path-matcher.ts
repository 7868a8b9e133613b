import type { BytePath } from '../../native/byte-path.ts';
import type { Pattern } from './pattern.ts';

/** Which names of which patterns come next: number of the pattern × 2¹⁶ + number of the segment. */
export type MatchState = readonly number[];

const SHIFT = 0x1_0000;

export interface Step {
  /** The item itself is wanted, with all below it. */
  isSelected: boolean;
  /** What may be wanted below it. */
  next: MatchState;
}

/** Follows all patterns at once while a tree is walked down, so that folders without anything wanted are not entered. */
export class PathMatcher {
  readonly start: MatchState;
  readonly #patterns: readonly Pattern[];
  readonly #found: Set<number> = new Set();

  constructor(patterns: readonly Pattern[]) {
    this.#patterns = patterns;
    const start: number[] = [];
    patterns.forEach((_pattern, number) => this.#add(start, number, 0));
    this.start = start;
  }

  /** Texts of patterns that matched nothing so far. */
  get unmatched(): Pattern[] {
    return this.#patterns.filter((_pattern, number) => !this.#found.has(number));
  }

  step(state: MatchState, name: BytePath): Step {
    const next: number[] = [];
    let isSelected = false;
    for (const at of state) {
      const number = Math.floor(at / SHIFT);
      const segment = at % SHIFT;
      const { segments } = this.#patterns[number];
      const wanted = segments[segment];
      const isLast = segment === segments.length - 1;
      if (wanted.kind === 'AnyDepth') {
        if (isLast) isSelected = this.#select(number);
        else this.#add(next, number, segment);
      } else if (wanted.isMatch(name)) {
        if (isLast) isSelected = this.#select(number);
        else this.#add(next, number, segment + 1);
      }
    }
    return { isSelected, next };
  }

  #select(number: number): true {
    this.#found.add(number);
    return true;
  }

  /** `**` may stand for no folder at all. */
  #add(state: number[], number: number, segment: number): void {
    const at = number * SHIFT + segment;
    if (state.includes(at)) return;
    state.push(at);
    const { segments } = this.#patterns[number];
    if (segments[segment].kind === 'AnyDepth' && segment + 1 < segments.length) this.#add(state, number, segment + 1);
  }
}
