import { readFileSync } from 'node:fs';
import { bytesToText } from '../path-text.ts';

/** A line of /proc/self/mountinfo, see proc_pid_mountinfo(5). */
export interface Mount {
  /** Where it is mounted, links resolved. */
  readonly point: string;
  readonly type: string;
  /** Options of the file system, not of the mount. */
  readonly options: readonly string[];
}

/** What is mounted now, in the order in which it was. */
export function mounts(): Mount[] {
  const lines = readFileSync('/proc/self/mountinfo', 'latin1').split('\n');
  return lines.filter((line) => line !== '').map(parse);
}

/** The mounts strictly below a folder, by real paths. */
export function mountsBelow(folder: string): string[] {
  const prefix = folder === '/' ? '/' : `${folder}/`;
  return mounts()
    .map(({ point }) => point)
    .filter((point) => point.startsWith(prefix) && point !== '/');
}

function parse(line: string): Mount {
  const fields = line.split(' ');
  const rest = fields.slice(fields.indexOf('-') + 1);
  return { point: unescape(fields[4]), type: rest[0], options: (rest[2] ?? '').split(',') };
}

/** Blanks and the like are written in octal. */
function unescape(field: string): string {
  const bytes = field.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  return bytesToText(Buffer.from(bytes, 'latin1'));
}
