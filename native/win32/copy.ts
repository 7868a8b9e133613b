import type { CopyProgress, CopyRequest, CopyResult } from '../types.ts';
import { FileType, Word } from '../item-record.ts';
import { forgetLosses } from '../loss-causes.ts';
import { Win32 } from './errors.ts';
import { isRecalled } from './attributes.ts';
import { closeItem } from './open-item.ts';
import { openSource } from './open-source.ts';
import { statHandle } from './stat.ts';
import { rename } from './names.ts';
import { copyFile } from './copy-file.ts';
import { copyReparsePoint } from './copy-reparse-point.ts';
import { removeFile } from './remove.ts';
import { temporaryName } from './temporary.ts';

export function copy(request: CopyRequest, progress: CopyProgress, result: CopyResult): void {
  result.code = 0;
  result.side = 'source';
  result.bytes = 0;
  result.torn = false;
  result.typeChanged = false;
  result.cancelled = false;
  forgetLosses();
  const { record, at } = request;
  // Not even opened: a filter may fetch the data for whoever looks like reading it.
  if (isRecalled(record[at + Word.Attributes])) {
    result.code = Win32.ERROR_FILE_OFFLINE;
    return;
  }
  copyItem(request, progress, result);
  if (result.code === 0 && !result.cancelled && !result.typeChanged) {
    result.code = rename(request.temporary, temporaryName, 0, request.target, request.names, request.name);
    result.side = 'target';
    if (result.code === 0) return;
  }
  removeFile(request.temporary, temporaryName, 0);
}

function copyItem(request: CopyRequest, progress: CopyProgress, result: CopyResult): void {
  const { record, at } = request;
  const type = record[at + Word.Mode] & FileType.Mask;
  const source = openSource(request.source, request.names, request.name, record[at + Word.Attributes]);
  if (typeof source === 'number') {
    result.code = source;
    return;
  }
  result.code = statHandle(source.handle, record, at);
  result.typeChanged = result.code === 0 && (record[at + Word.Mode] & FileType.Mask) !== type;
  if (result.code === 0 && isRecalled(record[at + Word.Attributes])) result.code = Win32.ERROR_FILE_OFFLINE;
  if (result.code === 0 && !result.typeChanged) {
    if (type === FileType.SymbolicLink) copyReparsePoint(source, request, result);
    else copyFile(source, request, progress, result);
  }
  closeItem(source);
}
