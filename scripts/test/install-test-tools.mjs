import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

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
};

/** Installs the programs that tests need, where that is possible; tests that miss one say so and are skipped. */
export function installTestTools() {
  const missing = Object.keys(tools).filter((tool) => !isInstalled(tool));
  if (missing.length === 0) return;
  if (process.platform !== 'linux' || process.getuid() !== 0 || !isInstalled('apt-get')) {
    console.log(`Not here, some tests will be skipped: ${missing.join(', ')}.`);
    return;
  }
  const packages = [...new Set(missing.map((tool) => tools[tool]))];
  console.log(`Installing ${packages.join(', ')}.`);
  if (!aptGet('install', '-y', '--no-install-recommends', ...packages)) {
    // The lists of a fresh container are empty.
    aptGet('update');
    if (!aptGet('install', '-y', '--no-install-recommends', ...packages)) {
      console.log('They could not be installed, some tests will be skipped.');
    }
  }
}

function aptGet(...args) {
  const { status } = spawnSync('apt-get', ['-qq', ...args], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

function isInstalled(tool) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, tool)));
}
