import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { execa } from 'execa';
import type { EnvironmentMark } from '../../../native/process-rules.ts';
import { processRules } from '../../../native/process.ts';
import type { Hook } from '../../types/job.ts';
import type { HookShell } from '../../types/protocol.ts';
import { secondsOf } from '../duration.ts';
import { OutputLines } from './output-lines.ts';

/** How long the output is read after the program has ended: what it leaves running may hold it open for ever. */
const OUTPUT_MS = 1000;

/** In the environment of a hook, and so of all it starts: an id for each hook that they are part of, outermost first. */
const HOOK_ID = 'MIRRORBACKUP_HOOK_ID';

/** What a hook finds around it. */
export interface HookSurroundings {
  /** The folder of the job file. */
  folder: string;
  environment: Readonly<Record<string, string>>;
  shell: HookShell | undefined;
  onLine: (line: string) => void;
}

/** What became of it; `message` is there where it failed. */
export interface HookEnd {
  exitCode: number | null;
  duration: number;
  message?: string;
}

/** What is shown of a hook: not its arguments, which may come from variables that are nobody's business. */
export function commandOf({ run, script }: Hook): string {
  return run ?? script ?? '';
}

/**
 * Runs a program, or a script in PowerShell, to its end. Past its time limit, or when `signal` is aborted, it is ended
 * with all it has started. What it leaves running when it ends by itself goes on.
 */
export async function runHook(hook: Hook, surroundings: HookSurroundings, signal: AbortSignal): Promise<HookEnd> {
  const { folder, environment, shell, onLine } = surroundings;
  const started = performance.now();
  const lines = new OutputLines(onLine);
  const end = (exitCode: number | null, message?: string): HookEnd => {
    if (lines.leftOut > 0) onLine(`… and ${lines.leftOut} more lines`);
    const said = message === undefined || lines.tail === '' ? '' : ` It wrote last: ${lines.tail}`;
    const duration = (performance.now() - started) / 1000;
    return { exitCode, duration, ...(message !== undefined && { message: `${message}${said}` }) };
  };
  if (signal.aborted) return end(null, 'It was not started, because the job was stopped.');
  const command = commandLine(hook, shell);
  if (command === undefined) return end(null, 'There is no PowerShell to run the script.');

  const mark: EnvironmentMark = { variable: HOOK_ID, value: randomUUID() };
  const outer = process.env[HOOK_ID];
  const child = execa(command.file, command.arguments, {
    cwd: folder,
    env: { ...environment, [HOOK_ID]: outer === undefined ? mark.value : `${outer} ${mark.value}` },
    stdin: 'ignore',
    buffer: false,
    encoding: 'buffer',
    reject: false,
    cleanup: false,
    detached: processRules.ownGroup,
    windowsHide: true,
  });
  const { pid } = child;
  for (const output of [child.stdout, child.stderr]) {
    const reader = lines.reader();
    output.on('data', (chunk: Buffer) => reader.push(chunk));
    output.on('close', () => reader.end());
  }
  let hasEnded = false;
  child.nodeChildProcess.once('exit', () => {
    hasEnded = true;
    setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, OUTPUT_MS).unref();
  });
  let stopped: string | undefined;
  let ending: Promise<void> | undefined;
  const stop = (why: string): void => {
    // What it has left running is not to be ended while its output is still being read.
    if (pid === undefined || hasEnded || stopped !== undefined) return;
    stopped = why;
    // It itself in any case: what ends trees is another program on Windows, which may fail.
    ending = processRules.endTree(pid, mark).then(() => void child.kill('SIGKILL'));
  };
  const timer = setTimeout(() => stop(`It was ended, because it ran longer than ${hook.timeout}.`), limitOf(hook));
  const onAbort = (): void => stop('It was ended, because the job was stopped.');
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const result = await child;
    await ending;
    if (stopped !== undefined) return end(null, stopped);
    if (result.exitCode === 0) return end(0);
    if (result.exitCode !== undefined) return end(result.exitCode, `It ended with ${result.exitCode}.`);
    if (result.signal !== undefined) return end(null, `It was ended by ${result.signal}.`);
    return end(null, `It could not be started: ${result.originalMessage ?? result.shortMessage}.`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** The longest that a timer of Node.js can wait. */
const LONGEST_MS = 2 ** 31 - 1;

function limitOf({ timeout }: Hook): number {
  return Math.min(secondsOf(timeout) * 1000, LONGEST_MS);
}

function commandLine(
  { run, script, arguments: given }: Hook,
  shell: HookShell | undefined,
): { file: string; arguments: string[] } | undefined {
  if (run !== undefined) return { file: run, arguments: given };
  if (shell === undefined || script === undefined) return undefined;
  return { file: shell.path, arguments: [...shell.arguments, script, ...given] };
}
