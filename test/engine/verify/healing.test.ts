import { expect } from 'chai';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { loadNative } from '../../../native/index.ts';
import { refusal, withEngine } from '../../support/backup-set.ts';
import { age, rewriteInPlace } from '../../support/edit.ts';
import { sleep, until, useFixture } from '../../support/fixture.ts';
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

  it('is told, and not noted, while the set is in use', async () => {
    const { set } = fixture();
    const generation = await damagedBase();
    rmSync(join(set.path, '.mirrorbackup/damage.json'));
    const native = await loadNative();
    const lock = native.lock(join(set.path, '.mirrorbackup/lock'));
    try {
      const { damages, warnings } = await set.test({ content: true });
      expect(damages).to.have.length(1);
      expect(warnings.map(({ id }) => id)).to.deep.equal(['DamageNotRecorded']);
      expect(known()).to.deep.equal([]);
    } finally {
      lock?.release();
    }
    expect(statSync(set.at(generation, NAME)).size).to.equal(12);
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
