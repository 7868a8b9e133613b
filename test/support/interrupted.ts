import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { BackupSet, Run } from './backup-set.ts';
import { withEngine } from './backup-set.ts';
import { expectMirror, expectSameLines, frozen } from './oracle-mirror.ts';
import { straceCommand, straceLogCommand } from './strace.ts';
import type { BackupOptions } from './wire.ts';
import { EngineError } from './wire.ts';

/** Runs a request in an engine that is killed at the k-th of these calls: false when it ended before. */
export async function killedAt(
  call: string,
  k: number,
  request: (set: BackupSet) => Promise<unknown>,
  set: BackupSet,
): Promise<boolean> {
  const through = straceCommand([{ calls: [call], signal: 'KILL', when: String(k) }]);
  return withEngine({ through }, async (engine) => {
    try {
      await request(set.through(engine));
      return false;
    } catch (error) {
      if (error instanceof EngineError) throw error;
      return true;
    }
  });
}

/** How often each of the calls is made by a request that is not disturbed. */
export async function countCalls(
  calls: string[],
  log: string,
  set: BackupSet,
  options: BackupOptions = {},
): Promise<Map<string, number>> {
  await withEngine({ through: straceLogCommand(calls, log) }, (engine) => set.through(engine).run(options));
  const counts = new Map<string, number>();
  for (const [, call = ''] of readFileSync(log, 'latin1').matchAll(/^\d+ +(\w+)\(/gmu)) {
    counts.set(call, (counts.get(call) ?? 0) + 1);
  }
  return counts;
}

/** What is known to be good, so that nothing may change it. */
export class KnownGood {
  private readonly listings = new Map<string, string[]>();
  private readonly set: BackupSet;

  constructor(set: BackupSet) {
    this.set = set;
  }

  add(name: string): this {
    this.listings.set(name, frozen(`${this.set.path}/${name}`));
    return this;
  }

  forget(name: string): void {
    this.listings.delete(name);
  }

  /** The generations that are listed now: all known ones, unchanged, and at most so many new that mirror the source. */
  async expectIntact(most = 1): Promise<void> {
    const names = await this.set.names();
    expect(names).to.include.members([...this.listings.keys()]);
    for (const [name, listing] of this.listings) expectSameLines(frozen(`${this.set.path}/${name}`), listing, name);
    const extra = names.filter((name) => !this.listings.has(name));
    expect(extra.length, `new: ${extra.join()}`).to.be.at.most(most);
    for (const name of extra) {
      this.expectWhole(name);
      this.add(name);
    }
  }

  expectWhole(name: string): void {
    for (const source of this.set.sources) {
      expectMirror(source.path, `${this.set.path}/${name}/${source.name ?? basename(source.path)}`);
    }
  }
}

/** After whatever happened: what is listed is whole, and the next run is Complete and leaves nothing unfinished. */
export async function expectRecovery(set: BackupSet, known: KnownGood, options: BackupOptions = {}): Promise<Run> {
  await known.expectIntact();
  const run = await set.run(options);
  expect(run.generation.state).to.equal('Complete');
  expect(run.errors).to.deep.equal([]);
  // One may have been whole but for its last step, and is committed now.
  await known.expectIntact(2);
  expectNothingUnfinished(set);
  return run;
}

/** Staging, trash and journal are empty, or not there; the set holds generations, and nothing anybody forgot. */
export function expectNothingUnfinished(set: BackupSet): void {
  const strange = entries(set.path).filter(
    (name) => !/^(\d{4}-\d\d-\d\dT\d{6}Z|latest|\.mirrorbackup|lost\+found)$/u.test(name),
  );
  expect(strange, 'left behind').to.deep.equal([]);
  for (const folder of ['staging', 'trash', 'journal']) {
    expect(entries(`${set.path}/.mirrorbackup/${folder}`), folder).to.deep.equal([]);
  }
}

function entries(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
