// Makes a fresh clone ready to run, and runs a script on the Node.js the project brings along:
//
//   node scripts/bootstrap.mjs scripts/test.mjs --quick
//
// Runs on any Node.js from 20 on, before anything is installed: no dependencies here.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { constants } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installPackages } from './bootstrap/install-packages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Makes sure that node_modules is what package-lock.json says. Quiet on success; safe to call side by side. */
export async function bootstrap() {
  await installPackages(root);
}

/** The Node.js of the project. */
export const nodePath = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Runs a script of the project; returns the exit code. */
async function run(script, args) {
  const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(nodePath, [join(root, script), ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  // Ctrl+C reaches the child by itself; this process waits for what it does about it.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [script, ...args] = process.argv.slice(2);
  try {
    await bootstrap();
    if (script !== undefined) process.exitCode = await run(script, args);
  } catch (error) {
    console.error(`${script ?? 'bootstrap'}: ${error.message}`);
    process.exitCode = 1;
  }
}
