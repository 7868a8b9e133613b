// npm run demo: makes two generations of a real tree with the cmdlets, in a temporary folder, and shows what they are.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { copyRealTree } from './demo/copy-real-tree.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs the demo; returns its exit code. */
async function demo() {
  if (process.platform !== 'linux') throw new Error(`the engine does not run on ${process.platform} yet.`);
  await build();
  const stop = listenToSignals();
  const folder = mkdtempSync(join(tmpdir(), 'mirrorbackup-'));
  try {
    const tree = copyRealTree(join(folder, 'files'), join(root, 'node_modules'));
    const changes = join(folder, 'changes.json');
    writeFileSync(changes, JSON.stringify(tree));
    // Signals that came while the tree was copied are delivered now.
    await nextTurn();
    if (stop.signal !== undefined) return 128 + constants.signals[stop.signal];
    return await runInPowerShell(['-File', join(root, 'scripts/demo/demo.ps1'), '-ChangeFile', changes], folder, stop);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** From now on a signal does not end this process, which has a folder to remove; what is running is told. */
function listenToSignals() {
  const stop = { signal: undefined, child: undefined };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      stop.signal = signal;
      // Ctrl+C has reached PowerShell already, with the whole process group.
      if (signal !== 'SIGINT') stop.child?.kill(signal);
    });
  return stop;
}

function runInPowerShell(args, cwd, stop) {
  const child = spawn(process.execPath, [join(root, 'scripts/pwsh.mjs'), ...args], {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, COLUMNS: String(Math.min(process.stdout.columns ?? 100, 120)) },
  });
  stop.child = child;
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

process.exitCode = await demo().catch((error) => {
  console.error(`The demo failed: ${error.message}`);
  return 1;
});
