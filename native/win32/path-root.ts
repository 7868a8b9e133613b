import { PathError } from '../path-rules.ts';

/** Where an absolute path begins. */
export interface Root {
  /** As Explorer shows it where it can: `C:\`, `\\server\share`, `\\?\Volume{…}\`. */
  text: string;
  /** The same with `\\?\` in front. */
  verbatim: string;
  /** What a source is named that is all of it. */
  name: string;
  /** The names below it, as they were given. */
  rest: string;
  /** Given with `\\?\`: what follows is meant literally. */
  isVerbatim: boolean;
  isShare: boolean;
}

/**
 * Takes an absolute path apart; `\` is its separator.
 * @see https://learn.microsoft.com/dotnet/standard/io/file-path-formats
 * @throws PathError
 */
export function parseRoot(path: string): Root {
  const device = /^\\\\([?.])\\/.exec(path);
  if (device) return deviceRoot(path.slice(4), device[1] === '?');
  if (path.startsWith('\\\\')) return shareRoot(path.slice(2), false);
  const drive = driveRoot(path, false);
  if (drive) return drive;
  if (/^[A-Za-z]:/.test(path))
    throw new PathError(
      'depends on the current folder of its drive',
      `Put a backslash after the colon: '${path.slice(0, 2)}\\${path.slice(2)}'.`,
    );
  throw new PathError('is not absolute', "Give a path with its drive, or '\\\\server\\share\\folder'.");
}

/** What follows `\\?\` or `\\.\`. */
function deviceRoot(path: string, isVerbatim: boolean): Root {
  const drive = driveRoot(path, isVerbatim);
  if (drive) return drive;
  if (/^UNC\\/i.test(path)) return shareRoot(path.slice(4), isVerbatim);
  const volume = /^(Volume\{[0-9a-f-]+\}|GLOBALROOT\\[^\\]+\\[^\\]+)(?:\\(.*))?$/is.exec(path);
  if (!volume) throw new PathError('names a device, not a folder');
  const [, root, rest = ''] = volume;
  // Without its last backslash it is the device, with it the root folder of the volume.
  const text = `\\\\?\\${root}\\`;
  return { text, verbatim: text, name: root.slice(root.lastIndexOf('\\') + 1), rest, isVerbatim, isShare: false };
}

function driveRoot(path: string, isVerbatim: boolean): Root | undefined {
  const found = /^([A-Za-z]):(?:\\(.*))?$/s.exec(path);
  // `C:` alone is the root only behind `\\?\`; elsewhere it is the current folder of the drive.
  if (!found || (found[2] === undefined && !isVerbatim)) return undefined;
  const name = found[1].toUpperCase();
  const text = `${name}:\\`;
  return { text, verbatim: `\\\\?\\${text}`, name, rest: found[2] ?? '', isVerbatim, isShare: false };
}

function shareRoot(path: string, isVerbatim: boolean): Root {
  const [, server, share, rest = ''] = /^\\*([^\\]*)\\*([^\\]*)\\*(.*)$/s.exec(path) ?? [];
  if (!server || !share || [server, share].some((part) => part === '.' || part === '..'))
    throw new PathError('names no share', "Give a folder of a share: '\\\\server\\share\\folder'.");
  const problem = /[<>"|?*:]/.exec(server + share);
  if (problem) throw new PathError(`cannot exist: no server or share has ${problem[0]} in its name`);
  const text = `\\\\${server}\\${share}`;
  return { text, verbatim: `\\\\?\\UNC\\${server}\\${share}`, name: share, rest, isVerbatim, isShare: true };
}
