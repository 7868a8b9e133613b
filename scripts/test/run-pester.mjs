import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A suite that says nothing for so long hangs. */
const silenceLimit = 10 * 60_000;

/** Runs the Pester suites, whose last line says `Pester: N passed, N failed, N skipped`. */
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
  const skipped = [];
  let counts;
  const watchdog = setTimeout(() => child.kill('SIGKILL'), silenceLimit);
  for await (const line of createInterface({ input: child.stdout })) {
    watchdog.refresh();
    const match = /^Pester: (\d+) passed, (\d+) failed, (\d+) skipped$/.exec(line.trim());
    if (match) counts = { passed: Number(match[1]), failed: Number(match[2]) };
    else console.log(line);
    const skip = /^Skipped: (.+?): (.+)$/.exec(line.trim());
    if (skip) skipped.push({ title: skip[1], reason: skip[2] });
  }
  clearTimeout(watchdog);
  const exitCode = await closed;
  if (counts === undefined) throw new Error(`it ended (${exitCode}) before it had counted the tests.`);
  if (exitCode !== 0 && counts.failed === 0) {
    console.error(`Pester ended with ${exitCode} although no test failed.`);
    counts.failed = 1;
  }
  return { ...counts, skipped };
}
