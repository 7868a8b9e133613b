/** Three folders to copy in, and the calls of native/win32 with names as text. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { byteFromText } from '../../../native/byte-path.ts';
import { FileType, RECORD_WORDS, Word } from '../../../native/item-record.ts';
import type { CopyProgress, CopyResult, Directory, PinnedBuffer } from '../../../native/types.ts';
import { closeHandle } from '../../../native/win32/library.ts';
import { allocate } from '../../../native/win32/memory.ts';
import { copy } from '../../../native/win32/copy.ts';
import { digestMetadata } from '../../../native/win32/metadata-digest.ts';
import { openRoot } from '../../../native/win32/open-directory.ts';
import { Access, Disposition, openRelative, Option } from '../../../native/win32/open-item.ts';
import { statHandle } from '../../../native/win32/stat.ts';

const unstopped: CopyProgress = () => true;

export class CopySandbox implements Disposable {
  readonly root = mkdtempSync(join(tmpdir(), 'copy-'));
  readonly #folders = ['source', 'target', 'temporary', 'double'] as const;
  readonly source: Directory;
  readonly target: Directory;
  readonly temporary: Directory;

  constructor() {
    for (const folder of this.#folders) mkdirSync(join(this.root, folder));
    this.source = openFolder(join(this.root, 'source'));
    this.target = openFolder(join(this.root, 'target'));
    this.temporary = openFolder(join(this.root, 'temporary'));
  }

  /** Where doubles keep what they keep. */
  get double(): string {
    return join(this.root, 'double');
  }

  from(name: string): string {
    return join(this.root, 'source', name);
  }

  to(name: string): string {
    return join(this.root, 'target', name);
  }

  /** What is in the target and in the folder for temporary names. */
  get results(): { target: string[]; temporary: string[] } {
    return { target: readdirSync(join(this.root, 'target')), temporary: readdirSync(join(this.root, 'temporary')) };
  }

  /** Scans the item as the engine does, and copies it. */
  copy(name: string, progress: CopyProgress = unstopped, scanned?: (record: Uint32Array) => void): Copied {
    const record = this.scan(this.source, name);
    scanned?.(record);
    return this.copyAs(record, name, progress);
  }

  copyAs(record: Uint32Array, name: string, progress: CopyProgress = unstopped): Copied {
    const { source, target, temporary } = this;
    const result: CopyResult = { code: 0, side: 'source', bytes: 0, torn: false, typeChanged: false, cancelled: false };
    copy({ source, names: pinned(name), name: 0, target, temporary, record, at: 0, hash: true }, progress, result);
    return { ...result, record, losses: record[Word.Losses], hash: hashIn(record) };
  }

  scan(directory: Directory, name: string): Uint32Array {
    const record = new Uint32Array(RECORD_WORDS);
    const handle = openRelative(directory.handle, name, Access.Read & ~1, Disposition.Open, Option.ReparsePoint);
    if (handle < 0) throw new Error(`${name}: ${-handle}`);
    const code = statHandle(handle, record, 0);
    closeHandle(handle);
    if (code !== 0) throw new Error(`${name}: ${code}`);
    return record;
  }

  digest(directory: Directory, name: string): string {
    const record = this.scan(directory, name);
    const code = digestMetadata(directory, pinned(name), 0, record, 0);
    if (code !== 0) throw new Error(`${name}: ${code}`);
    return digestIn(record);
  }

  [Symbol.dispose](): void {
    for (const { handle } of [this.source, this.target, this.temporary]) closeHandle(handle);
    rmSync(this.root, { recursive: true, force: true });
  }
}

export interface Copied extends CopyResult {
  record: Uint32Array;
  losses: number;
  /** SHA-256 in hex. */
  hash: string;
}

export function openFolder(path: string): Directory {
  return openRoot(byteFromText(path), 'fill');
}

export function pinned(name: string): PinnedBuffer {
  const names = allocate(Buffer.byteLength(name) + 1);
  names.bytes[names.bytes.write(name)] = 0;
  return names;
}

export function digestIn(record: Uint32Array): string {
  return `${record[Word.MetadataDigest]} ${record[Word.MetadataDigest + 1]}`;
}

export function hashIn(record: Uint32Array): string {
  return Buffer.from(record.slice(Word.ContentHash, Word.ContentHash + 8).buffer).toString('hex');
}

export function typeIn(record: Uint32Array): number {
  return record[Word.Mode] & FileType.Mask;
}
