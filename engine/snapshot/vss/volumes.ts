import type { Native } from '../../../native/index.ts';
import type { VolumeOfPath, VssCalls } from '../../../native/vss/calls.ts';
import type { FrozenSource } from '../provider.ts';

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

/** What only the system can tell of paths. */
export interface PathCalls {
  /** The path with all links in it resolved. */
  realPath(path: string): string;
  volumeOf(path: string): VolumeOfPath;
}

export function pathCalls(native: Pick<Native, 'realPath'>, vss: Pick<VssCalls, 'volumeOf'>): PathCalls {
  return { realPath: (path) => native.realPath(path), volumeOf: (path) => vss.volumeOf(path) };
}

/** A source on a file server: its snapshot would have to be made there. */
export function isShare(path: string): boolean {
  return /^\\\\(?:\?\\UNC\\|(?![?.]\\))/i.test(path);
}

/**
 * A source is read where its folder really is: one that is reached through a junction or mounted folder lies on another
 * volume than its name says.
 * @throws NativeError
 */
export function placeSource(path: string, calls: PathCalls): PlacedSource {
  const realPath = calls.realPath(path);
  const { volume, root } = calls.volumeOf(realPath);
  return { path, realPath, volume, root, rest: withoutEnd(realPath.slice(root.length)) };
}

/**
 * @param device `\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy7`. A backslash must follow: without one it is the device
 *   itself, not the root folder on it
 */
export function freezeSource(source: PlacedSource, device: string, snapshotId: string): FrozenSource {
  return { path: source.path, readPath: `${withoutEnd(device)}\\${source.rest}`, snapshotId };
}

function withoutEnd(path: string): string {
  return path.replace(/\\+$/, '');
}
