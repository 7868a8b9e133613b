import { accessSync, constants as access } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { platformName } from '../../native/platform.ts';
import { processRules } from '../../native/process.ts';
import { EngineError } from '../errors/engine-error.ts';

/** As the module has it. */
const oldest = [22, 13] as const;

/** Whether this Node.js is one the engine runs on. */
export function isNewEnough(version = process.versions.node): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/**
 * Runs the engine on the Node.js that was installed beside it, where the one that was called is too old; returns the exit
 * code. This file and what it imports must run on old versions.
 */
export async function runOnNewerNode(entry: string): Promise<number> {
  const path = findNode(entry);
  if (path === undefined) {
    const error = new EngineError('NodeTooOld', {
      message: `This is Node.js ${process.version}; the engine needs ${oldest.join('.')} or newer.`,
    });
    const data = error.toErrorData();
    console.log(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32000, message: error.message, data } }));
    return 1;
  }
  // Loading it takes longer than the rest of this file, and hardly anybody gets here.
  const { spawn } = await import('node:child_process');
  const child = spawn(path, [fileURLToPath(entry)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGBREAK']) process.on(signal, () => undefined);
  for (const signal of processRules.forwardedSignals) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

/**
 * The one of the package, or of the checkout. No other folder is searched: Node.js would look for the package `node` up to
 * the root of the volume, where anybody may have put one.
 */
function findNode(entry: string): string | undefined {
  const folder = dirname(fileURLToPath(entry));
  return [
    join(folder, 'node', platformName, processRules.nodeProgram),
    join(folder, '../../../node_modules/node/bin', processRules.nodeProgram),
  ].find(canRun);
}

function canRun(path: string): boolean {
  try {
    accessSync(path, access.X_OK);
    return true;
  } catch {
    return false;
  }
}
