/**
 * Files that their owners say not to back up, as rules of a .gitignore file in each source.
 * https://learn.microsoft.com/windows/win32/backup/registry-keys-and-values-for-backup-and-restore
 * https://learn.microsoft.com/windows/win32/vss/excluding-files-from-shadow-copies
 */
import type { MachineRegistry } from '../../../native/vss/calls.ts';
import type { FileDescription, WriterMetadata } from '../../../native/vss/writers.ts';
import type { SnapshotExclusion } from '../provider.ts';
import { below, expandVariables, isInside } from './paths.ts';
import type { PlacedSource } from './volumes.ts';

/** Somebody's list of files. */
export interface ExcludedFiles {
  readonly files: readonly FileDescription[];
  readonly reason: string;
}

const CONTROL = 'SYSTEM\\CurrentControlSet\\Control\\BackupRestore';
const PROFILES = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList';

/**
 * What the registry says; `$UserProfile$` stands for the profile of every user, `$AllVolumes$` and `\` for any volume.
 * @param writers that take part: files that are not to be backed up without their writer are backed up with it
 * https://learn.microsoft.com/windows/win32/vss/generating-a-backup-set
 */
export function excludedByRegistry(registry: MachineRegistry, writers: readonly string[]): ExcludedFiles[] {
  const present = new Set(writers.map((name) => name.toLowerCase()));
  return ['FilesNotToBackup', 'FilesNotToSnapshot'].flatMap((list) =>
    [...registry.readTextValues(`${CONTROL}\\${list}`)]
      .filter(([name]) => list !== 'FilesNotToBackup' || !present.has(name.toLowerCase()))
      .map(([name, values]) => ({
        files: values.flatMap((value) => expandProfiles(value, registry)).map(parseEntry),
        reason: `${list} of the registry, '${name}'`,
      })),
  );
}

export function excludedByWriters(writers: readonly WriterMetadata[]): ExcludedFiles[] {
  return writers
    .filter(({ excludedFiles }) => excludedFiles.length > 0)
    .map(({ name, excludedFiles }) => ({ files: excludedFiles, reason: `the writer '${name}'` }));
}

/**
 * The rules that concern a source, each under its path. They are one list, to be matched by itself: rules behind others
 * take folders back out that a rule for files has caught.
 */
export function exclusionsOf(lists: readonly ExcludedFiles[], sources: readonly PlacedSource[]): SnapshotExclusion[] {
  return sources.flatMap((source) =>
    lists.flatMap(({ files, reason }) =>
      files.flatMap((file) => patternsFor(file, source)).map((pattern) => ({ source: source.path, pattern, reason })),
    ),
  );
}

/** `path\specification /s`, where `/s` means the folders below, too. */
function parseEntry(entry: string): FileDescription {
  const [, path, switches] = /^(.*?)((?:\s+\/s)?)\s*$/i.exec(entry) ?? [];
  const at = path.lastIndexOf('\\');
  return {
    path: at < 0 ? '' : path.slice(0, at).replace(/^\$AllVolumes\$/i, ''),
    specification: path.slice(at + 1),
    recursive: switches !== '',
  };
}

function expandProfiles(value: string, registry: MachineRegistry): string[] {
  if (!/\$UserProfile\$/i.test(value)) return [value];
  return registry.readKeyNames(PROFILES).flatMap((name) => {
    const [path] = registry.readTextValues(`${PROFILES}\\${name}`).get('ProfileImagePath') ?? [];
    return path === undefined ? [] : [value.replace(/\$UserProfile\$/i, () => path)];
  });
}

function patternsFor(file: FileDescription, { realPath, root }: PlacedSource): string[] {
  const specification = file.specification === '' || file.specification === '*.*' ? '*' : file.specification;
  const expanded = expandVariables(file.path);
  // Of a variable that this account does not have nothing is known.
  if (/^%[^%\\]+%/.test(expanded)) return [];
  // Without a drive it is meant for every volume.
  const folder = /^(?:[a-z]:|\\\\)/i.test(expanded) ? expanded : `${root}${expanded.replace(/^\\+/, '')}`;
  const name = escape(specification);
  if (isInside(folder, realPath)) {
    const inside = below(folder, realPath);
    const prefix = inside === '' ? '' : `/${inside.split('\\').map(escape).join('/')}`;
    // The user named this very folder, and wants what is in it.
    if (file.recursive && specification === '*') return inside === '' ? [] : [`${prefix}/**`];
    return filesOnly(`${prefix}/${file.recursive ? '**/' : ''}${name}`);
  }
  // A source inside a folder that is left out as a whole was named by the user, who wants it.
  if (!file.recursive || specification === '*' || !isInside(realPath, folder)) return [];
  return filesOnly(`**/${name}`);
}

/** A specification means files; a folder of that name is no reason to leave out what is in it. */
function filesOnly(pattern: string): string[] {
  return [pattern, `!${pattern}/`];
}

/** `*` and `?` mean the same there. */
function escape(name: string): string {
  return name.replace(/[[\]!#]/g, '\\$&').replace(/ $/, '\\ ');
}
