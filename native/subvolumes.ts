/** What identifies a subvolume, and the one it is a snapshot of. */
export interface SubvolumeInfo {
  /** Number on its file system. */
  readonly treeId: string;
  readonly uuid: string;
  /** UUID of the subvolume it was taken of; zeros when it is no snapshot. */
  readonly parentUuid: string;
  readonly readOnly: boolean;
  readonly createdAt: Date;
}

/**
 * Snapshots of parts of a file system, as btrfs makes them. Paths are absolute and text, links in them are followed.
 * All but {@link rootOf} and {@link describe} throw NativeError.
 */
export interface SubvolumeCalls {
  /** The folder at the top of the subvolume that holds a folder; undefined where there is none or it is not reachable. */
  rootOf(path: string): string | undefined;
  /** The subvolume whose top is this folder; undefined when it is none. */
  describe(root: string): SubvolumeInfo | undefined;
  /** Whether this process may make, and delete, snapshots of the subvolume; completes "because …". */
  problem(root: string): string | undefined;
  /** Makes a read-only snapshot of the subvolume `root` as `name` in a folder of the same file system. */
  snapshot(root: string, folder: string, name: string): void;
  /** Deletes the subvolume `name` in the folder. Its space is given back in the background. */
  destroy(folder: string, name: string): void;
  /** Subvolumes inside a subvolume, at any depth, by their path below it. They are not part of its snapshots. */
  nested(root: string): string[];
  /** Runs `work`, which adds or removes an entry of the folder, and gives the folder the times back that it had. */
  keepingTimes<T>(folder: string, work: () => T): T;
  /** Absolute real paths of what is mounted below a folder. */
  mountsBelow(folder: string): string[];
  /** The type of the file system at a path: ext4, btrfs, … */
  typeOf(path: string): string;
}
