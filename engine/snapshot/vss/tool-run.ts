import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { win32 } from 'node:path';
import { execa } from 'execa';
import { EngineError } from '../../errors/engine-error.ts';
import { lastWords, type ToolCall } from './tools.ts';

/** Other programs in the place of those of Windows: each an absolute path, and arguments that come first. */
export type ToolPrograms = Partial<Record<ToolCall['program'], readonly string[]>>;

/** Below the folder of Windows: what lies on PATH, or in the current folder, may be anybody's. */
const places: Record<ToolCall['program'], string> = {
  'powershell.exe': 'System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  'diskshadow.exe': 'System32\\diskshadow.exe',
};

/** How a program ended that was let run. */
export type ToolEnd = 'Done' | 'Missing' | 'Stopped' | { readonly exit: string };

/** Runs a program to its end and gives what it printed. @throws EngineError SnapshotFailed with its last words */
export async function askTool(call: ToolCall, programs: ToolPrograms, timeoutMs: number): Promise<string> {
  const { file, args, options } = command(call, programs);
  // On Windows a shell would be asked for it, whose answer is that of any program.
  if (!existsSync(file)) throw toolFailed(failureText(call, 'Missing', ''));
  const result = await execa(file, args, { ...options, all: true, timeout: timeoutMs });
  if (!result.failed) return result.stdout;
  if (result.timedOut) throw toolFailed(`${call.program} was ended: it took too long`);
  throw toolFailed(failureText(call, endOf(result), result.all));
}

/**
 * Runs a program that writes to a file, so that what it says is kept though this process ends before it.
 * @param graceMs how long it may go on after `signal`: what it has half made is easier to find when it is whole
 */
export async function runTool(
  call: ToolCall,
  programs: ToolPrograms,
  { output, timeoutMs, graceMs }: { output: string; timeoutMs: number; graceMs: number },
  signal: AbortSignal,
): Promise<ToolEnd> {
  const { file, args, options } = command(call, programs);
  if (!existsSync(file)) return 'Missing';
  const target = createWriteStream(output, { flags: 'a' });
  // From then on the program can have the file itself, without this process between them.
  await once(target, 'open');
  const stop = new AbortController();
  const timers = [setTimeout(() => stop.abort(), timeoutMs)];
  const onAbort = (): void => void timers.push(setTimeout(() => stop.abort(), graceMs));
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    const result = await execa(file, args, {
      ...options,
      stdout: target,
      stderr: target,
      cancelSignal: stop.signal,
    });
    if (!result.failed) return 'Done';
    return result.isCanceled ? 'Stopped' : endOf(result);
  } finally {
    target.destroy();
    signal.removeEventListener('abort', onAbort);
    for (const timer of timers) clearTimeout(timer);
  }
}

export function toolFailed(why: string, hint?: string): EngineError {
  const message = `No shadow copy by the programs of Windows: ${why}.`;
  return new EngineError('SnapshotFailed', { message, ...(hint !== undefined && { hint }) });
}

/** @param said what the program printed */
export function failureText({ program }: ToolCall, end: Exclude<ToolEnd, 'Done'>, said: string): string {
  if (end === 'Missing') return `there is no ${program}`;
  if (end === 'Stopped') return `${program} was ended: it took too long`;
  const words = lastWords(said).replace(/\.$/, '');
  return `${program} ended with ${end.exit}${words === '' ? '' : `: ${words}`}`;
}

interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: { readonly reject: false; readonly stdin: 'ignore'; readonly windowsHide: true };
}

interface Ending {
  readonly code?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
}

function endOf({ code, exitCode, signal }: Ending): { exit: string } {
  return { exit: String(exitCode ?? signal ?? code) };
}

function command({ program, args }: ToolCall, programs: ToolPrograms): Command {
  const windows = process.env['SystemRoot'] ?? 'C:\\Windows';
  const [file = win32.join(windows, places[program]), ...first] = programs[program] ?? [];
  return { file, args: [...first, ...args], options: { reject: false, stdin: 'ignore', windowsHide: true } };
}
