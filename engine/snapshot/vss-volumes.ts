import { realpathSync } from 'node:fs';
import type { FrozenSource } from './provider.ts';

/** Where a source is on its volume. */
export interface PlacedSource {
  /** As it was given. */
  readonly path: string;
  /** Links resolved. */
  readonly realPath: string;
  /** `\\?\Volume{…}\` */
  readonly volume: string;
  /** Its path below the root of the volume, without a backslash in front: empty for the whole volume. */
  readonly rest: string;
  /** Where the volume is mounted, with its last backslash. */
  readonly root: string;
}

/** Where a path's volume is; given for tests and because only Windows can tell. */
export type VolumeOf = (path: string) => { volume: string; root: string };

/** A source on a file server: its snapshot would have to be made there. */
export function isShare(path: string): boolean {
  return /^\\\\(?:\?\\UNC\\|(?![?.]\\))/i.test(path);
}

/**
 * A source is read where its folder really is: one that is reached through a junction or mounted folder lies on another
 * volume than its name says.
 */
export function placeSource(path: string, volumeOf: VolumeOf): PlacedSource {
  const realPath = realPathOf(path);
  const { volume, root } = volumeOf(realPath);
  return { path, realPath, volume, root, rest: withoutEnd(realPath.slice(root.length)) };
}

/**
 * @param device `\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy7`. A backslash must follow: without one it is the device
 *   itself, not the root folder on it
 */
export function freezeSource(source: PlacedSource, device: string, snapshotId: string): FrozenSource {
  return { path: source.path, readPath: `${withoutEnd(device)}\\${source.rest}`, snapshotId };
}

function realPathOf(path: string): string {
  try {
    const real = realpathSync.native(path);
    return isShare(real) ? path : real;
  } catch {
    // Volumes without a letter have no name in the form Node asks for; a source that is missing is found out elsewhere.
    return path;
  }
}

function withoutEnd(path: string): string {
  return path.replace(/\\+$/, '');
}
