/**
 * Why a volume has no hard links. Which protocols and file systems have them:
 * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-createhardlinkw
 */
import type { Directory } from '../types.ts';
import { bind } from './library.ts';
import { allocate } from './memory.ts';

const getVolumeInformation = bind('kernel32', 'GetVolumeInformationByHandleW', 'int', [
  'int64',
  'size_t',
  'uint',
  'size_t',
  'size_t',
  'size_t',
  'size_t',
  'uint',
]);
const getInformation = bind('kernel32', 'GetFileInformationByHandleEx', 'int', ['int64', 'int', 'size_t', 'uint']);

/** https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getvolumeinformationbyhandlew */
const FILE_SUPPORTS_HARD_LINKS = 0x0040_0000;

/**
 * FILE_REMOTE_PROTOCOL_INFO with its SMB2 part,
 * https://learn.microsoft.com/windows/win32/api/winbase/ns-winbase-file_remote_protocol_info
 */
const REMOTE_PROTOCOL_INFO = 13;
const REMOTE_SIZE = 116;
const SHARE_CAPABILITIES = 56;
/** https://learn.microsoft.com/openspecs/windows_protocols/ms-smb2/dd34e26c-a75e-47fa-aab2-6efc27502e96 */
const ShareCapability = { ContinuousAvailability: 0x10, ScaleOut: 0x20 } as const;

const NAME_UNITS = 64;
const memory = allocate(4 + NAME_UNITS * 2);
const remote = allocate(REMOTE_SIZE);

/** What the system tells about a volume. */
export interface LinkFacts {
  fileSystem: string;
  /** Flags of GetVolumeInformation. */
  flags: number;
  /** Capabilities of the share it is on; undefined for a local volume. */
  share: number | undefined;
}

/** Completes "because …". */
export function explainNoLinks(directory: Directory): string | undefined {
  const { address, bytes, words } = memory;
  bytes.fill(0);
  if (getVolumeInformation(directory.handle, 0, 0, 0, 0, address, address + 4, NAME_UNITS) === 0) return undefined;
  const name = bytes.toString('utf16le', 4, 4 + NAME_UNITS * 2);
  const isRemote = getInformation(directory.handle, REMOTE_PROTOCOL_INFO, remote.address, REMOTE_SIZE) !== 0;
  return explainFacts({
    fileSystem: name.slice(0, name.indexOf('\0')),
    flags: words[0],
    share: isRemote ? remote.bytes.readUInt32LE(SHARE_CAPABILITIES) : undefined,
  });
}

export function explainFacts({ fileSystem, flags, share }: LinkFacts): string | undefined {
  if (share !== undefined && (share & ShareCapability.ContinuousAvailability) !== 0)
    return 'it is a continuously available share, which refuses them: use a share of the same server without that property';
  if (share !== undefined && (share & ShareCapability.ScaleOut) !== 0)
    return 'it is a scale-out share, which refuses them: use a share of a general file server';
  if (/^(?:FAT|FAT32|exFAT)$/i.test(fileSystem)) return `it is ${fileSystem}, which has none`;
  if ((flags & FILE_SUPPORTS_HARD_LINKS) !== 0) return undefined;
  return share === undefined
    ? `its file system, ${fileSystem}, has none`
    : 'the server of the share does not offer them';
}
