import type { CopyProgress } from '../types.ts';
import { FidelityLoss, Word, readUnsigned64 } from '../item-record.ts';
import { noteLoss } from '../loss-causes.ts';
import { ContentHash } from './content-hash.ts';
import type { ContentResult } from './content-result.ts';
import type { FileCopy } from './copy-file.ts';
import { copyEncrypted } from './encrypted.ts';
import { isFull } from './errors.ts';
import { finalPath } from './final-path.ts';
import { closeHandle } from './library.ts';
import { CLOSED, closeItem } from './open-item.ts';
import { copyPlain, NO_TARGET } from './plain-content.ts';
import { createSpool, reopenTemporary } from './temporary.ts';

/**
 * Copies a file as it is encrypted.
 * @returns false when that is not possible here; then the file is copied as it reads, and that is a loss
 */
export function copyEncryptedFile(file: FileCopy, progress: CopyProgress, content: ContentResult): boolean {
  const { source, request } = file;
  const from = finalPath(source.handle);
  const to = finalPath(file.target.handle);
  if (from === undefined || to === undefined) return false;
  const spool = createSpool(request.temporary);
  if (spool < 0) return false;
  // The system opens the target itself, alone.
  closeItem(file.target);
  const outcome = copyEncrypted(from, to, spool, progress);
  closeHandle(spool);
  const target = reopenTemporary(request.temporary);
  if (typeof target === 'number') {
    file.target = CLOSED;
    content.code = target;
    content.side = 'target';
    return true;
  }
  file.target = target;
  content.cancelled = outcome.cancelled;
  if (outcome.cancelled) return true;
  if (outcome.code !== 0) {
    if (!isFull(outcome.code) && source.readable) {
      noteLoss(FidelityLoss.Encryption, outcome.code, outcome.side);
      return false;
    }
    content.code = outcome.code;
    content.side = outcome.side;
    return true;
  }
  content.bytes = readUnsigned64(request.record, request.at + Word.Size);
  if (file.hash) hashReadable(file, progress, content);
  return true;
}

/** Its hash is that of what it says, where this process can read that. */
function hashReadable(file: FileCopy, progress: CopyProgress, content: ContentResult): void {
  const size = content.bytes;
  const hash = file.source.readable ? new ContentHash(progress) : undefined;
  const read = { ...content };
  const done = hash && copyPlain(file.source.handle, NO_TARGET, { size, sparse: false, hash }, progress, read);
  file.hash = done ? hash : undefined;
  content.cancelled = read.cancelled;
}
