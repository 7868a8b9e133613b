/**
 * What is written down of shadow copies that a program is about to make: no id is known before, so it says where the
 * program says its ids, and what else there was. Only copies the program has named are ours.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SnapshotEntry } from '../journal.ts';
import type { VssJournal } from './delete.ts';
import { readIds, type ToolCopy } from './tools.ts';

/** The service goes on for a while with what an ended program has begun. */
const SETTLE_MS = 60_000;
/** Times of copies are those of another clock tick. */
const SLACK_MS = 5000;

/** @throws EngineError SnapshotFailed when it cannot be written down */
export function beginAttempt(
  journal: VssJournal,
  volumes: readonly string[],
  existing: readonly ToolCopy[],
  timeoutMs: number,
): SnapshotEntry {
  const now = Date.now();
  return journal.begin({
    id: `{${randomUUID()}}`,
    kind: 'Vss',
    volume: volumes.join(' '),
    devicePath: '',
    persistent: false,
    facts: {
      volumes: JSON.stringify(volumes),
      existing: JSON.stringify(existing.map(({ id }) => id)),
      since: new Date(now - SLACK_MS).toISOString(),
      until: new Date(now + timeoutMs + SETTLE_MS).toISOString(),
    },
  });
}

export function isAttempt({ facts }: SnapshotEntry): boolean {
  return facts['until'] !== undefined;
}

/** Where the program writes, and a script for it. */
export function filesOf(journal: VssJournal, entry: SnapshotEntry): { output: string; script: string } {
  const folder = journal.scratch(entry);
  return { output: join(folder, 'output.txt'), script: join(folder, 'script.dsh') };
}

/** What the program has said so far. */
export function saidIn(journal: VssJournal, entry: SnapshotEntry): string {
  try {
    return readFileSync(filesOf(journal, entry).output, 'utf8');
  } catch {
    // It has not been started.
    return '';
  }
}

export interface AttemptResult {
  readonly ours: readonly ToolCopy[];
  /** Made by then of our volumes, and not known to be ours. */
  readonly doubtful: readonly ToolCopy[];
  /** Each volume has one of ours. */
  readonly isWhole: boolean;
  /** The service may make more in a moment. */
  readonly isOpen: boolean;
}

/** @param said {@link saidIn} the attempt. @param copies that exist now */
export function resultOf(entry: SnapshotEntry, said: string, copies: readonly ToolCopy[]): AttemptResult {
  const { facts } = entry;
  const list = (name: string): string[] => JSON.parse(facts[name] ?? '[]') as string[];
  const [volumes, existing] = [list('volumes'), new Set(list('existing'))];
  const since = Date.parse(facts['since'] ?? '');
  const until = Date.parse(facts['until'] ?? '');
  const named = readIds(said);
  const fresh = copies.filter(
    ({ id, volume }) => !existing.has(id) && volumes.some((ours) => isSameVolume(ours, volume)),
  );
  const ours = fresh.filter(({ id }) => named.has(id));
  const doubtful = fresh.filter(
    ({ id, createdAt }) => !named.has(id) && createdAt.getTime() >= since && createdAt.getTime() <= until,
  );
  const isWhole = ours.length >= volumes.length;
  return { ours, doubtful, isWhole, isOpen: !isWhole && Date.now() < until };
}

export function isSameVolume(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
