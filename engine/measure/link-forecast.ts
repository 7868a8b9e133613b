import { REBASE_SPREAD } from '../plan/link-limit.ts';
import type { LinkForecast } from '../types/protocol.ts';

const MOST_RUNS = 10;

interface Group {
  names: number;
  perRun: number;
  files: number;
  bytes: number;
}

/**
 * Foresees when copies get too many names. Which file comes due exactly when depends on its number on the destination; a
 * manifest knows how many names a copy has, and so how many files come due in each run.
 */
export class LinkForecaster {
  readonly #groups = new Map<string, Group>();

  /** A file of the newest generation: its names in the whole set, and in that generation. */
  add(names: number, perRun: number, bytes: number): void {
    const key = `${names} ${perRun}`;
    const group = this.#groups.get(key);
    if (group) {
      group.files++;
      group.bytes += bytes;
    } else this.#groups.set(key, { names, perRun, files: 1, bytes });
  }

  /** @param maxLinks names at which a copy is not linked any more */
  forecast(maxLinks: number): LinkForecast {
    const groups = [...this.#groups.values()];
    const mostLinks = groups.reduce((most, { names }) => Math.max(most, names), 0);
    const spread = Math.floor(maxLinks * REBASE_SPREAD);
    const first = Math.min(...groups.map((group) => runOf(group, maxLinks - spread)));
    const last = Math.max(...groups.map((group) => runOf(group, maxLinks)));
    const runs = [];
    for (let run = first; run <= last && runs.length < MOST_RUNS && groups.length > 0; run++) {
      const due = expected(groups, run, maxLinks, spread);
      if (due.files > 0) runs.push({ run, ...due });
    }
    const none = groups.length === 0;
    return { maxLinks, mostLinks, firstRun: none ? null : first, lastRun: none ? null : last, runs };
  }
}

/** The run, counted from 1, that first finds a copy with that many names. */
function runOf({ names, perRun }: Group, wanted: number): number {
  return Math.max(1, Math.ceil((wanted - names) / perRun) + 1);
}

function expected(
  groups: readonly Group[],
  run: number,
  maxLinks: number,
  spread: number,
): { files: number; bytes: number } {
  let files = 0;
  let bytes = 0;
  for (const group of groups) {
    const now = share(group.names + (run - 1) * group.perRun, maxLinks, spread);
    const before = run === 1 ? 0 : share(group.names + (run - 2) * group.perRun, maxLinks, spread);
    files += group.files * (now - before);
    bytes += group.bytes * (now - before);
  }
  return { files: Math.round(files), bytes: Math.round(bytes) };
}

/** Of copies with so many names, how many are due: thresholds lie evenly over the last part of the range. */
function share(names: number, maxLinks: number, spread: number): number {
  if (names >= maxLinks) return 1;
  if (names < maxLinks - spread) return 0;
  return (spread - (maxLinks - names) + 1) / (spread + 1);
}
