import { expect } from 'chai';
import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { loadNative } from '../../../native/index.ts';
import { BackupSet, refusal, withEngine } from '../../support/backup-set.ts';
import { age, rewriteInPlace } from '../../support/edit.ts';
import { sleep, until, useFixture } from '../../support/fixture.ts';
import { mountImage, remount, unmount } from '../../support/mounts.ts';
import { requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { buildMany, buildTree } from '../../support/tree-everything.ts';
import type { Generation } from '../../support/wire.ts';

const NAME = 'source/folder/victim';

describe('what a test of generations found', () => {
  const fixture = useFixture();

  async function damagedBase(): Promise<Generation> {
    const { set, source } = fixture();
    buildTree(source, { folder: { victim: 'good content', other: 'other' } });
    age(`${source}/folder/victim`);
    const { generation } = await set.run();
    rewriteInPlace(set.at(generation, NAME), 'gOod', true);
    expect((await set.test({ content: true })).damages).to.have.length(1);
    return generation;
  }

  function known(): { kind: string; names: { generation: string; path: string }[] }[] {
    const file = join(fixture().set.path, '.mirrorbackup/damage.json');
    if (!existsSync(file)) return [];
    return (JSON.parse(readFileSync(file, 'utf8')) as { copies: ReturnType<typeof known> }).copies;
  }

  function putDown(): string[] {
    const folder = join(fixture().set.path, '.mirrorbackup/findings');
    return existsSync(folder) ? readdirSync(folder) : [];
  }

  it('is forgotten when it is good again, and with the generation', async () => {
    const { set } = fixture();
    const first = await damagedBase();
    expect(known()).to.have.length(1);
    await set.test();
    expect(known(), 'no content was read').to.have.length(1);
    rewriteInPlace(set.at(first, NAME), 'good', true);
    expect((await set.test({ content: true })).summary.isGood).to.equal(true);
    expect(known()).to.deep.equal([]);
    rewriteInPlace(set.at(first, NAME), 'gOod', true);
    await set.test({ content: true });
    await set.run();
    await set.remove([first.name]);
    await set.test();
    expect(known()).to.deep.equal([]);
  });

  it('follows a damaged copy that had to be carried forward', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    await damagedBase();
    const through = straceCommand(
      [{ calls: ['read', 'pread64', 'copy_file_range'], error: 'EIO' }],
      [`${source}/folder/victim`],
    );
    const { generation } = await withEngine({ through }, (engine) => set.through(engine).run());
    expect(generation).to.include({ state: 'Partial', stale: 1 });
    expect(known()[0]?.names.map((name) => name.generation)).to.include(generation.name);
    const next = await set.run();
    expect(next.generation).to.include({ state: 'Complete', copiedFiles: 1 });
    expect(readFileSync(set.at(next.generation, NAME), 'utf8')).to.equal('good content');
  });

  it('keeps a run from taking the damaged copy from an interrupted one', async () => {
    const { set } = fixture();
    const base = await damagedBase();
    const staged = '2026-01-01T000000Z';
    const own = join(set.path, '.mirrorbackup');
    const link = join(own, 'staging', staged, NAME);
    mkdirSync(dirname(link), { recursive: true });
    // Longer ago than the clocks of two file systems differ: else the run looks at the content.
    await sleep(3);
    linkSync(set.at(base, NAME), link);
    const bootId = (await loadNative()).bootId();
    const entry = { generation: staged, state: 'Staging', bootId, host: hostname(), pid: 1, startedAt: base.createdAt };
    writeFileSync(join(own, 'journal', `${staged}.json`), JSON.stringify(entry));
    const { generation } = await set.run();
    expect(generation).to.include({ copiedFiles: 1, reusedFiles: 0 });
    expect(readFileSync(set.at(generation, NAME), 'utf8')).to.equal('good content');
  });

  it('is put down while the set is in use, and taken over by whoever uses it next', async () => {
    const { set } = fixture();
    const generation = await damagedBase();
    rmSync(join(set.path, '.mirrorbackup/damage.json'));
    const native = await loadNative();
    const lock = native.lock(join(set.path, '.mirrorbackup/lock'));
    try {
      const { damages, warnings } = await set.test({ content: true });
      expect(damages).to.have.length(1);
      expect(warnings).to.deep.equal([]);
      expect(known()).to.deep.equal([]);
      expect(putDown()).to.have.length(1);
    } finally {
      lock?.release();
    }
    expect(statSync(set.at(generation, NAME)).size).to.equal(12);
    const next = await set.run();
    expect(next.generation).to.include({ copiedFiles: 1, linkedFiles: 1 });
    expect(known().map(({ names }) => names)).to.deep.equal([[{ generation: generation.name, path: NAME }]]);
    expect(putDown()).to.deep.equal([]);
  });

  it('while a backup runs that links to it is known of what that makes, too', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildMany(`${source}/more`, 10, 10);
    buildTree(source, { folder: { victim: 'good content', other: 'other' } });
    age(`${source}/folder/victim`);
    const { generation: base } = await set.run();
    rewriteInPlace(set.at(base, NAME), 'gOod', true);
    const through = straceCommand([{ calls: ['linkat'], delayBeforeMs: 50 }]);
    const { generation } = await withEngine({ through }, async (engine) => {
      const running = set.through(engine).run({ workers: 1 });
      await until(() => existsSync(join(set.path, '.mirrorbackup/staging')) && set.staged().length > 0);
      const { damages, warnings } = await set.test({ content: true });
      expect(damages).to.have.length(1);
      expect(warnings).to.deep.equal([]);
      expect(known(), 'the backup runs').to.deep.equal([]);
      return running;
    });
    expect(generation).to.include({ copiedFiles: 0 });
    const names = known()[0]?.names.map((name) => name.generation);
    expect(names?.sort()).to.deep.equal([base.name, generation.name]);
    const next = await set.run();
    expect(next.generation).to.include({ copiedFiles: 1 });
    expect(readFileSync(set.at(next.generation, NAME), 'utf8')).to.equal('good content');
  });

  it('takes back what an earlier test has put down, and no more', async () => {
    const { set } = fixture();
    const generation = await damagedBase();
    const native = await loadNative();
    const lock = native.lock(join(set.path, '.mirrorbackup/lock'));
    try {
      await set.test({ content: true });
      rewriteInPlace(set.at(generation, NAME), 'good', true);
      await set.test({ content: true });
      expect(putDown()).to.have.length(2);
      writeFileSync(join(set.path, '.mirrorbackup/findings/3000-01-01T000000Z.json'), '{"formatVersion":1,"copies":7}');
    } finally {
      lock?.release();
    }
    expect((await set.run()).generation).to.include({ copiedFiles: 0, linkedFiles: 2 });
    expect(known()).to.deep.equal([]);
    expect(putDown()).to.deep.equal([]);
  });

  it('and what tests need for it is removed where they were killed, and not while they may be at work', async () => {
    const { set } = fixture();
    await damagedBase();
    const own = join(set.path, '.mirrorbackup');
    mkdirSync(join(own, 'findings'), { recursive: true });
    const paths = (id: string): string[] => [`work/.mirrorbackup-probe-${id}`, `findings/${id}.json.new`];
    for (const path of [...paths('1'), ...paths('2')]) {
      mkdirSync(join(own, path));
      writeFileSync(join(own, path, 'first'), '');
    }
    for (const path of paths('1')) age(join(own, path));
    await set.run();
    expect(paths('1').filter((path) => existsSync(join(own, path)))).to.deep.equal([]);
    expect(paths('2').filter((path) => existsSync(join(own, path)))).to.deep.equal(paths('2'));
  });

  it('cannot be recorded in a set that cannot be written to, which is a warning', async function () {
    requires(this, 'image:ext4');
    const { sandbox, source, engine } = fixture();
    const image = sandbox.path('image');
    const folder = mountImage(image, sandbox.path('ext4'), 'ext4', 8);
    buildTree(source, { victim: 'good content' });
    const set = new BackupSet(engine, join(folder, 'set'), source);
    const { generation } = await set.run();
    rewriteInPlace(set.at(generation, 'source/victim'), 'gOod', true);
    unmount(folder);
    remount(image, folder, 'ext4', 'loop,ro');
    const { damages, warnings } = await set.test({ content: true });
    expect(damages).to.have.length(1);
    expect(warnings.map(({ id }) => id)).to.deep.equal(['DamageNotRecorded']);
  });

  it('stays known when another test is cancelled', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildMany(`${source}/more`, 20, 5);
    await damagedBase();
    const before = known();
    const through = straceCommand([{ calls: ['getdents64'], delayBeforeMs: 150 }]);
    await withEngine({ through }, async (engine) => {
      const params = { setPath: set.path, content: true, workers: 1 };
      const { id, answer } = engine.start('testGenerations', params);
      const refused = refusal(answer);
      await until(() =>
        engine.notes.some(({ method, params: { requestId } }) => method === 'progress' && requestId === id),
      );
      engine.notify('$/cancelRequest', { id });
      expect((await refused).data.id).to.equal('Cancelled');
    });
    expect(known()).to.deep.equal(before);
  });

  it('in a file that cannot be understood counts as nothing', async () => {
    const { set } = fixture();
    await damagedBase();
    for (const text of ['', '{', '{"formatVersion":2}', '{"formatVersion":1,"copies":[7,{"kind":"Missing"}]}']) {
      writeFileSync(join(set.path, '.mirrorbackup/damage.json'), text);
      await set.run();
    }
    expect((await set.test({ content: true })).damages).to.have.length(1);
  });
});
