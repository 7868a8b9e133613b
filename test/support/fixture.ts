import { mkdirSync } from 'node:fs';
import { BackupSet, useEngine } from './backup-set.ts';
import type { EngineOptions, EngineProcess } from './engine-process.ts';
import { useSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

/** What nearly every test starts from: one source (not made yet) and one empty set, below a sandbox. */
export interface Fixture {
  sandbox: Sandbox;
  source: string;
  set: BackupSet;
  engine: EngineProcess;
}

/** Mocha hooks for a suite whose tests share an engine, and have a sandbox each. */
export function useFixture(options: EngineOptions & { room?: 'usual' | 'big' } = {}): () => Fixture {
  const sandbox = useSandbox(options.room);
  const engine = useEngine(options);
  let set: BackupSet | undefined;
  beforeEach(() => {
    const path = sandbox().path('set');
    mkdirSync(path);
    set = new BackupSet(engine(), path, sandbox().path('source'));
  });
  return () => {
    if (set === undefined) throw new Error('the fixture exists only while a test runs');
    return { sandbox: sandbox(), source: sandbox().path('source'), set, engine: set.engine };
  };
}

/** Resolves as soon as something is so; tests that wait for a moment inside a run use it instead of a clock. */
export async function until(isSo: () => boolean, seconds = 10): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(0.01)) if (isSo()) return;
  throw new Error(`not so after ${seconds} s: ${String(isSo)}`);
}

/** Resolves after `seconds`: for tests about clocks, which nothing else can wait for. */
export function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
