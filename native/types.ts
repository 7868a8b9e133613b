/**
 * What the engine needs of an operating system: one interface, a twin per platform.
 *
 * Hot calls return a native error code (0 = success) and take names as offsets into pinned memory, so that mirroring an
 * unchanged file allocates nothing. Calls made once per directory or run throw {@link NativeError}.
 * Paths below a root are never resolved through symbolic links, junctions or mount changes planted inside it.
 */
import type { BytePath } from './byte-path.ts';
import type { LossCause } from './loss-causes.ts';
import type { SubvolumeCalls } from './subvolumes.ts';
import type { VssCalls } from './vss/calls.ts';

/** Native error code: errno on Linux, `GetLastError()` on Windows; 0 is success. */
export type NativeCode = number;

/** Memory whose address does not move and that lives as long as the object. */
export interface PinnedBuffer {
  readonly bytes: Buffer;
  readonly words: Uint32Array;
  readonly address: number;
}

/** An open directory. Close it with {@link Native.closeDirectory}. */
export interface Directory {
  readonly handle: number;
}

/** What a directory handle is opened for; decides the rights asked for. */
export type DirectoryUse = 'list' | 'reference' | 'fill';

/** Entries of one directory: names in pinned memory, parallel arrays beside them. */
export interface Listing {
  /** Number of entries, without `.` and `..`. */
  count: number;
  names: PinnedBuffer;
  /** Offset of each NUL-terminated name in {@link names}. */
  offsets: Uint32Array;
  lengths: Uint16Array;
  /** Lower half of each entry's file id, the same for all names of a file; 0 where a directory does not tell it. */
  fileIds: Uint32Array;
  /** 1 where the directory itself tells that the entry is a regular file; else it must be asked. */
  isFile: Uint8Array;
}

/** An entry by its name in an open directory. */
export interface Entry {
  directory: Directory;
  names: PinnedBuffer;
  name: number;
}

export interface CopyRequest {
  source: Directory;
  names: PinnedBuffer;
  name: number;
  /** Directory that receives the finished item under the same name. */
  target: Directory;
  /** Directory for the temporary name, on the same volume. */
  temporary: Directory;
  /** Item words from the scan; refreshed with what was really read. */
  record: Uint32Array;
  at: number;
  /** Take the SHA-256 of the content. */
  hash: boolean;
}

/** Outcome of copying one item. The item's record is refreshed in place. */
export interface CopyResult {
  code: NativeCode;
  /** Which side failed when `code` is not 0. */
  side: 'source' | 'target';
  /** Bytes of content written. */
  bytes: number;
  /** The file kept changing while it was read; the copy may mix its states. */
  torn: boolean;
  /** The item is no longer of the type the scan saw. */
  typeChanged: boolean;
  cancelled: boolean;
}

/** Called between the chunks of a long copy; returns false to stop. */
export type CopyProgress = (bytes: number) => boolean;

export interface VolumeInfo {
  /** Stable identity of the file system, for recognising it again. */
  id: string;
  type: string;
  freeBytes: number;
  totalBytes: number;
  readOnly: boolean;
}

export interface NativeErrorText {
  code: number;
  name: string;
  text: string;
}

/** Symbolic links to folders, whose targets are kept as they are given. Paths are absolute texts. */
export interface SymbolicLinkCalls {
  /** @param path does not exist, in a folder that does */
  make(path: string, target: string): void;
  /** @returns false when no link at the path leads there; then what is there is left alone */
  remove(path: string, target: string): boolean;
}

/** Drive letters such as `X:` that lead to a device. They throw NativeError. */
export interface DriveLetterCalls {
  /** @param device without a backslash at its end */
  mount(letter: string, device: string): void;
  /** @returns false when the letter did not lead there; then it is left alone */
  unmount(letter: string, device: string): boolean;
}

/** An entry in the event log of Windows. */
export interface LogEvent {
  readonly source: string;
  readonly kind: 'Error' | 'Warning' | 'Information';
  readonly id: number;
  readonly text: string;
}

/** The event log of Windows. They throw NativeError. */
export interface EventLogCalls {
  /** Whether the system knows how to show events of this source. */
  isRegistered(source: string): boolean;
  /** Makes a source known, for good; events of it may have ids from 1 to 1000. Takes an administrator. */
  register(source: string): void;
  report(event: LogEvent): void;
}

/** Where the system's log listens, if it runs. */
export interface LogSockets {
  readonly journal: string;
  readonly syslog: string;
}

/** Which file it is, in text. */
export interface FileIdentity {
  fileId: string;
  volume: string;
}

/** A held, exclusive lock; the operating system releases it when the process dies. */
export interface LockHandle {
  readonly path: string;
  /** The note the last holder left; empty when it released the lock itself. */
  readonly previous: string;
  /** Replaces the note that tells people who holds the lock. */
  describe(text: string): void;
  /** Clears the note and gives the lock up. */
  release(): void;
  /** Gives the lock up and leaves the note as it is. */
  abandon(): void;
}

export interface Native {
  readonly platform: 'linux' | 'win32';
  /** Largest number of names one file may have that is sensible here, and the default for a set. */
  readonly links: { readonly limit: number; readonly recommended: number };

  /**
   * The metadata of a copy that {@link stat} shows, and that nobody but who means to changes: as bits of
   * {@link FidelityLoss}, which say that it was lost, and as bits of {@link Word.Mode}.
   */
  readonly visibleMetadata: { readonly losses: number; readonly mode: number };

  /** A directory that somebody has open can be removed, and is gone at once. */
  readonly removesOpen: boolean;

  allocate(bytes: number): PinnedBuffer;
  createListing(): Listing;

  /** Opens an absolute path given by the user; links in it are followed. */
  openRoot(path: BytePath, use: DirectoryUse): Directory;
  /** Opens a directory below a root ('' is the root itself), following no link on the way. */
  openDirectory(root: Directory, path: BytePath, use: DirectoryUse): Directory;
  closeDirectory(directory: Directory): void;
  /** Lists a directory, growing the listing's memory as needed. Order is the file system's. */
  list(directory: Directory, listing: Listing): NativeCode;

  /** Fills the record of an entry; a link is described itself. */
  stat(directory: Directory, names: PinnedBuffer, name: number, record: Uint32Array, at: number): NativeCode;
  /**
   * As {@link stat}, but of the record's words only those of the file id, mode, owner, size, write time and number of names,
   * and {@link ItemFlag.MountRoot}: all that is asked of a copy that was made before. What the other words hold is not said.
   */
  glance(directory: Directory, names: PinnedBuffer, name: number, record: Uint32Array, at: number): NativeCode;
  statDirectory(directory: Directory, record: Uint32Array, at: number): NativeCode;
  /** Bytes the entry occupies on disk, as of the last {@link stat}, {@link glance} or {@link statDirectory} of this thread. */
  allocatedBytes(): number;
  /** Fills {@link Word.MetadataDigest} from ACLs, extended attributes and streams. */
  digestMetadata(directory: Directory, names: PinnedBuffer, name: number, record: Uint32Array, at: number): NativeCode;
  digestDirectoryMetadata(directory: Directory, record: Uint32Array, at: number): NativeCode;
  /** SHA-256 of a file's content or a link's target, into {@link Word.ContentHash}. */
  hashContent(
    directory: Directory,
    names: PinnedBuffer,
    name: number,
    record: Uint32Array,
    at: number,
    progress: CopyProgress,
  ): NativeCode;

  /** The first bytes of a regular file, at most `length`. @throws NativeError */
  readSmallFile(directory: Directory, names: PinnedBuffer, name: number, length: number): Buffer;

  /** Whether {@link link} may take it: on Windows a link to a folder is a folder, which has one name. */
  isLinkable(record: Uint32Array, at: number): boolean;
  link(
    from: Directory,
    fromNames: PinnedBuffer,
    fromName: number,
    to: Directory,
    toNames: PinnedBuffer,
    toName: number,
  ): NativeCode;
  /** Moves an entry; fails where the new name is taken, if only by a name in another case. */
  rename(
    from: Directory,
    fromNames: PinnedBuffer,
    fromName: number,
    to: Directory,
    toNames: PinnedBuffer,
    toName: number,
  ): NativeCode;
  /** Moves an entry that is not a directory over the file that has the new name, in one step. */
  renameOver(
    from: Directory,
    fromNames: PinnedBuffer,
    fromName: number,
    to: Directory,
    toNames: PinnedBuffer,
    toName: number,
  ): NativeCode;
  /**
   * Creates a directory that the process can fill, as near to its record as that allows; the rest of its metadata comes
   * with {@link finishDirectory}.
   */
  makeDirectory(parent: Directory, names: PinnedBuffer, name: number, record: Uint32Array, at: number): NativeCode;
  /** Removes what the directory inherited from its parent (default ACL, set-group-id) so that children get none of it. */
  clearInheritance(directory: Directory): void;
  /**
   * Gives a directory made by {@link makeDirectory} and filled since the metadata of its source; notes losses in the
   * record.
   * @param isPlain its {@link Word.MetadataDigest} is known to be zero: there is nothing beside the record
   */
  finishDirectory(source: Directory, target: Directory, record: Uint32Array, at: number, isPlain: boolean): NativeCode;
  /** Copies one item that is not a directory, content and metadata, to a temporary name and renames it in place. */
  copy(request: CopyRequest, progress: CopyProgress, result: CopyResult): void;
  /**
   * All names of the file at an absolute path, all of them as text, from the file system itself.
   * @returns undefined where the system or the volume has no such list: the names have to be searched for
   * @throws NativeError
   */
  linkNames(path: string): string[] | undefined;
  /** The identity of a file as the system's own tools write it. */
  identify(record: Uint32Array, at: number): FileIdentity;
  /**
   * Why {@link copy} or {@link finishDirectory} could not keep something of the item this thread had last.
   * @param loss one bit that it set in {@link Word.Losses}
   * @returns undefined when that is not known
   */
  lossCause(loss: number): LossCause | undefined;
  /**
   * Gives a file, link or node that is nobody's yet the owner, mode and times of a record, and makes it durable.
   * @param donor what has its ACL, extended attributes and the like; what the item has of its own is removed
   * @param record gets the digest of what the donor has, and losses
   */
  applyRecord(item: Entry, donor: Entry | undefined, record: Uint32Array, at: number): NativeCode;
  /** Gives a directory the write time of a record, and nothing else. */
  applyWriteTime(directory: Directory, record: Uint32Array, at: number): NativeCode;
  /** Gives a directory the owner and mode of a record, on Windows its attributes; what else it has stays. */
  applyToDirectory(directory: Directory, record: Uint32Array, at: number): NativeCode;
  removeFile(directory: Directory, names: PinnedBuffer, name: number): NativeCode;
  removeDirectory(directory: Directory, names: PinnedBuffer, name: number): NativeCode;
  /** Removes an empty directory by its path below a root. */
  removeDirectoryAt(root: Directory, path: BytePath): NativeCode;
  /** Lets the process remove entries of an open directory where its mode forbids that. */
  allowRemoval(directory: Directory): void;
  /** Lets the process list a directory it owns but may not read; false when that is not the reason or not possible. */
  allowListing(root: Directory, path: BytePath): boolean;

  /** True for an error that means: the volume has no room (or the quota is used up). */
  isFull(code: NativeCode): boolean;
  isMissing(code: NativeCode): boolean;
  describeError(code: NativeCode): NativeErrorText;

  volumeOf(directory: Directory): VolumeInfo;
  /** Why the volume cannot make hard links, as far as the system tells; completes "because …". */
  explainNoLinks(directory: Directory): string | undefined;
  /** The absolute path of something that exists, all links in it resolved. @throws NativeError */
  realPath(path: string): string;
  /** Makes a folder, at an absolute path, and what is missing above it. Only this account and administrators may write there. */
  makePrivateFolder(path: string): void;
  /**
   * Who may change what is in a folder, or has made it, beside this account and administrators.
   * @returns what is wrong with it; completes "because …". Undefined: it can be trusted, or is not there
   * @throws NativeError when that cannot be told
   */
  distrust(folder: string): string | undefined;
  /** Whether others believe what this process makes in the folders of the machine. */
  mayKeepMachineState(): boolean;
  /** What this process may not do, and what a backup therefore lacks: one sentence each, without its full stop. */
  lackingRights(): string[];
  /** Lets everybody who may look into the folder above list this one, given by its absolute path. */
  allowReaders(folder: string): void;
  /**
   * Makes `name` in a folder lead to the folder `target` beside it, in place of a link that is there; never follows one.
   * @param temporary path below the folder for a link that is renamed into place, where that is how it is done
   * @returns false where the file system has no such links
   */
  replaceLink(folder: string, name: string, target: string, temporary: string): boolean;
  readonly symbolicLinks: SymbolicLinkCalls;
  /** Makes everything written to the directory's file system durable. */
  syncVolume(directory: Directory): void;
  /** Makes renames in the directory durable. */
  syncDirectory(directory: Directory): void;
  /** Takes the lock, at an absolute path given as text, or returns undefined when another process holds it. */
  lock(path: string): LockHandle | undefined;
  /** Whether a process holds the lock. For the moment that takes to tell, nobody else can take it. */
  isLocked(path: string): boolean;
  /** Changes with every start of the machine: what was not flushed before is not to be trusted after. */
  bootId(): string;
  /** Missing where no file system of the platform has snapshots of subvolumes. */
  readonly subvolumes?: SubvolumeCalls;
  /** Missing where the platform has no drive letters. */
  readonly driveLetters?: DriveLetterCalls;
  /** Missing where the platform has no Volume Shadow Copy Service. */
  readonly vss?: VssCalls;
  /** Missing where the platform has none. */
  readonly eventLog?: EventLogCalls;
  /** Missing where the platform has no syslog. */
  readonly logSockets?: LogSockets;
}

/** A native call failed; carries the code, its symbolic name and the system's text. */
export class NativeError extends Error {
  readonly native: NativeErrorText;
  readonly call: string;
  readonly path: BytePath | undefined;

  constructor(call: string, native: NativeErrorText, path?: BytePath) {
    super(`${call}: ${native.text} (${native.name})`);
    this.name = 'NativeError';
    this.call = call;
    this.native = native;
    this.path = path;
  }
}

/** The engine has no part for this operating system and processor. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
}
