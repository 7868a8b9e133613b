import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { root, windowsNode, winePrefix } from './places.ts';

export interface WineOptions {
  /** A folder of this machine; the checkout unless given. */
  cwd?: string;
  /** Variables beside those of this process. */
  env?: Record<string, string>;
  /** A file that becomes standard input; nothing unless given. */
  input?: string;
  /** Hears output as it comes. Nothing is heard of the last half of a character. */
  onOutput?: (chunk: Buffer, stream: 'stdout' | 'stderr') => void;
  /** The program is ended when it has said nothing for so long. */
  silenceLimitMs?: number;
}

export interface WineResult {
  /** As Windows gave it; 128 and more where a signal ended Wine. */
  exitCode: number;
  stdout: string;
  stderr: string;
}

const POLL_MS = 100;
const KILLED = 137;

/** Runs Node.js for Windows under Wine. */
export function runWindowsNode(args: string[], options: WineOptions = {}): Promise<WineResult> {
  return runWindowsProgram(windowsNode, args, options);
}

/**
 * Runs a Windows program under Wine. Its streams are files, which are read while it writes them: libuv cannot use the
 * pipes of this side, and ends Node.js with EBADF.
 */
export async function runWindowsProgram(
  program: string,
  args: string[],
  { cwd = root, env = {}, input = '/dev/null', onOutput, silenceLimitMs }: WineOptions = {},
): Promise<WineResult> {
  const folder = mkdtempSync(join(tmpdir(), 'mirrorbackup-wine-'));
  const streams = (['stdout', 'stderr'] as const).map((name) => new Tail(join(folder, name), name));
  const stdin = openSync(input, 'r');
  try {
    const child = spawn(wineCommand(), [program, ...args], {
      cwd,
      stdio: [stdin, ...streams.map((stream) => stream.target)],
      env: wineEnvironment(env),
    });
    let heardAt = Date.now();
    const poll = (): void => {
      const heard = streams.map((stream) => stream.read(onOutput)).some((bytes) => bytes > 0);
      if (heard) heardAt = Date.now();
      else if (silenceLimitMs !== undefined && Date.now() - heardAt > silenceLimitMs) child.kill('SIGKILL');
    };
    const timer = setInterval(poll, POLL_MS);
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? KILLED));
    }).finally(() => clearInterval(timer));
    poll();
    return { exitCode, stdout: streams[0]?.text ?? '', stderr: streams[1]?.text ?? '' };
  } finally {
    closeSync(stdin);
    for (const stream of streams) stream.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a program of Wine needs to know of its surroundings. */
export function wineEnvironment(env: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { DISPLAY: _display, ...own } = process.env;
  return {
    ...own,
    WINEPREFIX: winePrefix,
    WINEARCH: 'win64',
    // Wine's own messages are of no interest. A program that crashes has to end: the debugger would make a success of it.
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'winedbg.exe=',
    // .NET's garbage collector dies there of pages that it maps twice.
    DOTNET_EnableWriteXorExecute: '0',
    // Tests ask for it: some things are Wine's alone.
    MIRRORBACKUP_TEST_ON_WINE: '1',
    // The Windows PATH starts with it.
    WINEPATH: windowsPath(dirname(windowsNode)),
    ...env,
  };
}

/** The name Windows programs under Wine know a path of this machine by. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/** Debian's `wine` is a script that complains about a missing 32-bit half; the loader itself does not. */
export function wineCommand(): string {
  const folders = ['/usr/lib/wine', ...(process.env['PATH'] ?? '').split(delimiter)];
  const candidates = [...folders.map((folder) => join(folder, 'wine64')), 'wine'];
  return candidates.find((path) => existsSync(path)) ?? 'wine';
}

/** A file that one process writes and this one reads. */
class Tail {
  readonly target: number;
  readonly #name: 'stdout' | 'stderr';
  readonly #source: number;
  readonly #chunks: Buffer[] = [];

  constructor(path: string, name: 'stdout' | 'stderr') {
    this.#name = name;
    // Two streams of one program must not write over each other.
    this.target = openSync(path, 'a');
    this.#source = openSync(path, 'r');
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString();
  }

  read(onOutput: WineOptions['onOutput']): number {
    let bytes = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(1 << 16);
      const read = readSync(this.#source, chunk);
      if (read === 0) return bytes;
      bytes += read;
      this.#chunks.push(chunk.subarray(0, read));
      onOutput?.(chunk.subarray(0, read), this.#name);
    }
  }

  close(): void {
    closeSync(this.target);
    closeSync(this.#source);
  }
}
