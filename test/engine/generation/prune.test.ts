import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupSet } from '../../support/backup-set.ts';
import { refusal, withEngine } from '../../support/backup-set.ts';
import { addDated } from '../../support/dated-generation.ts';
import { EngineProcess } from '../../support/engine-process.ts';
import { until, useFixture } from '../../support/fixture.ts';
import { expectNothingUnfinished, killedAt } from '../../support/interrupted.ts';
import { listTree } from '../../support/listing.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { buildMany, buildTree } from '../../support/tree-everything.ts';
import type { Generation, RemovalResult } from '../../support/wire.ts';

const DAY = 86_400_000;
const actions = (results: readonly RemovalResult[]): string[] => results.map(({ name, action }) => `${action} ${name}`);

describe('pruneGenerations', () => {
  const fixture = useFixture();

  /** Generations at noon UTC of the days before today, oldest first, and a real one of now. */
  async function daysOf(set: BackupSet, days: number): Promise<{ names: string[]; newest: Generation }> {
    const { generation: newest } = await set.run();
    const today = Math.floor(Date.now() / DAY) * DAY;
    const names: string[] = [];
    for (let day = days; day > 0; day--)
      names.push(addDated(set, newest, new Date(today - day * DAY + DAY / 2).toISOString()));
    return { names, newest };
  }

  it('removes what no rule keeps, and tells about every generation, oldest first', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const { names, newest } = await daysOf(set, 5);
    const before = frozen(newest.path);
    const { results, announced, errors, warnings } = await set.prune({ policy: { keepDaily: 3 } });
    expect(actions(results)).to.deep.equal([
      ...names.slice(0, 3).map((name) => `Remove ${name}`),
      ...names.slice(3).map((name) => `Keep ${name}`),
      `Keep ${newest.name}`,
    ]);
    for (const { reasons } of results) expect(reasons).not.to.be.empty;
    expect(results[0]?.reasons).to.deep.equal([`daily: ${names[0]?.slice(0, 10)} is older than the newest 3`]);
    expect([...errors, ...warnings]).to.deep.equal([]);
    expect(announced).to.deep.equal(results);
    expect(await set.names()).to.deep.equal([...names.slice(3), newest.name]);
    expectSameLines(frozen(newest.path), before, 'the newest');
    expectNothingUnfinished(set);
    const next = await set.run();
    expect(next.generation).to.include({ state: 'Complete', copiedFiles: 0, base: newest.name });
    expectMirror(source, set.at(next.generation, 'source'));
  });

  it('with whatIf changes nothing, and tells the same', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    await daysOf(set, 4);
    const before = [...listTree(set.path).keys()];
    const planned = await set.prune({ policy: { keepDaily: 2 }, whatIf: true });
    expect([...listTree(set.path).keys()]).to.deep.equal(before);
    const done = await set.prune({ policy: { keepDaily: 2 } });
    expect(actions(planned.results)).to.deep.equal(actions(done.results));
    expect(planned.results.map(({ reasons }) => reasons)).to.deep.equal(done.results.map(({ reasons }) => reasons));
    for (const { action, estimated } of planned.results) expect(estimated).to.equal(action === 'Remove' || undefined);
  });

  it('frees what it says, also what only the removed ones share, and estimates that', async () => {
    const { set, source } = fixture();
    buildMany(source, 2, 5, 50_000);
    const shared = (await set.run()).generation;
    const [first, second] = ['2025-01-01T12:00:00Z', '2025-01-02T12:00:00Z'].map((time) =>
      addDated(set, shared, time),
    ) as [string, string];
    rmSync(source, { recursive: true });
    buildTree(source, { small: 'x' });
    await set.run();
    await set.remove([shared.name]);
    const held = [
      ...new Map(
        [...listTree(join(set.path, first), { content: false }).values()].map((item) => [item.inode, item]),
      ).values(),
    ]
      .filter(({ type }) => type !== 'directory')
      .reduce((bytes, { blocks }) => bytes + blocks * 512, 0);
    expect(held).to.be.at.least(500_000);
    const planned = (await set.prune({ policy: { keepLast: 1 }, whatIf: true })).results;
    const done = (await set.prune({ policy: { keepLast: 1 } })).results;
    for (const results of [planned, done]) {
      const of = (name: string): number => results.find((result) => result.name === name)?.freedBytes ?? -1;
      expect(of(first), 'the second still holds them').to.be.below(held / 2);
      expect(of(second)).to.be.at.least(held);
      expect(of(first) + of(second)).to.be.below(held * 1.5);
    }
    expect(planned.map(({ freedBytes }) => freedBytes)).to.deep.equal(done.map(({ freedBytes }) => freedBytes));
  });

  it('keeps pinned ones, the newest and the newest Complete one, even with force', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const { names, newest } = await daysOf(set, 3);
    const partial = addDated(set, newest, newest.createdAt, { state: 'Partial', name: '2099-01-01T000000Z' });
    await set.pin([names[1] ?? ''], 'the good one');
    const { results } = await set.prune({ policy: { keepLast: 1 }, force: true });
    expect(results.map(({ name, action, reasons }) => [name, action, ...reasons])).to.deep.equal([
      [names[0], 'Remove', 'not in the last 1'],
      [names[1], 'Keep', 'pinned: the good one'],
      [names[2], 'Remove', 'not in the last 1'],
      [newest.name, 'Keep', 'the newest complete generation'],
      [partial, 'Keep', 'the newest generation', 'last 1 of 1'],
    ]);
  });

  it('leaves alone what has no manifest, or a damaged one, and warns', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const { names } = await daysOf(set, 2);
    buildTree(`${set.path}/2020-01-01T000000Z`, { mine: 'precious' });
    truncateSync(`${set.path}/.mirrorbackup/manifests/${names[0]}.manifest`, 100);
    const { results, warnings } = await set.prune({ policy: { keepLast: 1 } });
    expect(actions(results).slice(0, 3)).to.deep.equal([
      'Keep 2020-01-01T000000Z',
      `Keep ${names[0]}`,
      `Remove ${names[1]}`,
    ]);
    expect(warnings.map(({ id }) => id)).to.deep.equal(['ManifestNotFound', 'ManifestDamaged']);
    expect(readFileSync(`${set.path}/2020-01-01T000000Z/mine`, 'utf8')).to.equal('precious');
  });

  describe('refuses, and removes nothing,', () => {
    async function refused(options: Parameters<BackupSet['prune']>[0], id: string): Promise<void> {
      const { set } = fixture();
      const before = [...listTree(set.path).keys()];
      const { data, message } = await refusal(set.prune(options));
      expect(data.id, message).to.equal(id);
      expect(data.hint).to.match(/\.$/);
      expect([...listTree(set.path).keys()]).to.deep.equal(before);
    }

    beforeEach(async () => {
      const { set, source } = fixture();
      buildTree(source, { a: 'a' });
      await daysOf(set, 3);
    });

    it('a policy without rules', () => refused({ policy: {} }, 'PolicyEmpty'));
    it('a rule it does not know', () =>
      refused({ policy: { keepDaily: 1, keepDayly: 9 } as object }, 'InvalidParameter'));
    it('a count of 0', () => refused({ policy: { keepDaily: 0 } }, 'InvalidParameter'));
    it('a time of 0', () => refused({ policy: { keepWithin: 0 } }, 'InvalidParameter'));
    it('a time zone that is none', () => refused({ policy: { keepDaily: 1 }, timeZone: 'Moon' }, 'TimeZoneUnknown'));
    it('more removals than allowed', () => refused({ policy: { keepLast: 1 }, maximumRemovals: 2 }, 'TooManyRemovals'));
    it('that, with force, too', () =>
      refused({ policy: { keepLast: 1 }, maximumRemovals: 2, force: true }, 'TooManyRemovals'));

    it('a generation of the future, unless it is forced', async () => {
      const { set } = fixture();
      const [like] = (await set.list()).slice(-1);
      if (!like) throw new Error('none');
      addDated(set, like, new Date(Date.now() + DAY).toISOString());
      await refused({ policy: { keepLast: 1 } }, 'ClockNotTrusted');
      const { results } = await set.prune({ policy: { keepLast: 2 }, force: true });
      expect(results.filter(({ action }) => action === 'Remove')).to.have.lengthOf(3);
    });

    it('but with whatIf explains all the same, with the error after it', async () => {
      const { set } = fixture();
      const { results, errors } = await set.prune({ policy: { keepLast: 1 }, maximumRemovals: 2, whatIf: true });
      expect(results.filter(({ action }) => action === 'Remove')).to.have.lengthOf(3);
      expect(errors.map(({ id }) => id)).to.deep.equal(['TooManyRemovals']);
    });

    it('nothing where as many go as are allowed', async () => {
      const { set } = fixture();
      const { results } = await set.prune({ policy: { keepLast: 1 }, maximumRemovals: 3 });
      expect(results.filter(({ action }) => action === 'Remove')).to.have.lengthOf(3);
    });
  });

  describe('the time zone', () => {
    const settings = (set: BackupSet): string => `${set.path}/.mirrorbackup/set.json`;
    const read = (set: BackupSet): Record<string, unknown> =>
      JSON.parse(readFileSync(settings(set), 'utf8')) as Record<string, unknown>;

    it('of the machine is recorded with a new set', async () => {
      const { set, source, sandbox } = fixture();
      buildTree(source, { a: 'a' });
      const engine = new EngineProcess({ environment: { TZ: 'Asia/Kathmandu' } });
      try {
        const other = sandbox.path('other');
        await engine.request('createGeneration', { setPath: other, sources: [{ path: source }] });
        const { timeZone } = JSON.parse(readFileSync(`${other}/.mirrorbackup/set.json`, 'utf8')) as {
          timeZone: string;
        };
        // Either name, by the age of the tables.
        expect(timeZone).to.match(/^Asia\/Kath?mandu$/);
      } finally {
        await engine.close();
      }
      await set.run();
      expect(read(set)['timeZone']).to.equal(Intl.DateTimeFormat().resolvedOptions().timeZone);
    });

    it('is recorded in a set that has none, with all else as it was', async () => {
      const { set, source } = fixture();
      buildTree(source, { a: 'a' });
      await set.run();
      const { timeZone, ...rest } = read(set);
      writeFileSync(settings(set), JSON.stringify({ ...rest, other: 1 }));
      await set.prune({ policy: { keepLast: 1 }, whatIf: true });
      expect(read(set)).to.deep.equal({ ...rest, other: 1 });
      await set.prune({ policy: { keepLast: 1 } });
      expect(read(set)).to.deep.equal({ ...rest, other: 1, timeZone });
    });

    it('is that of the set, or the one that is asked for', async () => {
      const { set, source } = fixture();
      buildTree(source, { a: 'a' });
      const { newest } = await daysOf(set, 0);
      // 20 and 23 o'clock UTC are one day in UTC, and two in Berlin.
      const names = ['2025-01-01T20:00:00Z', '2025-01-01T23:00:00Z'].map((time) => addDated(set, newest, time));
      const removed = async (timeZone?: string): Promise<string[]> => {
        const options = { policy: { keepDaily: 9 }, whatIf: true, ...(timeZone !== undefined && { timeZone }) };
        const pruning = await set.prune(options);
        expect(pruning.timeZone).to.equal(timeZone ?? 'Europe/Berlin');
        return pruning.results.filter(({ action }) => action === 'Remove').map(({ name }) => name);
      };
      writeFileSync(settings(set), JSON.stringify({ ...read(set), timeZone: 'Europe/Berlin' }));
      expect(await removed()).to.deep.equal([]);
      expect(await removed('UTC')).to.deep.equal(names.slice(0, 1));
      expect(read(set)['timeZone']).to.equal('Europe/Berlin');
    });

    it('of the set that is none is an error that names the file', async () => {
      const { set, source } = fixture();
      buildTree(source, { a: 'a' });
      await set.run();
      writeFileSync(settings(set), JSON.stringify({ ...read(set), timeZone: 'Moon' }));
      const { data, message } = await refusal(set.prune({ policy: { keepLast: 1 } }));
      expect(data.id).to.equal('TimeZoneUnknown');
      expect(message).to.contain('set.json');
    });
  });

  it('is refused while a run is at work, and with whatIf keeps the base of that run', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildMany(source, 4, 5);
    const { newest } = await daysOf(set, 2);
    await withEngine({ through: straceCommand([{ calls: ['mkdirat'], delayBeforeMs: 250 }]) }, async (slow) => {
      await slow.request('initialize', {});
      const running = set.through(slow).run();
      await until(() => set.staged().length > 0);
      const planned = await set.prune({ policy: { keepLast: 1 }, whatIf: true });
      expect((await refusal(set.prune({ policy: { keepLast: 1 } }))).data.id).to.equal('SetBusy');
      expect((await refusal(set.pin([newest.name]))).data.id).to.equal('SetBusy');
      expect(planned.results.at(-1)).to.include({ name: newest.name, action: 'Keep' });
      expect((await running).generation.base).to.equal(newest.name);
    });
  });

  it('that is killed leaves whole generations only, and is finished by the next @slow', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildMany(source, 3, 10);
    const { names, newest } = await daysOf(set, 4);
    await set.pin([names[0] ?? '']);
    const before = new Map([...names, newest.name].map((name) => [name, frozen(join(set.path, name))]));
    const policy = { keepLast: 1 };
    expect(await killedAt('unlinkat', 40, (other) => other.prune({ policy }), set)).to.equal(true);
    const left = await set.names();
    expect(left).to.include.members([names[0], newest.name]);
    for (const name of left) expectSameLines(frozen(join(set.path, name)), before.get(name) ?? [], name);
    await set.prune({ policy });
    expect(await set.names()).to.deep.equal([names[0], newest.name]);
    expect(readdirSync(`${set.path}/.mirrorbackup/trash`)).to.deep.equal([]);
    expect(existsSync(newest.path)).to.equal(true);
    expectNothingUnfinished(set);
  });
});
