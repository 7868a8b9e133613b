import { NativeError, type Native } from '../../native/index.ts';
import { Word } from '../../native/item-record.ts';
import { paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { GetHardLinksResult } from '../types/protocol.ts';
import { describeHardLink } from './describe-hard-link.ts';
import { describeFile, withPlace, type LocatedFile } from './locate-file.ts';
import { NameSearch, type SearchListener } from './search-names.ts';
import { searchRoots } from './search-roots.ts';

/**
 * Finds all names of files: from the file system where it can tell them, else by one search for all of them together.
 * Every file is sent as soon as all its names are known, the others at the end of the search.
 * @param files absolute paths, each one name of a file
 * @param roots folders to search; default: the folders of the files that need a search
 * @throws EngineError FolderNotFound for a root; a file that cannot be looked at is reported and left out
 */
export async function getHardLinks(
  native: Native,
  files: readonly string[],
  roots: readonly string[] | undefined,
  listener: SearchListener,
  signal: AbortSignal,
): Promise<GetHardLinksResult> {
  const chosen = roots && searchRoots(native, roots);
  const wanted: LocatedFile[] = [];
  let located = 0;
  for (const path of files) {
    const file = tryLocate(native, path, listener);
    if (!file) continue;
    located++;
    const names = file.record[Word.Links] === 1 ? [file.realPath] : namesFromSystem(native, file);
    if (names) listener.hardLink(describeHardLink(native, file, names));
    else wanted.push(file);
  }
  if (wanted.length === 0) return { files: located, searchedItems: 0 };
  const search = new NameSearch(native, wanted, listener, signal);
  await search.run(chosen ?? searchRoots(native, new Set(wanted.map(({ realPath }) => paths.parent(realPath)))));
  return { files: located, searchedItems: search.items };
}

function tryLocate(native: Native, path: string, listener: SearchListener): LocatedFile | undefined {
  try {
    return withPlace(native, path, 'FileNotFound', (place) => describeFile(native, place));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    listener.itemError(error);
    return undefined;
  }
}

/** A volume that refuses its list is searched as one that has none. */
function namesFromSystem(native: Native, { realPath }: LocatedFile): string[] | undefined {
  try {
    return native.linkNames(realPath);
  } catch (error) {
    if (error instanceof NativeError) return undefined;
    throw error;
  }
}
