/**
 * What is written down of shadow copies that a program is about to make: no id is known before, so it says where the
 * program says its ids, and what else there was. Only copies the program has named are ours.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
  const folder = mkdtempSync(join(tmpdir(), 'mirrorbackup-vss-'));
  const now = Date.now();
  try {
    return journal.begin({
      id: `{${randomUUID()}}`,
      kind: 'Vss',
      volume: volumes.join(' '),
      devicePath: '',
      persistent: false,
      facts: {
        attempt: folder,
        volumes: JSON.stringify(volumes),
        existing: JSON.stringify(existing.map(({ id }) => id)),
        since: new Date(now - SLACK_MS).toISOString(),
        until: new Date(now + timeoutMs + SETTLE_MS).toISOString(),
      },
    });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

export function isAttempt({ facts }: SnapshotEntry): boolean {
  return facts['attempt'] !== undefined;
}

/** Where the program writes, and a script for it. */
export function filesOf({ facts }: SnapshotEntry): { output: string; script: string } {
  const folder = facts['attempt'] ?? '';
  return { output: join(folder, 'output.txt'), script: join(folder, 'script.dsh') };
}

/** What the program has said so far. */
export function saidIn(entry: SnapshotEntry): string {
  try {
    return readFileSync(filesOf(entry).output, 'utf8');
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

/** @param copies that exist now */
export function resultOf(entry: SnapshotEntry, copies: readonly ToolCopy[]): AttemptResult {
  const { facts } = entry;
  const list = (name: string): string[] => JSON.parse(facts[name] ?? '[]') as string[];
  const [volumes, existing] = [list('volumes'), new Set(list('existing'))];
  const since = Date.parse(facts['since'] ?? '');
  const until = Date.parse(facts['until'] ?? '');
  const named = readIds(saidIn(entry));
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

export function endAttempt(journal: VssJournal, entry: SnapshotEntry): void {
  const folder = entry.facts['attempt'];
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  journal.end(entry);
}

export function isSameVolume(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
