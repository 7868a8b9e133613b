/** A folder of its own for a test of native/win32, opened as the engine opens it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Context } from 'mocha';
import { byteFromText } from '../../../native/byte-path.ts';
import { RECORD_WORDS } from '../../../native/item-record.ts';
import type { Directory, DirectoryUse, Listing } from '../../../native/types.ts';
import { createListing, list } from '../../../native/win32/list.ts';
import { closeDirectory, openDirectory, openRoot } from '../../../native/win32/open-directory.ts';
import { stat } from '../../../native/win32/stat.ts';
import { textOfBytes } from '../../../native/win32/utf16.ts';
import { skip } from '../requires.ts';
import { pinned } from './copy-sandbox.ts';

export function needsWindows(context: Context): void {
  if (process.platform !== 'win32') skip(context, 'needs Windows or Wine');
}

export class Folders implements Disposable {
  readonly root = mkdtempSync(join(tmpdir(), 'native-'));
  readonly #open: Directory[] = [];

  path(...names: string[]): string {
    return join(this.root, ...names);
  }

  write(name: string, content = ''): string {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  open(use: DirectoryUse, below = ''): Directory {
    const root = openRoot(byteFromText(this.root), 'reference');
    this.#open.push(root);
    if (below === '') return root;
    const directory = openDirectory(root, byteFromText(below), use);
    this.#open.push(directory);
    return directory;
  }

  close(): void {
    for (const directory of this.#open.splice(0)) closeDirectory(directory);
  }

  [Symbol.dispose](): void {
    this.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Names in a directory, sorted. */
export function namesIn(directory: Directory): string[] {
  return [...fileIdsIn(directory).keys()].sort();
}

/** File ids in a directory, as far as it tells them, by the name. */
export function fileIdsIn(directory: Directory): Map<string, number> {
  return byNameIn(directory, (listing, entry) => listing.fileIds[entry]);
}

/** Which entries are told to be regular files, by the name. */
export function filesIn(directory: Directory): Map<string, boolean> {
  return byNameIn(directory, (listing, entry) => listing.isFile[entry] === 1);
}

function byNameIn<Value>(directory: Directory, tell: (listing: Listing, entry: number) => Value): Map<string, Value> {
  const listing = createListing();
  const code = list(directory, listing);
  if (code !== 0) throw new Error(`list: ${code}`);
  const found = Array.from({ length: listing.count }, (_, i) => {
    const from = listing.offsets[i];
    return [textOfBytes(listing.names.bytes.subarray(from, from + listing.lengths[i])), tell(listing, i)] as const;
  });
  const byName = new Map(found);
  if (byName.size !== found.length) throw new Error('a name is listed twice');
  return byName;
}

export function recordOf(directory: Directory, name: string): Uint32Array {
  const record = new Uint32Array(RECORD_WORDS);
  const code = stat(directory, pinned(name), 0, record, 0);
  if (code !== 0) throw new Error(`${name}: ${code}`);
  return record;
}
