import { lstatSync, readFileSync, rmSync } from 'node:fs';
import type { Native } from '../../native/index.ts';
import { byteFromText } from '../../native/byte-path.ts';
import { FOLDERS, type Layout } from './layout.ts';
import { writeWhole } from './write-file.ts';

/** What keeps a generation from being removed. */
export interface Pin {
  pinnedAt: string;
  /** For people; empty where none was given. */
  reason: string;
}

/** Whatever has the name of a pin counts as one: a damaged pin must not let a generation go. */
export function readPin(layout: Layout, name: string): Pin | undefined {
  const path = layout.path(layout.pin(name));
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return undefined;
  const unknown: Pin = { pinnedAt: '', reason: '' };
  // What was planted here is not read: a pipe would not end.
  if (!found.isFile()) return unknown;
  try {
    const { pinnedAt, reason } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Pin>;
    return { pinnedAt: textOf(pinnedAt), reason: textOf(reason) };
  } catch {
    return unknown;
  }
}

/** Durable when it returns. Needs the set's lock, as it must not come between the decision to remove and the removal. */
export function writePin(native: Native, layout: Layout, name: string, pin: Pin): void {
  writeWhole(layout.path(layout.pin(name)), `${JSON.stringify(pin)}\n`);
  const directory = native.openRoot(byteFromText(layout.text(FOLDERS.pins)), 'list');
  try {
    native.syncDirectory(directory);
  } finally {
    native.closeDirectory(directory);
  }
}

export function removePin(layout: Layout, name: string): void {
  rmSync(layout.path(layout.pin(name)), { force: true });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
