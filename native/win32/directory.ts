import type { Directory } from '../types.ts';

/** What was found out about a volume, once for all directories opened below a root. */
export interface VolumeTraits {
  /** Serial number, as {@link Word.Device} has it. */
  serial: number;
  /** The first way to list directories that was not refused. */
  listing: number;
  /** Entries can be asked for by name, without opening them. */
  statByName: boolean;
}

/** A directory of this twin. All {@link Directory} objects here are such. */
export class OpenDirectory implements Directory {
  readonly handle: number;
  /** `\\?\…`, for the calls that take no handle; it cannot change while the handle is open for anything but listing. */
  readonly path: string;
  readonly volume: VolumeTraits;
  readonly isVolumeRoot: boolean;

  constructor(handle: number, path: string, volume: VolumeTraits, isVolumeRoot = false) {
    this.handle = handle;
    this.path = path;
    this.volume = volume;
    this.isVolumeRoot = isVolumeRoot;
  }

  /** The path of an entry. */
  pathOf(name: string): string {
    return this.path.endsWith('\\') ? this.path + name : `${this.path}\\${name}`;
  }
}
