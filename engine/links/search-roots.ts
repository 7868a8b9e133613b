import { byteFromText } from '../../native/byte-path.ts';
import { NativeError, type Native } from '../../native/index.ts';
import { ItemFlag, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import { absolutePath } from '../generation/absolute-path.ts';

/**
 * The folders to search, links resolved, without those that lie in another one of them.
 * @throws EngineError FolderNotFound
 */
export function searchRoots(native: Native, folders: Iterable<string>): string[] {
  const roots: { path: string; record: Uint32Array }[] = [];
  for (const folder of folders) roots.push(openedOnce(native, folder));
  roots.sort((a, b) => (a.path < b.path ? -1 : 1));
  const kept: typeof roots = [];
  for (const root of roots) if (!kept.some((outer) => covers(outer, root))) kept.push(root);
  return kept.map(({ path }) => path);
}

function openedOnce(native: Native, folder: string): { path: string; record: Uint32Array } {
  try {
    const path = native.realPath(absolutePath(folder));
    const record = new Uint32Array(RECORD_WORDS);
    const directory = native.openRoot(byteFromText(path), 'reference');
    try {
      const code = native.statDirectory(directory, record, 0);
      if (code !== 0) throw new NativeError('stat', native.describeError(code), byteFromText(path));
    } finally {
      native.closeDirectory(directory);
    }
    return { path, record };
  } catch (error) {
    if (!(error instanceof NativeError)) throw error;
    const cause = error.native;
    const message = `The folder '${folder}' cannot be searched: ${cause.text} (${cause.name}).`;
    throw new EngineError('FolderNotFound', { message, path: folder, native: cause });
  }
}

/** A file system mounted in between is not searched along with the outer folder. */
function covers(outer: { path: string; record: Uint32Array }, inner: { path: string; record: Uint32Array }): boolean {
  const [above, below] = [paths.key(outer.path), paths.key(inner.path)];
  if (above === below) return true;
  if (!below.startsWith(paths.join(above, ''))) return false;
  const isMounted = (inner.record[Word.Flags] & ItemFlag.MountRoot) !== 0;
  return !isMounted && outer.record[Word.Device] === inner.record[Word.Device];
}
