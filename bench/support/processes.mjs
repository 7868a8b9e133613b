import { spawn } from 'node:child_process';

/**
 * Runs a program; returns what it wrote to standard output, or throws with what it wrote to standard error.
 * @param {string[]} command
 * @param {{ signal?: AbortSignal, cwd?: string, env?: Record<string, string> }} options
 */
export function run([file, ...args], { signal, cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      cwd,
      env: { ...process.env, ...env },
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
    // When it is told to stop it still has to end, and 'close' follows.
    child.on('error', (error) => signal?.aborted || reject(error));
    child.on('close', (code) => {
      if (signal?.aborted) reject(signal.reason);
      else if (code === 0) resolve(output);
      else reject(new Error(`${[file, ...args].join(' ')} failed (${code}). ${(errors || output).trim()}`));
    });
  });
}

/** Whether a program can be run. */
export async function canRun(...command) {
  return run(command).then(
    () => true,
    () => false,
  );
}
