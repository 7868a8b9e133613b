import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mountImage, unmountBelow } from './mounts.ts';
import { reasonAgainst } from './requires.ts';

const MEMORY = '/dev/shm';
const PREFIX = 'mirrorbackup-test-';
let root: string | undefined;

/**
 * Where sandboxes are made: `MIRRORBACKUP_TEST_ROOT`, else an ext4 image in memory that belongs to this process. Each run
 * of the engine flushes its file system, and the machine's own may be busy with somebody else's data.
 */
export function testRoot(): string {
  root ??= process.env['MIRRORBACKUP_TEST_ROOT'] ?? imageInMemory() ?? bigRoot();
  return root;
}

/** For tests that need more room than memory has. */
export function bigRoot(): string {
  return realpathSync(tmpdir());
}

function imageInMemory(): string | undefined {
  if (!existsSync(MEMORY) || reasonAgainst('image:ext4') !== null) return undefined;
  sweep();
  const folder = join(MEMORY, `${PREFIX}${process.pid}`);
  mkdirSync(folder);
  process.once('exit', () => remove(folder));
  return mountImage(join(folder, 'image'), join(folder, 'disk'), 'ext4', 2048);
}

/** What processes left behind that were killed. */
function sweep(): void {
  for (const name of readdirSync(MEMORY)) {
    const pid = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '';
    if (pid !== '' && !existsSync(`/proc/${pid}`)) remove(join(MEMORY, name));
  }
}

function remove(folder: string): void {
  unmountBelow(folder);
  rmSync(folder, { recursive: true, force: true });
}
