import type { Native } from '../types.ts';
import { FidelityLoss } from '../item-record.ts';
import { lossCause } from '../loss-causes.ts';
import { allowListing, allowRemoval } from './allow-access.ts';
import { applyRecord, applyToDirectory, applyWriteTime } from './apply-record.ts';
import { bootId } from './boot-id.ts';
import { copy } from './copy.ts';
import { mountLetter, unmountLetter } from './drive-letter.ts';
import { describeError, isFull, isMissing } from './errors.ts';
import { eventLog } from './event-log.ts';
import { explainNoLinks } from './explain-no-links.ts';
import { clearInheritance, finishDirectory } from './finish-directory.ts';
import { syncDirectory, syncVolume } from './flush.ts';
import { replaceLink } from './folder-link.ts';
import { identify, linkNames } from './link-names.ts';
import { createListing, list } from './list.ts';
import { isLocked, lock } from './lock.ts';
import { allocate } from './memory.ts';
import { digestDirectoryMetadata, digestMetadata } from './metadata-digest.ts';
import { isLinkable, link, makeDirectory, rename, renameOver } from './names.ts';
import { closeDirectory, openDirectory, openRoot } from './open-directory.ts';
import { exposePlaceholders } from './placeholders.ts';
import { enablePrivileges } from './privileges.ts';
import { hashContent, readSmallFile } from './read-content.ts';
import { distrust, makePrivateFolder } from './private-folder.ts';
import { mayKeepMachineState } from './token.ts';
import { lackingRights } from './lacking-rights.ts';
import { realPath } from './real-path.ts';
import { removeDirectory, removeDirectoryAt, removeFile } from './remove.ts';
import { allocatedBytes, stat, statDirectory } from './stat.ts';
import { symbolicLinks } from './symbolic-link.ts';
import { volumeOf } from './volume.ts';
import { vss } from './vss/calls.ts';

/** Windows: Win32 and, where that takes paths only, the calls below it, by handle. */
export const win32: Native = {
  platform: 'win32',
  // NTFS has 1,024: https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-createhardlinkw. One is left for users.
  links: { limit: 1023, recommended: 1000 },
  // Read-only, hidden, system, temporary. Other programs and whole volumes switch the others: archive, compressed, indexed.
  visibleMetadata: { losses: FidelityLoss.Attributes, mode: 0x17 },
  // Only on local NTFS of Windows 10 and later; elsewhere it stays until the last handle is closed, and so do those above.
  removesOpen: false,
  allocate,
  createListing,
  openRoot,
  openDirectory,
  closeDirectory,
  list,
  stat,
  // The system answers all at once.
  glance: stat,
  statDirectory,
  allocatedBytes,
  digestMetadata,
  digestDirectoryMetadata,
  hashContent,
  readSmallFile,
  isLinkable,
  link,
  rename,
  renameOver,
  makeDirectory,
  clearInheritance,
  finishDirectory,
  copy,
  linkNames,
  identify,
  lossCause,
  applyRecord,
  applyWriteTime,
  applyToDirectory,
  removeFile,
  removeDirectory,
  removeDirectoryAt,
  allowRemoval,
  allowListing,
  isFull,
  isMissing,
  describeError,
  volumeOf,
  explainNoLinks,
  realPath,
  makePrivateFolder,
  distrust,
  mayKeepMachineState,
  lackingRights,
  allowReaders: () => undefined,
  replaceLink,
  symbolicLinks,
  syncVolume,
  syncDirectory,
  lock,
  isLocked,
  bootId,
  driveLetters: { mount: mountLetter, unmount: unmountLetter },
  vss,
  eventLog,
};

/** The twin, and this process made ready for it. */
export function startWin32(): Native {
  enablePrivileges();
  exposePlaceholders();
  return win32;
}
