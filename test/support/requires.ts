import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Context } from 'mocha';
import { windowsNode } from '../../scripts/wine/places.ts';
import type { ImageType } from './mounts.ts';

export type Need = 'root' | 'linux' | 'wine' | `tool:${string}` | `image:${ImageType}`;

const known = new Map<Need, string | null>();

/** Skips the running test, and says why in its title, when the machine lacks something it needs. */
export function requires(context: Context, ...needs: Need[]): void {
  const missing = needs.map(reasonAgainst).find((reason) => reason !== null);
  if (missing !== undefined) skip(context, missing);
}

/** Skips the running test under Wine, which lacks something that Windows has. */
export function notUnderWine(context: Context, reason: string): void {
  if (process.env['MIRRORBACKUP_TEST_ON_WINE'] !== undefined && process.platform === 'win32')
    skip(context, `under Wine: ${reason}`);
}

/** Skips the running test, or all of the suite that a hook `before` belongs to, and says why in its title. */
export function skip(context: Context, reason: string): void {
  const running = context.test;
  const skipped = running?.title.startsWith('"before all" hook') ? running.parent : (context.currentTest ?? running);
  if (skipped) skipped.title += ` (skipped: ${reason})`;
  console.warn(`      skipped: ${reason}`);
  context.skip();
}

/** Null when the need is met, else what is missing. */
export function reasonAgainst(need: Need): string | null {
  const cached = known.get(need);
  if (cached !== undefined) return cached;
  const reason = probe(need);
  known.set(need, reason);
  return reason;
}

function probe(need: Need): string | null {
  if (process.platform !== 'linux') return 'needs Linux';
  if (need === 'linux') return null;
  if (need === 'root') return process.getuid?.() === 0 ? null : 'needs root';
  if (need === 'wine') return existsSync(windowsNode) ? null : 'needs Wine (npm run wine installs it)';
  const [kind, name = ''] = need.split(':');
  if (kind === 'tool') return onPath(name) ? null : `needs ${name}`;
  return reasonAgainst('root') ?? probeImage(name as ImageType);
}

function probeImage(type: ImageType): string | null {
  if (!onPath(`mkfs.${type}`)) return `needs mkfs.${type}`;
  if (!existsSync('/dev/loop-control')) return 'needs loop devices';
  if (type === 'exfat') return onPath('mount.exfat-fuse') && existsSync('/dev/fuse') ? null : 'needs exfat-fuse';
  if (type === 'ntfs') return onPath('mount.ntfs-3g') && existsSync('/dev/fuse') ? null : 'needs ntfs-3g';
  spawnSync('modprobe', ['-q', type]);
  const supported = readFileSync('/proc/filesystems', 'utf8').split(/\s+/).includes(type);
  return supported ? null : `needs ${type} in the kernel`;
}

function onPath(name: string): boolean {
  return toolPath(name) !== undefined;
}

/** Where a program is that a test {@link requires}. */
export function toolPath(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
