import type { CopyProgress, CopyResult, NativeCode } from '../types.ts';
import { FidelityLoss, Word, readUnsigned64 } from '../item-record.ts';
import { noteLoss } from '../loss-causes.ts';
import { Attribute, setCompressed } from './attributes.ts';
import { copyByBackup } from './backup-stream.ts';
import { ContentHash } from './content-hash.ts';
import { newContentResult, type ContentResult } from './content-result.ts';
import type { FileCopy } from './copy-file.ts';
import { copyEncryptedFile } from './copy-encrypted.ts';
import { closeHandle } from './library.ts';
import { openThrough } from './open-source.ts';
import { copyPlain } from './plain-content.ts';
import { isReadThrough, readReparsePoint, writeReparsePoint } from './reparse.ts';
import { setEnd, setSparse } from './sparse.ts';
import { copyStreams } from './streams.ts';

/** Of a deduplicated or compact file: they describe how it is stored, not what is in it. */
const FILTER_ATTRIBUTES = Attribute.SparseFile | Attribute.Compressed | Attribute.ReparsePoint;

/** Copies data and streams into the empty target by the best way there is; false when that failed or was stopped. */
export function copyContent(file: FileCopy, progress: CopyProgress, result: CopyResult): boolean {
  const { record, at, hash } = file.request;
  const content = newContentResult();
  file.attributes = record[at + Word.Attributes];
  const through = (file.attributes & Attribute.ReparsePoint) !== 0 && isReadThrough(record[at + Word.Special]);
  if (through) file.attributes &= ~FILTER_ATTRIBUTES;
  file.hash = hash ? new ContentHash(progress) : undefined;
  const isEncrypted = (file.attributes & Attribute.Encrypted) !== 0;
  if (!isEncrypted || !copyEncryptedFile(file, progress, content)) copyDecrypted(file, through, progress, content);
  result.code = content.code;
  result.side = content.side;
  result.bytes = content.bytes;
  result.cancelled = content.cancelled;
  file.losses |= content.losses;
  return content.code === 0 && !content.cancelled;
}

function copyDecrypted(file: FileCopy, through: boolean, progress: CopyProgress, content: ContentResult): void {
  const { source, target, request } = file;
  const size = readUnsigned64(request.record, request.at + Word.Size);
  const sparse = (file.attributes & Attribute.SparseFile) !== 0;
  // BackupWrite leaves both to its caller. What the target does not take shows when its attributes are read back.
  if (sparse) setSparse(target.handle);
  if ((file.attributes & Attribute.Compressed) !== 0) setCompressed(target.handle);
  const volume = request.record[request.at + Word.Device];
  if (!through && copyByBackup(source.handle, target.handle, volume, file.hash, progress, content)) {
    if (content.code === 0 && !content.cancelled && sparse) endSparse(file, size, content);
    return;
  }
  // Begins anew; streams that are there already are overwritten.
  setEnd(target.handle, 0);
  if (file.hash) file.hash = new ContentHash(progress);
  content.bytes = 0;
  const data = through ? openThrough(source) : source.handle;
  if (data < 0) {
    content.code = -data;
    return;
  }
  const copied =
    copyPlain(data, target.handle, { size, sparse, hash: file.hash }, progress, content) &&
    copyStreams(source.handle, target.handle, progress, content);
  if (through) closeHandle(data);
  if (copied && (file.attributes & Attribute.ReparsePoint) !== 0) copyForeignReparsePoint(file, content);
}

/** The last hole of a sparse file, or all of one without data, is no block of the backup stream. */
function endSparse(file: FileCopy, size: number, content: ContentResult): void {
  file.hash?.hole(size);
  content.cancelled = file.hash?.cancelled ?? false;
  content.code = setEnd(file.target.handle, size);
  content.side = 'target';
}

/** A tag nobody here knows: kept beside the data, for the program that does. */
function copyForeignReparsePoint({ source, target }: FileCopy, content: ContentResult): void {
  const data = readReparsePoint(source.handle);
  const code: NativeCode = typeof data === 'number' ? data : writeReparsePoint(target.handle, data);
  if (code === 0) return;
  content.losses |= noteLoss(FidelityLoss.ReparseData, code, typeof data === 'number' ? 'source' : 'target');
}
