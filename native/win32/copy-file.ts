import type { CopyProgress, CopyRequest, CopyResult } from '../types.ts';
import { ItemFlag, RECORD_WORDS, Word, readUnsigned64 } from '../item-record.ts';
import { applyBasic, Attribute, newBasic, readBasic } from './attributes.ts';
import type { ContentHash } from './content-hash.ts';
import { copyContent } from './copy-content.ts';
import { copyMetadata } from './metadata.ts';
import { closeItem, type OpenItem } from './open-item.ts';
import { flushCopy } from './flush.ts';
import type { SourceItem } from './open-source.ts';
import { statHandle } from './stat.ts';
import { createTemporary } from './temporary.ts';

/** How often a file that changes while it is read is read again before its copy is reported as torn. */
const ATTEMPTS = 3;
const STATE = [Word.Size, Word.SizeHi, Word.WriteTime, Word.WriteTimeNs, Word.ChangeTime, Word.ChangeTimeNs] as const;

const before = new Uint32Array(RECORD_WORDS);
const basic = newBasic();

/** One file on its way to the temporary name. */
export interface FileCopy {
  request: CopyRequest;
  source: SourceItem;
  /** Replaced while a file encrypted by EFS is written, which is done by its path. */
  target: OpenItem;
  /** Set once the content was read through. */
  hash: ContentHash | undefined;
  /** Bits of {@link FidelityLoss}. */
  losses: number;
  /** Attributes the content was copied with; those of a filter's making are not the file's own. */
  attributes: number;
}

/** Copies an open file to the temporary name. The record becomes that of what was copied. */
export function copyFile(source: SourceItem, request: CopyRequest, progress: CopyProgress, result: CopyResult): void {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    before.set(request.record.subarray(request.at, request.at + RECORD_WORDS));
    result.code = readBasic(source.handle, basic);
    if (result.code !== 0) return;
    const target = createTemporary(request.temporary, 'file');
    if (typeof target === 'number') {
      result.code = target;
      result.side = 'target';
      return;
    }
    const file: FileCopy = { request, source, target, hash: undefined, losses: 0, attributes: 0 };
    const isStill = copyContent(file, progress, result) && sawNoChange(file, result);
    result.torn = attempt === ATTEMPTS && !isStill;
    if (result.code === 0 && !result.cancelled && (isStill || result.torn)) finish(file, result);
    closeItem(file.target);
    if (isStill || result.code !== 0 || result.cancelled) return;
  }
}

/** The source is as it was before it was read, and all of it was. */
function sawNoChange({ request, source, attributes }: FileCopy, result: CopyResult): boolean {
  const { record, at } = request;
  result.code = statHandle(source.handle, record, at);
  if (result.code !== 0) return false;
  for (const word of STATE) if (record[at + word] !== before[word]) return false;
  // Of a sparse file only the data counts.
  return (attributes & Attribute.SparseFile) !== 0 || result.bytes === readUnsigned64(record, at + Word.Size);
}

function finish(file: FileCopy, result: CopyResult): void {
  const { source, target, hash, request } = file;
  const { record, at } = request;
  // What counts is what was copied, so that the next run finds a difference.
  if (result.torn) record.set(before, at);
  hash?.store(record, at);
  if (result.torn) record[at + Word.Flags] |= ItemFlag.Torn;
  record[at + Word.Losses] |= file.losses | copyMetadata(source, target, record, at);
  record[at + Word.Losses] |= applyBasic(target.handle, basic, file.attributes);
  result.code = flushCopy(target.handle, request.temporary);
  if (result.code !== 0) result.side = 'target';
}
