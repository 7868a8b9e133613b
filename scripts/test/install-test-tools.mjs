import { installDebianPackages } from '../debian-packages.mjs';

/** Program → the Debian package that brings it. */
const tools = {
  rsync: 'rsync',
  setfacl: 'acl',
  setfattr: 'attr',
  strace: 'strace',
  'mkfs.ext4': 'e2fsprogs',
  'mkfs.btrfs': 'btrfs-progs',
  'mkfs.xfs': 'xfsprogs',
  'mkfs.exfat': 'exfatprogs',
  'mount.exfat-fuse': 'exfat-fuse',
  'mkfs.ntfs': 'ntfs-3g',
  chromium: 'chromium',
  'systemd-analyze': 'systemd',
  xmllint: 'libxml2-utils',
  'x86_64-w64-mingw32-g++-posix': 'g++-mingw-w64-x86-64-posix',
};

/** Installs the programs that tests need, where that is possible; tests that miss one say so and are skipped. */
export function installTestTools() {
  const missing = installDebianPackages(tools);
  if (missing.length > 0) console.log(`Not here, some tests will be skipped: ${missing.join(', ')}.`);
}
