import { beforeExit } from '../startup/before-exit.ts';
import { commands, type MethodName } from './index.ts';

/** Methods that work on several threads: these start while the command is being loaded. */
const THREADED: readonly MethodName[] = [
  'createGeneration',
  'importGeneration',
  'removeGenerations',
  'pruneGenerations',
  'testGenerations',
];

/** Loads what a method needs before it is called. A method that does not exist is no error: it is only a hint. */
export function prepare(method: string): void {
  const name = Object.keys(commands).find((known): known is MethodName => known === method);
  if (name === undefined) return;
  if (THREADED.includes(name)) void startThreads();
  // Whoever calls it is told what is wrong.
  commands[name]().catch(() => undefined);
}

async function startThreads(): Promise<void> {
  const { startThreadsAhead, endSpareThreads } = await import('../run/worker-pool.ts');
  beforeExit(endSpareThreads);
  startThreadsAhead();
}
