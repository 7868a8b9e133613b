import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unmountBelow } from './mounts.ts';
import { bigRoot, testRoot } from './test-root.ts';

/** A scratch directory of its own for every test. */
export interface Sandbox {
  readonly root: string;
  path(...parts: string[]): string;
  remove(): void;
}

export function makeSandbox(room: 'usual' | 'big' = 'usual'): Sandbox {
  const root = mkdtempSync(join(room === 'big' ? bigRoot() : testRoot(), 'mb-'));
  return { root, path: (...parts) => join(root, ...parts), remove: () => removeTree(root) };
}

/** rm(1) because Node's own removal stops at PATH_MAX; flags first, else immutable files survive. */
export function removeTree(root: string): void {
  // A process that was ended holds its files for a moment longer.
  if (process.platform === 'win32') return rmSync(root, { recursive: true, force: true, maxRetries: 10 });
  unmountBelow(root);
  if (spawnSync('rm', ['-rf', '--one-file-system', root]).status === 0) return;
  spawnSync('chattr', ['-R', '-f', '-i', '-a', root]);
  spawnSync('chmod', ['-R', 'u+rwx', root]);
  const again = spawnSync('rm', ['-rf', '--one-file-system', root], { encoding: 'utf8' });
  if (again.status !== 0) throw new Error(`cannot remove ${root}: ${again.stderr} (${readdirSync(root).join(' ')})`);
}

/** Mocha hooks that give each test of a suite its own sandbox. */
export function useSandbox(room?: 'usual' | 'big'): () => Sandbox {
  let current: Sandbox | undefined;
  beforeEach(() => {
    current = makeSandbox(room);
  });
  afterEach(() => {
    current?.remove();
    current = undefined;
  });
  return () => {
    if (current === undefined) throw new Error('the sandbox exists only while a test runs');
    return current;
  };
}
