import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { accountFor } from './timed.mjs';

const builtEntry = fileURLToPath(new URL('../../module/MirrorBackup/engine/main.mjs', import.meta.url));

/** An engine that is spoken to with lines of JSON, as docs/protocol.md describes. */
export class Engine {
  #bench;
  #child;
  #account;
  #pending = new Map();
  #closed;
  #errors = '';
  #lastId = 0;

  /** @param [entry] the main.mjs of another engine than that of the checkout */
  constructor(bench, entry = builtEntry) {
    this.#bench = bench;
    this.#account = accountFor(bench, [process.execPath, entry]);
    const [file, ...args] = this.#account.command;
    this.#child = spawn(file, args, { signal: bench.signal });
    this.#child.on('error', (error) => this.#fail(error));
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.setEncoding('utf8').on('data', (text) => (this.#errors += text));
    this.#closed = once(this.#child, 'close').catch(() => undefined);
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#receive(JSON.parse(line)));
    this.#child.on('close', () => this.#fail(new Error(`The engine has ended. ${this.#errors}`)));
  }

  /** The result of a request; throws where the engine answers with an error. */
  request(method, params) {
    const id = ++this.#lastId;
    this.#child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  /** Ends the engine; returns what its whole life cost. */
  async close() {
    this.#child.stdin.end();
    await this.#closed;
    this.#bench.signal.throwIfAborted();
    return this.#account.read();
  }

  #receive({ id, result, error }) {
    const waiting = this.#pending.get(id);
    if (waiting === undefined) return;
    this.#pending.delete(id);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(`The engine: ${error.message}`));
  }

  #fail(error) {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

/** One request to an engine of its own: its result, and what that engine cost from its start to its end. */
export async function ask(bench, method, params) {
  const engine = new Engine(bench);
  try {
    const result = await engine.request(method, params);
    return { result, sample: await engine.close() };
  } catch (error) {
    await engine.close().catch(() => undefined);
    throw error;
  }
}

/** A generation of one source, and what it cost. All of its files must be in it. */
export async function createGeneration(bench, setPath, source) {
  const { result, sample } = await ask(bench, 'createGeneration', { setPath, sources: [{ path: source }] });
  if (result.state !== 'Complete') throw new Error(`The generation ${result.path} is ${result.state}.`);
  return { generation: result, sample };
}

export async function removeGeneration(bench, setPath, name) {
  const { result, sample } = await ask(bench, 'removeGenerations', { setPath, names: [name], force: true });
  if (result.results[0].action !== 'Remove') throw new Error(`The generation ${name} was not removed.`);
  return sample;
}
