import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { engineEntry } from './engine-process.ts';
import { conformanceErrors } from './protocol-conformance.ts';

/** A line from the engine. */
export interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: string | number | null;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: {
    readonly code: number;
    readonly message: string;
    readonly data: { readonly id: string; readonly hint?: string; readonly details?: Record<string, unknown> };
  };
}

/** How the process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface EngineClientOptions {
  /** Another program that speaks the protocol. Default: the engine. */
  readonly entry?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * An engine process as the protocol's tests see it: whatever bytes go in, and every line that comes out checked against
 * the schema. Tests of commands use `EngineProcess`.
 */
export class EngineClient {
  readonly process: ChildProcessWithoutNullStreams;
  readonly messages: Message[] = [];
  readonly exited: Promise<Exit>;
  stderr = '';
  readonly #methods = new Map<string | number, string>();
  #waiters: (() => void)[] = [];
  #hasEnded = false;
  #lastId = 0;

  constructor(options: EngineClientOptions = {}) {
    this.process = spawn(process.execPath, [options.entry ?? engineEntry()], {
      env: { ...process.env, ...options.environment },
    });
    this.process.stdin.on('error', () => undefined);
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    createInterface({ input: this.process.stdout }).on('line', (line) => this.#receive(line));
    this.exited = new Promise((resolve, reject) => {
      this.process.on('error', reject);
      this.process.on('close', (code, signal) => {
        this.#hasEnded = true;
        this.#wake();
        resolve({ code, signal });
      });
    });
  }

  /** Sends bytes or text as they are. */
  write(data: string | Uint8Array): void {
    this.process.stdin.write(data);
  }

  /** Sends a request and returns its id. */
  start(method: string, params?: unknown, id: string | number = ++this.#lastId): string | number {
    this.#methods.set(id, method);
    this.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return id;
  }

  /** Sends a request and waits for its response, be it a result or an error. */
  request(method: string, params?: unknown, id?: string | number): Promise<Message> {
    return this.response(this.start(method, params, id));
  }

  notify(method: string, params?: unknown): void {
    this.write(`${JSON.stringify({ jsonrpc: '2.0', method, params })}\n`);
  }

  response(id: string | number | null): Promise<Message> {
    return this.find((message) => message.method === undefined && message.id === id);
  }

  notification(method: string): Promise<Message> {
    return this.find((message) => message.method === method);
  }

  /** The first message that matches, come or to come; rejects if the engine ends before. */
  async find(predicate: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.messages.find(predicate);
      if (found !== undefined) return found;
      if (this.#hasEnded) throw new Error(`The engine has ended. ${this.stderr}`);
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  /** Ends the input and waits for the engine to end. */
  close(): Promise<Exit> {
    this.process.stdin.end();
    return this.exited;
  }

  #receive(line: string): void {
    const message = JSON.parse(line) as Message;
    this.messages.push(message);
    const errors = conformanceErrors(message, this.#methods.get(message.id ?? ''));
    if (errors !== undefined) throw new Error(`The engine sent what the schema does not allow: ${errors}\n${line}`);
    this.#wake();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}

/** Mocha hooks: an engine per test, which is gone after it. */
export function useEngineClient(options: EngineClientOptions = {}): () => EngineClient {
  let client: EngineClient | undefined;
  beforeEach(() => {
    client = new EngineClient(options);
  });
  afterEach(async () => {
    client?.process.kill('SIGKILL');
    await client?.exited;
  });
  return () => {
    if (client === undefined) throw new Error('the engine exists only while a test runs');
    return client;
  };
}
