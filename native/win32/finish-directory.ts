import type { CopyProgress, Directory, NativeCode } from '../types.ts';
import { Word } from '../item-record.ts';
import { forgetLosses } from '../loss-causes.ts';
import { applyBasic, Attribute, attributesIn, newBasic, readBasic, setCompressed } from './attributes.ts';
import { newContentResult } from './content-result.ts';
import { copyMetadata } from './metadata.ts';
import { Access, closeItem, Disposition, openAudited, openRelative, Option, type OpenItem } from './open-item.ts';
import { copyStreams } from './streams.ts';

const OPTIONS = Option.Directory | Option.ReparsePoint;
const CHANGE = Access.Read | Access.Write;

const basic = newBasic();
const unstopped: CopyProgress = () => true;

/** Gives a filled directory the streams, security, times and attributes of its source. */
export function finishDirectory(source: Directory, target: Directory, record: Uint32Array, at: number): NativeCode {
  forgetLosses();
  const from = openAudited(source.handle, '', Access.Read, Disposition.Open, OPTIONS);
  if (typeof from === 'number') return from;
  const to = openTarget(target);
  const code = typeof to === 'number' ? to : finish(from, to, record, at);
  closeItem(from);
  if (typeof to !== 'number') closeItem(to);
  return code;
}

/**
 * Nothing to remove here: files are private from their creation until they have their own descriptor, directories get
 * that of their source, and what a generation inherits from its set is who may read backups.
 */
export function clearInheritance(): void {
  return;
}

function finish(from: OpenItem, to: OpenItem, record: Uint32Array, at: number): NativeCode {
  const code = readBasic(from.handle, basic);
  if (code !== 0) return code;
  const attributes = attributesIn(basic);
  if ((attributes & Attribute.Compressed) !== 0) setCompressed(to.handle);
  const streams = newContentResult();
  copyStreams(from.handle, to.handle, unstopped, streams);
  if (streams.code !== 0) return streams.code;
  record[at + Word.Losses] |= streams.losses | copyMetadata(from, to, record, at);
  record[at + Word.Losses] |= applyBasic(to.handle, basic, attributes);
  return 0;
}

function openTarget(target: Directory): OpenItem | NativeCode {
  const opened = openAudited(target.handle, '', CHANGE | Access.ChangeSecurity, Disposition.Open, OPTIONS);
  if (typeof opened !== 'number') return opened;
  const handle = openRelative(target.handle, '', CHANGE, Disposition.Open, OPTIONS);
  return handle < 0 ? -handle : { handle, audit: false };
}
