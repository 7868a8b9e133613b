import { ReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandTable } from '../commands/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { LineSplitter } from './line-splitter.ts';
import { Output } from './output.ts';
import { Server } from './server.ts';

/** How long cancelled requests may take to clean up before the engine ends without them. */
const stopTimeout = 30_000;
/** How long a reader that has ended the input may take to read the rest. */
const flushTimeout = 10_000;
/**
 * Input of a pipe without a session that ends this soon after its last line was there all at once:
 * `printf … | node main.mjs`. It is generous, because a loaded machine may notice the end late.
 */
const pipedInput = 5_000;

/** Why the engine ends. `Drain`: the running requests may end by themselves. */
type Stop = { readonly kind: 'Drain' } | { readonly kind: 'Abort'; readonly message: string };

/** Speaks the protocol on standard input and output until there is a reason to end; returns the exit code. */
export async function serve(commands: CommandTable): Promise<number> {
  // Nobody may read the log.
  process.stderr.on('error', () => undefined);
  const output = new Output(process.stdout);
  const server = new Server(commands, output);
  const crash = crashed();
  const abort = Promise.race([
    terminated(),
    output.closed.then((): Stop => ({ kind: 'Abort', message: 'The reader of the output has gone.' })),
  ]);
  const stop = await Promise.race([
    readInput(server),
    abort,
    server.shutdownRequested.then((): Stop => ({ kind: 'Drain' })),
    crash,
  ]);
  const exitCode = await end(server, stop, abort, crash);
  // Whoever pages through the answers may take all day; whoever is being stopped may not.
  await Promise.race([output.flushed(), stop.kind === 'Drain' ? abort : delay(flushTimeout)]);
  return exitCode;
}

/** Waits for the running requests; returns the exit code. */
async function end(server: Server, stop: Stop | Crash, abort: Promise<Stop>, crash: Promise<Crash>): Promise<number> {
  if (stop.kind === 'Drain') {
    const next = await Promise.race([server.idle(), abort, crash]);
    return next === undefined ? 0 : end(server, next, abort, crash);
  }
  if (stop.kind === 'Crash') {
    server.failAll(stop.error);
    console.error(stop.error);
    return 1;
  }
  server.abortAll(new EngineError('Cancelled', { message: stop.message }));
  const next = await Promise.race([server.idle(), crash, delay(stopTimeout, 'timeout' as const)]);
  if (next === undefined) return 0;
  if (next !== 'timeout') return end(server, next, abort, crash);
  console.error(`Requests were still running ${stopTimeout / 1000} s after they were cancelled.`);
  return 1;
}

/** Hands every line to the server; resolves when the input has ended. */
function readInput(server: Server): Promise<Stop> {
  const splitter = new LineSplitter();
  // Behind a file there is no client that could go away; Node.js reads it by this class.
  const isFile = (process.stdin as Readable) instanceof ReadStream;
  let lastLineAt = -Infinity;
  const take = (lines: ReturnType<LineSplitter['push']>): void => {
    if (lines.length > 0) lastLineAt = performance.now();
    for (const line of lines) server.handle(line);
  };
  const { promise, resolve } = Promise.withResolvers<Stop>();
  const finish = (): void => {
    const isPiped = !server.hasSession && (isFile || performance.now() - lastLineAt < pipedInput);
    const isDrain = server.isShuttingDown || server.isIdle || isPiped;
    take(splitter.end());
    resolve(isDrain ? { kind: 'Drain' } : { kind: 'Abort', message: 'The input has ended.' });
  };
  process.stdin.on('data', (chunk: Buffer) => take(splitter.push(chunk)));
  process.stdin.on('end', finish);
  process.stdin.on('error', finish);
  process.stdin.on('close', finish);
  return promise;
}

/**
 * Ctrl+C goes to every process of the console: whether to stop is for the client to decide, and it has the protocol to
 * say so. SIGTERM and SIGHUP (on Windows: the console is being closed) are meant for us.
 */
function terminated(): Promise<Stop> {
  // SIGBREAK is Ctrl+Break on Windows, and no signal elsewhere.
  for (const signal of ['SIGINT', 'SIGBREAK']) process.on(signal, () => undefined);
  const { promise, resolve } = Promise.withResolvers<Stop>();
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => resolve({ kind: 'Abort', message: `The engine was told to end (${signal}).` }));
  }
  return promise;
}

interface Crash {
  readonly kind: 'Crash';
  readonly error: unknown;
}

/** After an exception that nobody caught nothing is certain: answer what is running, and end. */
function crashed(): Promise<Crash> {
  const { promise, resolve } = Promise.withResolvers<Crash>();
  process.on('uncaughtException', (error) => resolve({ kind: 'Crash', error }));
  return promise;
}
