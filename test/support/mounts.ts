import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync } from 'node:fs';

export type ImageType = 'ext4' | 'btrfs' | 'xfs' | 'exfat' | 'ntfs';

/** Sizes are the least the tools accept; images are sparse, so they cost what is written to them. */
const IMAGES: Record<ImageType, { make: string[]; mount: string[]; leastMiB: number }> = {
  ext4: {
    make: ['mkfs.ext4', '-q', '-F', '-m', '0', '-O', '^has_journal', '-b', '4096', '-I', '256'],
    mount: ['mount', '-o', 'loop,discard'],
    leastMiB: 1,
  },
  btrfs: { make: ['mkfs.btrfs', '-q', '-f'], mount: ['mount', '-o', 'loop'], leastMiB: 120 },
  xfs: { make: ['mkfs.xfs', '-q', '-f'], mount: ['mount', '-o', 'loop'], leastMiB: 320 },
  exfat: { make: ['mkfs.exfat'], mount: ['mount.exfat-fuse'], leastMiB: 8 },
  ntfs: {
    make: ['mkfs.ntfs', '--force', '--fast', '--quiet'],
    // `file:stream` is a stream, and Windows' security descriptors decide who may do what.
    mount: ['mount', '-t', 'ntfs-3g', '-o', 'loop,streams_interface=windows,acl,efs_raw'],
    leastMiB: 16,
  },
};

/** Makes an image file, puts a file system into it and mounts it. The sandbox that holds it unmounts it again. */
export function mountImage(image: string, at: string, type: ImageType, sizeMiB = 0, options: string[] = []): string {
  const kind = IMAGES[type];
  const fd = openSync(image, 'w');
  ftruncateSync(fd, Math.max(sizeMiB, kind.leastMiB) * 1024 * 1024);
  closeSync(fd);
  run([...kind.make, ...options, image]);
  mkdirSync(at, { recursive: true });
  remount(image, at, type);
  return at;
}

/** @param options instead of the usual ones of the type, as of mount(8) */
export function remount(image: string, at: string, type: ImageType, options?: string): void {
  // The FUSE driver has no -o loop of its own.
  const device = type === 'exfat' ? run(['losetup', '--find', '--show', image]).trim() : image;
  const { mount } = IMAGES[type];
  run([...(options === undefined ? mount : [...mount.slice(0, -1), options]), device, at]);
  if (type === 'exfat') run(['losetup', '--detach', device]);
}

export function unmount(at: string): void {
  run(['umount', at]);
}

/** Unmounts whatever is mounted below a directory, deepest first; lazily where something still holds it. */
export function unmountBelow(root: string): void {
  const points = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => (line.split(' ')[1] ?? '').replace(/\\(\d{3})/g, (_, octal: string) => fromOctal(octal)))
    .filter((point) => point === root || point.startsWith(`${root}/`));
  for (const point of points.reverse()) {
    if (spawnSync('umount', [point]).status !== 0) spawnSync('umount', ['--lazy', point]);
  }
}

function run(command: string[]): string {
  const [file = '', ...args] = command;
  const result = spawnSync(file, args, { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${command.join(' ')}: ${result.stderr || String(result.error)}`);
  return result.stdout;
}

function fromOctal(octal: string): string {
  return String.fromCharCode(Number.parseInt(octal, 8));
}
