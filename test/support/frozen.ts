import { mkdirSync } from 'node:fs';
import type { Context } from 'mocha';
import { BackupSet } from './backup-set.ts';
import { BtrfsDisk } from './btrfs.ts';
import { EngineProcess } from './engine-process.ts';
import type { EngineOptions } from './engine-process.ts';
import { requires } from './requires.ts';
import { useSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

export interface Frozen {
  sandbox: Sandbox;
  disk: BtrfsDisk;
  /** A set outside the disk. */
  setOf(...sources: string[]): BackupSet;
  /** An engine of its own, which ends with the test. */
  start(options?: EngineOptions): EngineProcess;
}

/** Mocha hooks: a btrfs disk per test, and engines that know its journal only. */
export function useFrozen(): (context: Context) => Frozen {
  const sandbox = useSandbox();
  let engines: EngineProcess[] = [];
  afterEach(async () => {
    await Promise.all(engines.map((engine) => engine.close()));
    engines = [];
  });
  return (context) => {
    requires(context, 'image:btrfs', 'tool:btrfs');
    const disk = new BtrfsDisk(sandbox());
    const start = (options: EngineOptions = {}): EngineProcess => {
      const engine = new EngineProcess({ ...options, environment: { ...disk.environment, ...options.environment } });
      engines.push(engine);
      return engine;
    };
    let main: EngineProcess | undefined;
    const setOf = (...sources: string[]): BackupSet => {
      mkdirSync(sandbox().path('set'), { recursive: true });
      return new BackupSet((main ??= start()), sandbox().path('set'), ...sources);
    };
    return { sandbox: sandbox(), disk, setOf, start };
  };
}
