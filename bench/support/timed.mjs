import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './processes.mjs';

let count = 0;

/**
 * A command line that runs another one and keeps account of it.
 * @returns `command` to run, and `read` for what it cost once it has ended: { seconds, user, system, maxRssMiB }
 */
export function accountFor(bench, command) {
  const report = join(tmpdir(), `mirrorbackup-bench-${process.pid}-${++count}.json`);
  return {
    command: [bench.programs.timed, report, ...command],
    read() {
      const sample = JSON.parse(readFileSync(report, 'utf8'));
      rmSync(report);
      return sample;
    },
  };
}

/** Runs a command to its end; returns what it cost. */
export async function timed(bench, command, options = {}) {
  const account = accountFor(bench, command);
  await run(account.command, { signal: bench.signal, ...options });
  return account.read();
}

/** What several steps cost together. */
export function sum(...samples) {
  return {
    seconds: total(samples, 'seconds'),
    user: total(samples, 'user'),
    system: total(samples, 'system'),
    maxRssMiB: Math.max(...samples.map(({ maxRssMiB }) => maxRssMiB)),
  };
}

function total(samples, field) {
  return samples.reduce((all, sample) => all + sample[field], 0);
}
