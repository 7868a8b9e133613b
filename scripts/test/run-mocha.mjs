import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quickLeavesOut } from './quick-leaves-out.mjs';
import { withCrash } from './summary.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the mocha suites in a process of their own; returns how many tests passed and failed, which failed, and which were skipped. */
export function runMocha({ withSlow }) {
  const folder = mkdtempSync(join(tmpdir(), 'mirrorbackup-mocha-'));
  try {
    const resultFile = join(folder, 'result.json');
    // Most of a test's time is spent waiting for processes: a job more than there are processors.
    const args = [
      '--parallel',
      '--jobs',
      String(availableParallelism() + 1),
      '--reporter',
      join(root, 'scripts/test/mocha-reporter.cjs'),
      '--reporter-option',
      `resultFile=${resultFile}`,
    ];
    if (!withSlow) {
      args.push('--grep', '@slow', '--invert');
      args.push(...quickLeavesOut(root).flatMap((file) => ['--ignore', file]));
    }
    const { status, signal } = spawnSync(process.execPath, [join(root, 'node_modules/mocha/bin/mocha.js'), ...args], {
      cwd: root,
      stdio: 'inherit',
    });
    return withCrash('mocha', readResult(resultFile), signal ?? status);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error('mocha ended without a result.', { cause });
  }
}
