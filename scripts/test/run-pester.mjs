import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PesterOutput } from './pester-output.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A suite that says nothing for so long hangs. */
const silenceLimit = 10 * 60_000;

/** Runs the Pester suites. */
export async function runPester() {
  const script = join(root, 'Pester/Run.ps1');
  if (!existsSync(script)) {
    console.log('Pester/Run.ps1 does not exist.');
    return {};
  }
  const child = spawn(process.execPath, [join(root, 'scripts/pwsh.mjs'), '-File', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
  const output = new PesterOutput();
  const watchdog = setTimeout(() => child.kill('SIGKILL'), silenceLimit);
  for await (const line of createInterface({ input: child.stdout })) {
    watchdog.refresh();
    if (output.take(line)) console.log(line);
  }
  clearTimeout(watchdog);
  return output.result('Pester', await closed);
}
