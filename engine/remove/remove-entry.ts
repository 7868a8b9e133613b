import { NativeError, type Directory, type Native, type PinnedBuffer } from '../../native/index.ts';
import { byteFromText, type BytePath } from '../../native/byte-path.ts';
import { FileType, RECORD_WORDS, Word } from '../../native/item-record.ts';

/**
 * Removes a file or a folder with all below it, in this thread; nothing happens when it is not there. Node's own removal
 * will not do: where Windows forbids to remove a read-only file it takes that attribute off, and the file of the generation
 * that shares it by a hard link loses it, too.
 * @param set absolute path of the set, as text
 * @param path below the set
 * @throws NativeError
 */
export function removeEntry(native: Native, set: string, path: string): void {
  const bytes = byteFromText(path);
  const cut = bytes.lastIndexOf('/');
  const root = native.openRoot(byteFromText(set), 'reference');
  try {
    const parent = native.openDirectory(root, bytes.slice(0, Math.max(cut, 0)), 'list');
    try {
      remove(native, parent, pinned(native, bytes.slice(cut + 1)), 0, path);
    } finally {
      native.closeDirectory(parent);
    }
  } finally {
    native.closeDirectory(root);
  }
}

/** The same in an open directory. @throws NativeError */
export function removeEntryIn(native: Native, parent: Directory, name: BytePath): void {
  remove(native, parent, pinned(native, name), 0, name);
}

function remove(native: Native, parent: Directory, names: PinnedBuffer, name: number, path: string): void {
  const record = new Uint32Array(RECORD_WORDS);
  const found = native.stat(parent, names, name, record, 0);
  if (native.isMissing(found)) return;
  check(native, found, path);
  if ((record[Word.Mode] & FileType.Mask) !== FileType.Directory)
    return check(native, native.removeFile(parent, names, name), path);
  const bytes = names.bytes.latin1Slice(name, names.bytes.indexOf(0, name));
  const directory = native.openDirectory(parent, bytes, 'list');
  try {
    native.allowRemoval(directory);
    const listing = native.createListing();
    check(native, native.list(directory, listing), path);
    for (let i = 0; i < listing.count; i++) remove(native, directory, listing.names, listing.offsets[i], path);
  } finally {
    native.closeDirectory(directory);
  }
  check(native, native.removeDirectory(parent, names, name), path);
}

function check(native: Native, code: number, path: string): void {
  if (code !== 0) throw new NativeError('remove', native.describeError(code), path);
}

function pinned(native: Native, name: BytePath): PinnedBuffer {
  const buffer = native.allocate(name.length + 1);
  buffer.bytes[buffer.bytes.latin1Write(name, 0)] = 0;
  return buffer;
}
