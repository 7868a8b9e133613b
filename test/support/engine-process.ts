import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { conformanceErrors } from './protocol-conformance.ts';
import { EngineError } from './wire.ts';
import type { ErrorData } from './wire.ts';

export interface Note {
  method: string;
  params: Record<string, unknown>;
}

interface Pending {
  method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Incoming {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: unknown;
  error?: { code: number; message: string; data?: ErrorData };
}

export interface EngineOptions {
  /** Run the engine through this command: strace, setpriv, prlimit … */
  through?: string[];
  environment?: Record<string, string>;
}

/** Where the engine starts: `MIRRORBACKUP_ENGINE`, else the built module, else the sources. */
export function engineEntry(): string {
  const named = process.env['MIRRORBACKUP_ENGINE'];
  if (named !== undefined) return named;
  const built = fileURLToPath(new URL('../../module/MirrorBackup/engine/main.mjs', import.meta.url));
  return existsSync(built) ? built : fileURLToPath(new URL('../../engine/main.ts', import.meta.url));
}

/**
 * One engine process driven by JSON lines, small enough to be wrapped in strace or killed at any moment, which is what
 * the fault tests are about. `exited` settles however the process ends.
 */
export class EngineProcess {
  readonly process: ChildProcess;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  notes: Note[] = [];
  stderr = '';
  onNote: (note: Note) => void = () => undefined;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;

  constructor(options: EngineOptions = {}) {
    const [file = process.execPath, ...args] = [...(options.through ?? []), process.execPath, engineEntry()];
    const env = { ...process.env, UV_USE_IO_URING: '0', NODE_NO_WARNINGS: '1', ...options.environment };
    this.process = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'], env });
    this.process.stdin?.on('error', () => undefined);
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    if (this.process.stdout) createInterface({ input: this.process.stdout }).on('line', (line) => this.receive(line));
    this.exited = new Promise((resolve) => {
      this.process.once('error', () => resolve({ code: 127, signal: null }));
      this.process.once('close', (code, signal) => resolve({ code, signal }));
    });
    void this.exited.then(({ code, signal }) => this.failPending(`engine ended (${code ?? signal}) ${this.stderr}`));
  }

  /** The id of the request and its answer, so that a request can be cancelled. */
  start<T>(method: string, params: object): { id: number; answer: Promise<T> } {
    const id = ++this.lastId;
    const answer = new Promise<T>((resolve, reject) => {
      this.pending.set(id, { method, resolve: (result) => resolve(result as T), reject });
    });
    this.process.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return { id, answer };
  }

  request<T>(method: string, params: object): Promise<T> {
    return this.start<T>(method, params).answer;
  }

  notify(method: string, params: object): void {
    this.process.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', method, params })}\n`);
  }

  /** The notifications of a request, which are not kept any longer: a suite may make thousands of runs. */
  take(requestId: number): Note[] {
    const taken = this.notes.filter((note) => note.params['requestId'] === requestId);
    this.notes = this.notes.filter((note) => note.params['requestId'] !== requestId);
    return taken;
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  async close(): Promise<void> {
    this.process.stdin?.end();
    const late = setTimeout(() => this.kill(), 10_000);
    await this.exited;
    clearTimeout(late);
  }

  private receive(line: string): void {
    const message = parse(line);
    // A killed engine leaves half a line.
    if (message === undefined) return this.failPending(`not JSON: ${line}`);
    const wrong = conformanceErrors(message, this.pending.get(message.id ?? -1)?.method);
    if (wrong !== undefined) return this.failPending(`the schema does not allow this: ${wrong}\n${line}`);
    if (message.method !== undefined) {
      const note = { method: message.method, params: message.params ?? {} };
      this.notes.push(note);
      this.onNote(note);
      return;
    }
    const waiting = this.pending.get(message.id ?? -1);
    if (waiting === undefined) return;
    this.pending.delete(message.id ?? -1);
    if (message.error) waiting.reject(new EngineError(message.error));
    else waiting.resolve(message.result);
  }

  private failPending(reason: string): void {
    for (const waiting of this.pending.values()) waiting.reject(new Error(reason.trim()));
    this.pending.clear();
  }
}

function parse(line: string): Incoming | undefined {
  try {
    return JSON.parse(line) as Incoming;
  } catch {
    return undefined;
  }
}
