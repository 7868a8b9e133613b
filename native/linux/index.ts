import type { Native } from '../types.ts';
import { FidelityLoss } from '../item-record.ts';
import { lossCause } from '../loss-causes.ts';
import { allocate } from './memory.ts';
import { describeError, Errno } from './errors.ts';
import { closeDirectory, openDirectory, openRoot } from './open-directory.ts';
import { createListing, list } from './list.ts';
import { allocatedBytes, glance, identify, stat, statHandle } from './stat.ts';
import { symbolicLinks } from './symbolic-link.ts';
import { digestAttributes } from './extended-attributes.ts';
import { forgetDrivers } from './ntfs/driver.ts';
import { hashContent, readSmallFile } from './read-content.ts';
import {
  allowListing,
  allowRemoval,
  link,
  makeDirectory,
  removeDirectory,
  removeDirectoryAt,
  removeFile,
  rename,
  renameOver,
} from './names.ts';
import { allowReaders, clearInheritance, finishDirectory } from './metadata.ts';
import { applyRecord, applyToDirectory, applyWriteTime } from './apply-record.ts';
import { copy } from './copy.ts';
import { bootId, explainNoLinks, syncDirectory, syncVolume, volumeOf } from './volume.ts';
import { distrust, makePrivateFolder } from './private-folder.ts';
import { lackingRights } from './lacking-rights.ts';
import { realPath } from './real-path.ts';
import { replaceLink } from './folder-link.ts';
import { isLocked, lock } from './lock.ts';
import { btrfs } from './btrfs.ts';

/** Linux: system calls by directory handle through the C library. */
export const linux: Native = {
  platform: 'linux',
  links: { limit: 65000, recommended: 1000 },
  visibleMetadata: { losses: FidelityLoss.Owner | FidelityLoss.Permissions, mode: 0o7777 },
  removesOpen: true,
  allocate,
  createListing,
  openRoot: (path, use) => {
    forgetDrivers();
    return openRoot(path, use);
  },
  openDirectory,
  closeDirectory,
  list,
  stat,
  glance,
  statDirectory: (directory, record, at) => statHandle(directory.handle, record, at),
  allocatedBytes,
  digestMetadata: (directory, names, name, record, at) => digestAttributes({ directory, names, name }, record, at),
  digestDirectoryMetadata: (directory, record, at) => digestAttributes(directory.handle, record, at),
  hashContent,
  readSmallFile,
  isLinkable: () => true,
  link,
  rename,
  renameOver,
  makeDirectory,
  clearInheritance,
  finishDirectory,
  copy,
  // An inode does not know its names.
  linkNames: () => undefined,
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
  isFull: (code) => code === Errno.ENOSPC || code === Errno.EDQUOT,
  isMissing: (code) => code === Errno.ENOENT || code === Errno.ENOTDIR,
  describeError,
  volumeOf,
  explainNoLinks,
  realPath,
  makePrivateFolder,
  distrust,
  // Only those who may write to its folders can, and what is in them is looked at.
  mayKeepMachineState: () => true,
  lackingRights,
  allowReaders,
  replaceLink,
  symbolicLinks,
  syncVolume,
  syncDirectory,
  lock,
  isLocked,
  bootId,
  subvolumes: btrfs,
  logSockets: { journal: '/run/systemd/journal/socket', syslog: '/dev/log' },
};
