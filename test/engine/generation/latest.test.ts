import { expect } from 'chai';
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { withEngine } from '../../support/backup-set.ts';
import { addDated } from '../../support/dated-generation.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectNothingUnfinished, killedAt } from '../../support/interrupted.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { notUnderWine, requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { buildTree } from '../../support/tree-everything.ts';
import type { Warning } from '../../support/wire.ts';

describe('latest', () => {
  const fixture = useFixture();
  beforeEach(function () {
    notUnderWine(this, 'it makes no junctions');
  });

  const latest = (): string => `${fixture().set.path}/latest`;
  const target = (): string => readlinkSync(latest());
  const isAbsent = (): boolean => lstatSync(latest(), { throwIfNoEntry: false }) === undefined;
  const problems = (warnings: Warning[]): Warning[] => warnings.filter(({ id }) => id === 'LatestNotUpdated');

  /** Puts something else in its place. */
  function replace(make: (path: string) => void): void {
    rmSync(latest());
    make(latest());
  }

  /** So many complete generations, oldest first. */
  async function runs(count: number): Promise<string[]> {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const names: string[] = [];
    for (let run = 0; run < count; run++) names.push((await set.run()).generation.name);
    return names;
  }

  it('is a relative symlink to the newest complete generation', async () => {
    const { set, source } = fixture();
    for (let run = 0; run < 2; run++) {
      const [name] = await runs(1);
      expect(target()).to.equal(name);
      expectMirror(source, `${realpathSync(`${set.path}/latest`)}/source`);
    }
  });

  describe('of a set with a newer generation that is Partial', () => {
    /** Complete, then Partial, which is the newest. */
    async function withPartial(): Promise<{ complete: string; partial: string }> {
      const [complete = ''] = await runs(1);
      const { set } = fixture();
      const [generation] = await set.list();
      if (generation === undefined) throw new Error('the set is empty');
      const partial = addDated(set, generation, generation.createdAt, { state: 'Partial', name: '2099-01-01T000000Z' });
      return { complete, partial };
    }

    it('is that before it, also when it was set to the other', async () => {
      const { complete, partial } = await withPartial();
      replace((path) => symlinkSync(partial, path));
      await fixture().set.prune({ policy: { keepLast: 5 }, force: true });
      expect(target()).to.equal(complete);
    });

    it('is gone when only that is left', async () => {
      const { complete, partial } = await withPartial();
      const { set } = fixture();
      await set.remove([complete], { force: true });
      expect(await set.names()).to.deep.equal([partial]);
      expect(isAbsent()).to.equal(true);
    });
  });

  it('is not moved by a run that left something out', async function () {
    requires(this, 'root', 'tool:strace');
    const [first] = await runs(1);
    const { set, source } = fixture();
    writeFileSync(`${source}/new`, 'new');
    const through = straceCommand([{ calls: ['openat'], error: 'EACCES' }], ['new']);
    const { generation } = await withEngine({ through }, (engine) => set.through(engine).run());
    expect(generation.state).to.equal('Partial');
    expect(target()).to.equal(first);
  });

  it('goes back when the newest one is removed', async () => {
    const [first, second = ''] = await runs(2);
    await fixture().set.remove([second], { force: true });
    expect(target()).to.equal(first);
  });

  it('stays when others are removed, by name or by a policy', async () => {
    const [first = '', , , fourth] = await runs(4);
    const { set } = fixture();
    await set.remove([first]);
    expect(target()).to.equal(fourth);
    await set.prune({ policy: { keepLast: 1 } });
    expect(await set.names()).to.deep.equal([fourth]);
    expect(target()).to.equal(fourth);
  });

  it('is gone when no generation is left', async () => {
    const [only = ''] = await runs(1);
    await fixture().set.remove([only], { force: true });
    expect(isAbsent()).to.equal(true);
  });

  describe('after a kill', () => {
    for (const command of ['removal', 'policy', 'run that skips'] as const) {
      it(`between the commit and the link, is set by the next ${command}`, async function () {
        requires(this, 'root', 'tool:strace');
        await runs(2);
        const { set } = fixture();
        expect(await killedAt('symlink', 1, (other) => other.run(), set)).to.equal(true);
        const names = await set.names();
        expect(names, 'it was committed').to.have.length(3);
        expect(target(), 'the kill came too late').to.equal(names[1]);
        if (command === 'removal') await set.remove([names[0] ?? '']);
        else if (command === 'policy') await set.prune({ policy: { keepLast: 9 } });
        else await set.run({ skipUnchanged: true });
        expect(target()).to.equal(names[2]);
      });
    }

    it('between a removal and the link, is set by the next command', async function () {
      requires(this, 'root', 'tool:strace');
      const [first, second, third = ''] = await runs(3);
      const { set } = fixture();
      expect(await killedAt('symlink', 1, (other) => other.remove([third], { force: true }), set)).to.equal(true);
      expect(await set.names()).to.deep.equal([first, second]);
      expect(target(), 'the kill came too late').to.equal(third);
      await set.prune({ policy: { keepLast: 9 } });
      expect(target()).to.equal(second);
    });
  });

  describe('that leads elsewhere is replaced, never followed', () => {
    for (const [what, make] of [
      ['to a folder of others', () => fixture().sandbox.path('elsewhere')],
      ['nowhere', () => '1999-01-01T000000Z'],
      ['to itself', () => 'latest'],
    ] as const) {
      it(what, async () => {
        const [first, second = ''] = await runs(2);
        const { set, sandbox } = fixture();
        mkdirSync(sandbox.path('elsewhere'));
        writeFileSync(sandbox.path('elsewhere/mine'), 'mine');
        replace((path) => symlinkSync(make(), path));
        await set.remove([second], { force: true });
        expect(target()).to.equal(first);
        replace((path) => symlinkSync(make(), path));
        const { generation } = await set.run();
        expect(target()).to.equal(generation.name);
        expect(readFileSync(sandbox.path('elsewhere/mine'), 'utf8')).to.equal('mine');
      });
    }

    it('but left where it is while there is no complete generation', async () => {
      const [only = ''] = await runs(1);
      const { set, sandbox } = fixture();
      replace((path) => symlinkSync(sandbox.path('elsewhere'), path));
      // The command sets it right before it removes: what is left then is that of somebody else.
      await set.remove([only], { force: true });
      expect(isAbsent()).to.equal(true);
      symlinkSync(sandbox.path('elsewhere'), latest());
      await set.prune({ policy: { keepLast: 1 } });
      expect(target()).to.equal(sandbox.path('elsewhere'));
    });
  });

  describe('that is no link but the user’s own', () => {
    for (const kind of ['folder', 'file'] as const) {
      const mine = (): string => readFileSync(kind === 'folder' ? `${latest()}/mine` : latest(), 'utf8');
      const put = (): void =>
        replace((path) => {
          if (kind === 'folder') mkdirSync(path);
          writeFileSync(kind === 'folder' ? `${path}/mine` : path, 'mine');
        });

      it(`${kind} is left alone, and said`, async () => {
        await runs(1);
        put();
        const { generation, warnings } = await fixture().set.run();
        expect(generation.state).to.equal('Complete');
        expect(mine()).to.equal('mine');
        expect(problems(warnings)).to.have.length(1);
      });

      it(`${kind} is left alone by removals, which say so when another generation is the newest`, async () => {
        const [first = '', , third = ''] = await runs(3);
        const { set } = fixture();
        put();
        const kept = await set.prune({ policy: { keepLast: 9 } });
        expect(problems(kept.warnings)).to.deep.equal([]);
        await set.remove([first]);
        const { id, answer } = set.engine.start('removeGenerations', {
          setPath: set.path,
          names: [third],
          force: true,
        });
        await answer;
        const said = set.engine.take(id).filter(({ method }) => method === 'warning');
        expect(said.map(({ params }) => params['id'])).to.deep.equal(['LatestNotUpdated']);
        expect(mine()).to.equal('mine');
      });
    }
  });

  it('is set although a crash left the start of a new one', async () => {
    await runs(1);
    const { set } = fixture();
    for (const leave of [
      (path: string) => mkdirSync(`${path}/folder`, { recursive: true }),
      (path: string) => symlinkSync('..', path),
    ]) {
      leave(`${set.path}/.mirrorbackup/latest.new`);
      const { generation, warnings } = await set.run();
      expect(generation.state).to.equal('Complete');
      expect(problems(warnings)).to.deep.equal([]);
      expect(target()).to.equal(generation.name);
      expectNothingUnfinished(set);
    }
  });

  it('is no reason to fail: a run that cannot set it says so, and the next command sets it', async function () {
    requires(this, 'root', 'tool:strace');
    const [first] = await runs(1);
    const { set } = fixture();
    const through = straceCommand([{ calls: ['symlink'], error: 'ENOSPC' }]);
    const { generation, warnings } = await withEngine({ through }, (engine) => set.through(engine).run());
    expect(generation.state).to.equal('Complete');
    expect(problems(warnings)[0]?.message).to.contain('ENOSPC');
    expect(target()).to.equal(first);
    await set.prune({ policy: { keepLast: 9 } });
    expect(target()).to.equal(generation.name);
  });
});
