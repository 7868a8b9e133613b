/** Junctions, mount points and symbolic links: made anew with the same data, never followed. */
import { hash as hashOnce } from 'node:crypto';
import type { CopyProgress, CopyRequest, CopyResult, NativeCode } from '../types.ts';
import { Word } from '../item-record.ts';
import { applyBasic, Attribute, attributesIn, newBasic, readBasic } from './attributes.ts';
import { storeHash } from './content-hash.ts';
import { newContentResult } from './content-result.ts';
import { copyMetadata } from './metadata.ts';
import { closeItem, type OpenItem } from './open-item.ts';
import { readReparsePoint, writeReparsePoint } from './reparse.ts';
import { copyStreams } from './streams.ts';
import { createTemporary } from './temporary.ts';

const basic = newBasic();
const unstopped: CopyProgress = () => true;

export function copyReparsePoint(source: OpenItem, request: CopyRequest, result: CopyResult): void {
  const { record, at } = request;
  result.code = readBasic(source.handle, basic) || hashReparsePoint(source, record, at);
  if (result.code !== 0) return;
  const kind = (record[at + Word.Attributes] & Attribute.Directory) !== 0 ? 'directory' : 'file';
  const target = createTemporary(request.temporary, kind);
  if (typeof target === 'number') {
    result.code = target;
    result.side = 'target';
    return;
  }
  fill(source, target, request, result);
  closeItem(target);
}

function fill(source: OpenItem, target: OpenItem, { record, at }: CopyRequest, result: CopyResult): void {
  const data = readReparsePoint(source.handle);
  result.code = typeof data === 'number' ? data : 0;
  if (typeof data === 'number') return;
  result.code = writeReparsePoint(target.handle, data);
  result.side = 'target';
  if (result.code !== 0) return;
  const streams = newContentResult();
  copyStreams(source.handle, target.handle, unstopped, streams);
  result.code = streams.code;
  result.side = streams.side;
  record[at + Word.Losses] |= streams.losses | copyMetadata(source, target, record, at);
  record[at + Word.Losses] |= applyBasic(target.handle, basic, attributesIn(basic));
}

/** SHA-256 of the reparse data, which says where a link points to, into the record. */
export function hashReparsePoint(item: OpenItem, record: Uint32Array, at: number): NativeCode {
  const data = readReparsePoint(item.handle);
  if (typeof data === 'number') return data;
  storeHash(hashOnce('sha256', data, 'buffer'), record, at);
  return 0;
}
