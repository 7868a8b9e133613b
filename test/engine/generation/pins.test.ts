import { expect } from 'chai';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { refusal } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { killedAt } from '../../support/interrupted.ts';
import { expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('pins', () => {
  const fixture = useFixture();
  let names: string[] = [];
  const folder = (): string => `${fixture().set.path}/.mirrorbackup/pins`;
  const name = (i: number): string => names[i] ?? '';

  beforeEach(async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    names = [];
    for (let run = 0; run < 3; run++) names.push((await set.run()).generation.name);
  });

  it('are of generations, with a reason or without, and change nothing in them', async () => {
    const { set } = fixture();
    const before = frozen(`${set.path}/${name(0)}`);
    const manifest = readFileSync(`${set.path}/.mirrorbackup/manifests/${name(0)}.manifest`);
    const pinned = await set.pin([name(1), name(0), name(1)], 'before the migration');
    expect(pinned.map((one) => [one.name, one.pinned, one.pinReason])).to.deep.equal(
      names.slice(0, 2).map((one) => [one, true, 'before the migration']),
    );
    expect(pinned).to.deep.equal((await set.list()).slice(0, 2));
    expect((await set.list()).map((one) => one.pinned)).to.deep.equal([true, true, false]);
    expectSameLines(frozen(`${set.path}/${name(0)}`), before, 'the generation');
    expect(readFileSync(`${set.path}/.mirrorbackup/manifests/${name(0)}.manifest`).equals(manifest)).to.equal(true);
    const [without] = await set.pin([name(2)]);
    expect(without).to.include({ pinned: true }).and.not.to.have.property('pinReason');
  });

  it('that are set again keep their reason unless there is a new one', async () => {
    const { set } = fixture();
    await set.pin([name(0)], 'old');
    expect((await set.pin([name(0)]))[0]?.pinReason).to.equal('old');
    expect((await set.pin([name(0)], 'new'))[0]?.pinReason).to.equal('new');
    expect((await set.pin([name(0)], ''))[0]).not.to.have.property('pinReason');
  });

  it('are taken away again, also where there are none', async () => {
    const { set } = fixture();
    await set.pin([name(0)], 'x');
    const freed = await set.unpin([name(0), name(1)]);
    expect(freed.map((one) => one.pinned)).to.deep.equal([false, false]);
    expect(readdirSync(folder())).to.deep.equal([]);
    expect((await set.remove([name(0)]))[0]?.action).to.equal('Remove');
  });

  it('keep a generation from being removed by name without force, with an error; and go with it', async () => {
    const { set, engine } = fixture();
    await set.pin([name(0)], 'mine');
    const told = engine.notes.length;
    const kept = await set.remove([name(0), name(1)]);
    expect(kept.map(({ action, reasons }) => [action, ...reasons])).to.deep.equal([
      ['Keep', 'pinned: mine'],
      ['Remove', 'named'],
    ]);
    const errors = engine.notes.slice(told).filter(({ method }) => method === 'itemError');
    expect(errors.map(({ params }) => (params['error'] as { id: string }).id)).to.deep.equal(['GenerationPinned']);
    const [removed] = await set.remove([name(0)], { force: true });
    expect(removed?.action).to.equal('Remove');
    expect(readdirSync(folder())).to.deep.equal([]);
  });

  it('say beside being the newest why a generation stays', async () => {
    const { set } = fixture();
    await set.pin([name(2)]);
    const [kept] = await set.remove([name(2)]);
    expect(kept?.reasons).to.deep.equal(['the newest complete generation', 'pinned']);
  });

  it('survive runs and removals of others, and go when their generation has been deleted by hand', async () => {
    const { set } = fixture();
    await set.pin([name(0)], 'a');
    await set.pin([name(1)], 'b');
    await set.run();
    await set.remove([name(2)]);
    expect((await set.list()).slice(0, 2).map((one) => one.pinReason)).to.deep.equal(['a', 'b']);
    rmSync(`${set.path}/${name(1)}`, { recursive: true });
    await set.run();
    expect(readdirSync(folder())).to.deep.equal([`${name(0)}.json`]);
  });

  it('are refused for what is no finished generation, and then for none', async () => {
    const { set } = fixture();
    for (const bad of ['1999-01-01T000000Z', '../set.json', '.mirrorbackup']) {
      const change = set.pin([name(0), bad]);
      expect((await refusal(change)).data.id).to.be.oneOf(['GenerationNotFound', 'InvalidParameter']);
    }
    expect((await refusal(set.unpin(['1999-01-01T000000Z']))).data.id).to.equal('GenerationNotFound');
    buildTree(`${set.path}/2020-01-01T000000Z`, { mine: 'x' });
    expect((await refusal(set.pin([name(0), '2020-01-01T000000Z']))).data.id).to.equal('ManifestNotFound');
    expect((await refusal(set.pin([]))).data.id).to.equal('InvalidParameter');
    expect(readdirSync(folder())).to.deep.equal([]);
  });

  it('that are damaged still hold', async () => {
    const { set } = fixture();
    writeFileSync(`${folder()}/${name(0)}.json`, '{"reas');
    mkdirSync(`${folder()}/${name(1)}.json`);
    expect((await set.list()).map((one) => one.pinned)).to.deep.equal([true, true, false]);
    expect((await set.remove([name(0)]))[0]?.action).to.equal('Keep');
  });

  it('are not written through planted links', async function () {
    requires(this, 'linux');
    const { set, sandbox } = fixture();
    writeFileSync(sandbox.path('theirs'), 'theirs');
    for (const file of [`${name(0)}.json`, `${name(1)}.json.new`])
      symlinkSync(sandbox.path('theirs'), `${folder()}/${file}`);
    expect((await set.list()).map((one) => one.pinned)).to.deep.equal([true, false, false]);
    await set.pin([name(0)], 'x');
    await refusal(set.pin([name(1)], 'x'));
    expect(readFileSync(sandbox.path('theirs'), 'utf8')).to.equal('theirs');
    rmSync(folder(), { recursive: true });
    symlinkSync(sandbox.path(), folder());
    expect((await refusal(set.pin([name(0)]))).data.id).to.equal('SetDamaged');
    expect(existsSync(sandbox.path(`${name(0)}.json`))).to.equal(false);
  });

  it('are there or not when the engine is killed on the way @slow', async function () {
    requires(this, 'root', 'tool:strace');
    const { set } = fixture();
    await set.pin([name(0)], 'old');
    for (const [call, k] of [
      ['fsync', 1],
      ['rename', 1],
      ['fsync', 2],
    ] as const) {
      await killedAt(call, k, (other) => other.pin([name(0)], 'new'), set);
      const [one] = await set.list();
      expect(one?.pinned).to.equal(true);
      expect(one?.pinReason).to.be.oneOf(['old', 'new']);
    }
    await set.run();
    expect(readdirSync(folder())).to.deep.equal([`${name(0)}.json`]);
  });
});
