import { paths } from '../../native/paths.ts';
import type { SubvolumeCalls } from '../../native/subvolumes.ts';
import { SNAPSHOT_FOLDER } from './btrfs-folder.ts';
import type { MissingFolder } from './provider.ts';

/**
 * Folders of a source that are empty in a snapshot of its subvolume: mounts, and subvolumes of their own.
 * @param root top of the subvolume
 * @param source real path of the source, in it
 */
export function missingBelow(calls: SubvolumeCalls, root: string, source: string): MissingFolder[] {
  const prefix = source === '/' ? '/' : `${source}/`;
  const mounted = calls.mountsBelow(source);
  const subvolumes = calls
    .nested(root)
    .filter((below) => !below.split('/').includes(SNAPSHOT_FOLDER))
    .map((below) => paths.join(root, below))
    .filter((path) => path.startsWith(prefix));
  const all = [
    ...mounted.map((path) => ({ path, kind: 'Mount' as const })),
    ...subvolumes
      .filter((path) => !mounted.some((point) => path === point || path.startsWith(`${point}/`)))
      .map((path) => ({ path, kind: 'Subvolume' as const })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  // Only the topmost: what lies below one is not there either.
  return all
    .filter(({ path }) => !all.some((other) => path.startsWith(`${other.path}/`)))
    .map(({ path, kind }) => ({ path: path.slice(prefix.length), kind }));
}
