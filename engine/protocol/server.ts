import type { Command } from '../commands/context.ts';
import type { CommandTable, MethodName } from '../commands/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { RequestId } from '../types/protocol.ts';
import { abbreviate } from '../text/show-value.ts';
import { toErrorObject } from './error-object.ts';
import type { Line } from './line-splitter.ts';
import type { IncomingMessage } from './message.ts';
import type { Output } from './output.ts';
import { parseLine } from './parse-line.ts';
import { idOf, readMessage } from './read-message.ts';
import { createRequestContext } from './request-context.ts';
import { RunningRequests } from './running-requests.ts';
import { validateParams } from './validate-params.ts';

type Incoming<Kind> = Extract<IncomingMessage, { kind: Kind }>;

/** Answers lines: requests run side by side, and nothing that comes in can end the engine. */
export class Server {
  readonly #commands: CommandTable;
  readonly #output: Output;
  readonly #running = new RunningRequests();
  readonly #shutdown: PromiseWithResolvers<void> = Promise.withResolvers();
  #isShuttingDown = false;
  #hasSession = false;

  constructor(commands: CommandTable, output: Output) {
    this.#commands = commands;
    this.#output = output;
  }

  /** Resolves when a client has asked the engine to end. */
  get shutdownRequested(): Promise<void> {
    return this.#shutdown.promise;
  }

  get isShuttingDown(): boolean {
    return this.#isShuttingDown;
  }

  /** A client that began with `initialize` stays; one that did not wrote what it wants and waits for the answers. */
  get hasSession(): boolean {
    return this.#hasSession;
  }

  get isIdle(): boolean {
    return this.#running.isEmpty;
  }

  /** Takes in a line; the answer comes when it is ready. */
  handle(line: Line): void {
    let value: unknown;
    try {
      value = parseLine(line);
      if (value === undefined) return;
      const message = readMessage(value);
      if (message.kind === 'request') this.#start(message);
      else this.#notice(message);
    } catch (error) {
      this.#fail(idOf(value), error);
    }
  }

  /** Makes all running requests end with this error, as soon as they can. */
  abortAll(reason: EngineError): void {
    this.#running.abortAll(reason);
  }

  /** Answers all running requests with this error at once, without waiting for them. */
  failAll(error: unknown): void {
    for (const id of this.#running.takeAll()) this.#fail(id, error);
  }

  /** Resolves when no request is running. */
  idle(): Promise<void> {
    return this.#running.idle();
  }

  #start({ id, method, params }: Incoming<'request'>): void {
    if (this.#isShuttingDown) throw new EngineError('InvalidRequest', { message: 'The engine is shutting down.' });
    if (this.#running.has(id)) {
      throw new EngineError('InvalidRequest', {
        message: `id is ${abbreviate(id)}, which a running request has already.`,
        details: { field: 'id' },
      });
    }
    const name = this.#methodName(method);
    const validated = validateParams(name, params);
    if (name === 'initialize') this.#hasSession = true;
    if (name === 'shutdown') this.#isShuttingDown = true;
    void this.#running.run(id, (signal) => this.#answer(id, name, validated, signal));
  }

  #methodName(method: string): MethodName {
    if (Object.hasOwn(this.#commands, method)) return method as MethodName;
    const hint = method === cancelRequest ? 'It is a notification: send it without id.' : undefined;
    throw new EngineError('MethodNotFound', {
      message: `The method ${abbreviate(method)} does not exist.`,
      hint,
      details: { field: 'method', methods: Object.keys(this.#commands) },
    });
  }

  async #answer(id: RequestId, name: MethodName, params: object, signal: AbortSignal): Promise<void> {
    const context = createRequestContext(id, signal, this.#output);
    try {
      signal.throwIfAborted();
      const { run } = (await this.#commands[name]()) as { run: Command<object, object> };
      signal.throwIfAborted();
      const result = await run(params, context);
      context.finish();
      if (this.#running.has(id)) this.#output.write({ jsonrpc: '2.0', id, result });
    } catch (error) {
      context.finish();
      // What fails because of the abort (an AbortError of Node.js, say) is the abort.
      const isAbort = signal.aborted && error instanceof Error && error.name === 'AbortError';
      if (this.#running.has(id)) this.#fail(id, isAbort ? signal.reason : error);
    }
    if (name === 'shutdown') this.#shutdown.resolve();
  }

  /** Notifications get no response, whatever is wrong with them: that goes to the log. */
  #notice({ method, params }: Incoming<'notification'>): void {
    try {
      if (method === cancelRequest) {
        const { id } = validateParams(cancelRequest, params) as { id: RequestId };
        this.#running.abort(id, new EngineError('Cancelled', { message: 'The request was cancelled.' }));
      } else if (!method.startsWith('$/')) {
        throw new Error(`the method ${abbreviate(method)} is not a notification; a request needs an id`);
      }
    } catch (error) {
      this.#output.write({
        jsonrpc: '2.0',
        method: 'log',
        params: { level: 'warn', message: `A notification was ignored: ${(error as Error).message}` },
      });
    }
  }

  #fail(id: RequestId | null, error: unknown): void {
    this.#output.write({ jsonrpc: '2.0', id, error: toErrorObject(error) });
  }
}

const cancelRequest = '$/cancelRequest';
