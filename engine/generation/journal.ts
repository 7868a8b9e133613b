import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Layout } from './layout.ts';
import { FOLDERS } from './layout.ts';
import { writeWhole } from './write-file.ts';

/** One unfinished run. */
export interface JournalEntry {
  generation: string;
  /** `Committing`: all is written and durable, only the rename into the set may be missing. */
  state: 'Staging' | 'Committing';
  /** Start of the machine that wrote it: staged data of an earlier one was perhaps never flushed. */
  bootId: string;
  host: string;
  pid: number;
  startedAt: string;
}

export function writeJournal(layout: Layout, generation: string, state: JournalEntry['state'], bootId: string): void {
  const entry: JournalEntry = {
    generation,
    state,
    bootId,
    host: hostname(),
    pid: process.pid,
    startedAt: new Date().toISOString(),
  };
  writeWhole(layout.path(layout.journal(generation)), `${JSON.stringify(entry)}\n`);
}

export function removeJournal(layout: Layout, generation: string): void {
  rmSync(layout.path(layout.journal(generation)), { force: true });
}

/** Entries of all unfinished runs, oldest first. An entry cut off by a crash counts as `Staging`. */
export function readJournal(layout: Layout): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const file of readdirSync(layout.path(FOLDERS.journal)).sort()) {
    if (!file.endsWith('.json')) continue;
    const generation = file.slice(0, -'.json'.length);
    try {
      entries.push(JSON.parse(readFileSync(layout.path(FOLDERS.journal, file), 'utf8')) as JournalEntry);
    } catch {
      entries.push({ generation, state: 'Staging', bootId: '', host: '', pid: 0, startedAt: '' });
    }
  }
  return entries;
}
