import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, type Stats } from 'node:fs';
import { EngineError } from '../errors/engine-error.ts';
import { machineTimeZone } from '../retention/machine-time-zone.ts';
import { engineVersion } from '../types/version.ts';
import { absolutePath } from './absolute-path.ts';
import { FOLDERS, Layout } from './layout.ts';
import { writeWhole } from './write-file.ts';

const FORMAT_VERSION = 1;

/** What set.json holds. */
export interface SetSettings {
  formatVersion: number;
  id: string;
  createdAt: string;
  engineVersion: string;
  /** The sources the set is for. */
  sources: { name: string; path: string }[];
  /** IANA time zone in which retention has its days, weeks and so on. Missing in sets of early versions. */
  timeZone?: string;
}

/** A backup set on disk. */
export interface BackupSet {
  layout: Layout;
  settings: SetSettings;
}

/** Opens an existing set, at a path as the user gave it. @throws EngineError PathInvalid, SetNotFound, SetFormatNotSupported, SetDamaged */
export function openSet(path: string): BackupSet {
  const absolute = absolutePath(path);
  const set = findSet(absolute);
  if (set) return set;
  throw new EngineError('SetNotFound', { message: `There is no backup set in '${absolute}'.`, path: absolute });
}

/** The set in that folder, if there is one. */
export function findSet(path: string): BackupSet | undefined {
  const layout = new Layout(path);
  checkKind(layout, FOLDERS.own, 'isDirectory');
  if (!checkKind(layout, layout.settings, 'isFile')) return undefined;
  const text = readFileSync(layout.path(layout.settings), 'utf8');
  checkKind(layout, layout.lock, 'isFile');
  for (const folder of Object.values(FOLDERS))
    if (!checkKind(layout, folder, 'isDirectory')) makeMissing(layout, folder);
  const settings = parse(text, layout);
  if (settings.formatVersion !== FORMAT_VERSION)
    throw new EngineError('SetFormatNotSupported', {
      message: `The set '${path}' has format ${settings.formatVersion}; this engine supports format ${FORMAT_VERSION}.`,
      path,
    });
  return { layout, settings };
}

/** An earlier version may not have had the folder. Who may not make it can read the set all the same. */
function makeMissing(layout: Layout, folder: string): void {
  try {
    mkdirSync(layout.path(folder), { mode: 0o700 });
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Makes the folders of a new set; {@link createSettings} makes it a set. */
export function createFolders(path: string): Layout {
  const layout = new Layout(path);
  mkdirSync(layout.path(), { recursive: true });
  for (const folder of Object.values(FOLDERS)) mkdirSync(layout.path(folder), { recursive: true, mode: 0o700 });
  return layout;
}

/** Needs the set's lock: of two first runs only one may give the set its id. */
export function createSettings(layout: Layout, sources: SetSettings['sources']): BackupSet {
  const settings: SetSettings = {
    formatVersion: FORMAT_VERSION,
    id: randomUUID(),
    createdAt: new Date().toISOString(),
    engineVersion,
    sources,
    timeZone: machineTimeZone(),
  };
  const set = { layout, settings };
  saveSettings(set);
  return set;
}

export function saveSettings({ layout, settings }: BackupSet): void {
  writeWhole(layout.path(layout.settings), `${JSON.stringify(settings, null, 2)}\n`);
}

function parse(text: string, layout: Layout): SetSettings {
  try {
    const value = JSON.parse(text) as Partial<SetSettings>;
    if (typeof value.formatVersion === 'number' && typeof value.id === 'string' && Array.isArray(value.sources))
      return value as SetSettings;
  } catch {
    // Told below.
  }
  throw damaged(layout, layout.settings, 'it is not the settings of a backup set');
}

/**
 * A link in place of something of the set's own would lead writes and removals elsewhere.
 * @returns whether it exists
 */
function checkKind(layout: Layout, part: string, kind: 'isDirectory' | 'isFile'): boolean {
  let found: Stats | undefined;
  try {
    found = lstatSync(layout.path(part), { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw error;
  }
  if (found && !found[kind]())
    throw damaged(
      layout,
      part,
      `it is not a ${kind === 'isFile' ? 'file' : 'folder'} (a link must not stand in its place)`,
    );
  return found !== undefined;
}

function damaged(layout: Layout, part: string, what: string): EngineError {
  const path = layout.text(part);
  return new EngineError('SetDamaged', { message: `'${path}' is damaged: ${what}.`, path });
}
