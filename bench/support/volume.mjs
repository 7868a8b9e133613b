import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run } from './processes.mjs';

const PREFIX = 'mirrorbackup-bench-';
const GIB = 2 ** 30;
const RESERVE = GIB;
const fileSystem = ['-q', '-F', '-m', '0', '-J', 'size=128'];

/** The place where everything is measured: a folder on a file system of one's own, or of the user's choice. */
class Volume {
  /** @param {{ folder: string, root: string, image?: string, keep: boolean }} place */
  constructor({ folder, root, image, keep }) {
    this.folder = folder;
    /** Where the trees go. */
    this.root = root;
    this.image = image;
    this.keep = keep;
  }

  path(...parts) {
    return join(this.root, ...parts);
  }

  /** Writes everything to the disk and gives freed room back, so that nobody pays for what another one did. */
  async settle() {
    await run(['sync', '-f', this.root]);
    // Not every file system can, and none has to.
    if (this.image) await run(['fstrim', this.root]).catch(() => undefined);
  }

  async remove() {
    if (this.keep) {
      console.log(`Kept: ${this.root}${this.image ? ` (an image: umount it, then remove ${this.folder})` : ''}`);
      return;
    }
    if (this.image) await unmount(this.root);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * @param {{ directory?: string, keep: boolean }} options
 * @param {{ bytes: number, inodes: number }} need what the trees will take
 */
export async function openVolume({ directory, keep }, need) {
  if (directory !== undefined) {
    const folder = mkdtempSync(join(directory, PREFIX));
    return new Volume({ folder, root: folder, keep });
  }
  const parent = chooseParent(need.bytes);
  await removeLeftovers(parent);
  const folder = join(parent, `${PREFIX}${process.pid}`);
  const volume = new Volume({ folder, root: join(folder, 'disk'), image: join(folder, 'image'), keep });
  try {
    mkdirSync(volume.root, { recursive: true });
    await mountImage(volume, need);
    return volume;
  } catch (error) {
    await unmount(volume.root);
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`No ext4 image could be mounted (${error.message}). Be root, or use --directory.`, {
      cause: error,
    });
  }
}

async function mountImage({ image, root }, { bytes, inodes }) {
  const file = openSync(image, 'w');
  ftruncateSync(file, bytes);
  closeSync(file);
  await run(['mkfs.ext4', ...fileSystem, '-N', String(inodes), image]);
  // Otherwise the kernel fills the inode tables in the background, while something is measured.
  await run(['mount', '-o', 'loop,noinit_itable', image, root]);
}

/** Memory is the same for everyone; a disk has its moods. */
function chooseParent(bytes) {
  const memory = '/dev/shm';
  if (freeBytes(memory) > bytes + RESERVE && process.availableMemory() > bytes + RESERVE) return memory;
  const parent = tmpdir();
  const needed = `${(bytes / GIB).toFixed(1)} GiB`;
  if (freeBytes(parent) < bytes + RESERVE) throw new Error(`Neither ${memory} nor ${parent} has ${needed} to spare.`);
  console.log(`${memory} has no ${needed} to spare: measuring on the disk of ${parent}.`);
  return parent;
}

function freeBytes(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

/** Of runs that were killed. */
async function removeLeftovers(parent) {
  for (const name of readdirSync(parent)) {
    const [, pid] = name.match(`^${PREFIX}(\\d+)$`) ?? [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    await unmount(join(parent, name, 'disk'));
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Whatever was stopped may need a moment to let go. */
async function unmount(root) {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      return await run(['umount', root]);
    } catch (error) {
      if (/not mounted|no mount point/.test(error.message)) return undefined;
      await pause(100);
    }
  }
  return run(['umount', '--lazy', root]);
}
