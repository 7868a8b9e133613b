import { fileURLToPath } from 'node:url';
import { run } from './processes.mjs';

const pwsh = fileURLToPath(new URL('../../scripts/pwsh.mjs', import.meta.url));
const script = fileURLToPath(new URL('../measure.ps1', import.meta.url));

/** Also builds the console host where that is what runs the cmdlets. */
export async function hasPowerShell() {
  return run([process.execPath, pwsh, '-Command', 'exit 0']).then(
    () => true,
    () => false,
  );
}

/**
 * Runs a cmdlet in a new PowerShell.
 * @param {'Import' | 'New' | 'Get' | 'Remove'} cmdlet
 * @returns what bench/measure.ps1 says: `seconds` of the cmdlet, `import` of the module …
 */
export async function runCmdlet(bench, cmdlet, parameters = {}) {
  const args = Object.entries(parameters).flatMap(([name, value]) => [`-${name}`, value]);
  const command = [process.execPath, pwsh, '-File', script, '-Cmdlet', cmdlet, ...args];
  const output = await run(command, { signal: bench.signal });
  // Warnings of the cmdlet are in front of it.
  const line = output.split('\n').findLast((text) => text.startsWith('{'));
  if (line === undefined) throw new Error(`No result from ${cmdlet}: ${output}`);
  return JSON.parse(line);
}

/** The time of New-MirrorBackup: whole, without flushing and committing, and its phases up to there. */
export async function newMirrorBackup(bench, setPath, source) {
  const { name, state, seconds, phases } = await runCmdlet(bench, 'New', { Source: source, SetPath: setPath });
  if (state !== 'Complete') throw new Error(`The generation ${name} is ${state}.`);
  const unflushed = seconds - phases.flush - phases.commit;
  return {
    name,
    samples: { cmdlet: { seconds }, unflushed: { seconds: unflushed }, toCommit: { seconds: untilCommit(phases) } },
  };
}

export async function removeBackupGeneration(bench, setPath, name) {
  const { action, seconds } = await runCmdlet(bench, 'Remove', { SetPath: setPath, Name: name });
  if (action !== 'Remove') throw new Error(`The generation ${name} was not removed.`);
  return { seconds };
}

/** The phases that come before flushing and committing, which other tools do not do. */
export function untilCommit({ prepare, mirror, manifest }) {
  return prepare + mirror + manifest;
}
