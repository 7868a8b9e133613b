import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { refusal } from '../../support/backup-set.ts';
import { age, rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectNothingUnfinished, killedAt } from '../../support/interrupted.ts';
import { listTree } from '../../support/listing.ts';
import { mountImage } from '../../support/mounts.ts';
import { expectMirror, expectSameLines, frozen, linkGroups } from '../../support/oracle-mirror.ts';
import { rsyncGeneration, sharedPaths } from '../../support/oracle-rsync.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';
import { EngineError, type Generation, type Warning } from '../../support/wire.ts';

const DAYS = ['2026-11-01T030000Z', '2026-11-02T030000Z', '2026-11-03T030000Z'] as const;

function timeOf(name: string): string {
  return `${name.slice(0, 13)}:${name.slice(13, 15)}:${name.slice(15)}`;
}

/** Copies as hard links, as rsnapshot and many scripts do. */
function copyLinked(from: string, to: string): void {
  const result = spawnSync('cp', ['-al', from, to], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`cp: ${result.stderr}`);
}

describe('importing what other programs made', () => {
  const fixture = useFixture();

  async function bring(
    name: string,
    tree: string,
    options: object = {},
  ): Promise<{ generation: Generation; warnings: Warning[] }> {
    const { set, source, engine } = fixture();
    const { id, answer } = engine.start<Generation>('importGeneration', {
      setPath: set.path,
      trees: [{ path: tree, sourcePath: source }],
      createdAt: timeOf(name),
      workers: 1,
      ...options,
    });
    const generation = await answer;
    const warnings = engine.take(id).filter(({ method }) => method === 'warning');
    return { generation, warnings: warnings.map(({ params }) => params as unknown as Warning) };
  }

  /** A generation that was about to be committed is by now. */
  async function bringUnlessThere(tree: string): Promise<void> {
    try {
      await bring(DAYS[0], tree);
    } catch (error) {
      if (!(error instanceof EngineError) || error.data.id !== 'GenerationExists') throw error;
    }
  }

  /** Three backups of a source that changes a little each day, as a program would make them. */
  function threeTrees(make: (source: string, target: string, base: string | null) => void): string[] {
    const { source, sandbox } = fixture();
    buildTree(source, { same: 'the same', edited: 'first', gone: 'goes', folder: { deep: 'deep', twin: '' } });
    rmSync(`${source}/folder/twin`);
    linkSync(`${source}/folder/deep`, `${source}/folder/twin`);
    const trees = DAYS.map((_, day) => sandbox.path(`day.${day}`));
    make(source, trees[0], null);
    rewriteInPlace(`${source}/edited`, 'second edition');
    rmSync(`${source}/gone`);
    make(source, trees[1], trees[0]);
    writeFileSync(`${source}/new`, 'new');
    make(source, trees[2], trees[1]);
    return trees;
  }

  function byCopyingLinks(source: string, target: string, base: string | null): void {
    if (base !== null) copyLinked(base, target);
    const made = spawnSync('rsync', ['-aHAX', '--delete', `${source}/`, `${target}/`], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`rsync: ${made.stderr}`);
  }

  for (const [program, make] of [
    ['rsync --link-dest', rsyncGeneration],
    ['cp -al', byCopyingLinks],
  ] as const) {
    it(`makes generations of ${program} that share their files, and the next backup links to them`, async function () {
      requires(this, 'linux', 'tool:rsync');
      const { set, source } = fixture();
      const trees = threeTrees(make);
      const before = trees.map((tree) => frozen(tree));
      const imported: Generation[] = [];
      for (const [day, tree] of trees.entries()) imported.push((await bring(DAYS[day], tree)).generation);

      expect(imported.map(({ name }) => name)).to.deep.equal([...DAYS]);
      expect(imported.map(({ state, copiedFiles }) => [state, copiedFiles])).to.deep.equal(
        DAYS.map(() => ['Complete', 0]),
      );
      expect(imported.map(({ added, modified, removed }) => [added, modified, removed])).to.deep.equal([
        [7, 0, 0],
        [0, 1, 1],
        [1, 0, 0],
      ]);
      trees.forEach((tree, day) => {
        const kept = set.at(imported[day], 'source');
        expectMirror(tree, kept);
        expectSameLines(frozen(tree), before[day], 'the original');
        const files = [...listTree(tree, { content: false }).values()].filter((item) => item.type !== 'directory');
        expect(sharedPaths(tree, kept), 'files shared with the original').to.have.length(files.length);
        expect(linkGroups(listTree(kept))).to.deep.include(['folder/deep', 'folder/twin']);
      });

      const next = await set.run();
      expect(next.generation).to.include({ copiedFiles: 0, linkedFiles: next.generation.files, failed: 0 });
      expect(next.items).to.deep.equal([]);
      expect(sharedPaths(set.at(imported[2], 'source'), set.at(next.generation, 'source'))).to.include('same');
      expectMirror(source, set.at(next.generation, 'source'));
    });
  }

  it('next backup copies what changed, and what a link of the tree does not fit', async function () {
    requires(this, 'linux');
    const { set, source, sandbox } = fixture();
    buildTree(source, { same: 'same', edited: 'before', one: 'twins', other: 'twins' });
    for (const name of ['same', 'edited', 'one', 'other']) age(`${source}/${name}`);
    copyLinked(source, sandbox.path('tree'));
    // The same times and sizes, and still another content, or other files.
    rmSync(`${source}/edited`);
    buildTree(source, { edited: 'BEFORE' });
    age(`${source}/edited`);
    rmSync(sandbox.path('tree/other'));
    linkSync(sandbox.path('tree/one'), sandbox.path('tree/other'));
    const { generation } = await bring(DAYS[0], sandbox.path('tree'));
    expect(linkGroups(listTree(set.at(generation, 'source')))).to.deep.equal([['one', 'other']]);
    for (const name of ['one', 'other']) {
      rmSync(`${source}/${name}`);
      writeFileSync(`${source}/${name}`, 'twins');
      age(`${source}/${name}`);
    }
    const next = await set.run();
    expectMirror(source, set.at(next.generation, 'source'));
    expect(sharedPaths(set.at(generation, 'source'), set.at(next.generation, 'source'))).to.deep.equal(['same']);
  });

  for (const hash of ['Sha256', 'None'] as const)
    it(`reads content once (hash ${hash}), also where the source was made anew since`, async function () {
      requires(this, 'linux', 'tool:rsync');
      const { set, source, sandbox } = fixture();
      buildTree(source, { a: 'content', b: 'CONTENT' });
      const tree = sandbox.path('tree');
      rsyncGeneration(source, tree, null);
      const { generation } = await bring(DAYS[0], tree, { hash });
      rmSync(source, { recursive: true });
      rsyncGeneration(tree, source, null);
      const next = await set.run({ hash });
      expect(next.generation).to.include({ copiedFiles: 0, linkedFiles: 2 });
      expect(sharedPaths(set.at(generation, 'source'), set.at(next.generation, 'source'))).to.deep.equal(['a', 'b']);
    });

  it('copies from another file system, and keeps what is shared', async function () {
    requires(this, 'root', 'linux', 'image:ext4', 'tool:rsync');
    const { set, source, sandbox } = fixture();
    const disk = mountImage(sandbox.path('image'), sandbox.path('disk'), 'ext4', 8);
    buildTree(source, { a: 'one', b: 'two' });
    linkSync(`${source}/a`, `${source}/c`);
    rsyncGeneration(source, `${disk}/0`, null);
    rsyncGeneration(source, `${disk}/1`, `${disk}/0`);
    const first = await bring(DAYS[0], `${disk}/0`);
    const second = await bring(DAYS[1], `${disk}/1`);
    expect(first.generation).to.include({ copiedFiles: 2, linkedFiles: 1 });
    expect(second.generation).to.include({ copiedFiles: 0, linkedFiles: 3 });
    expect(linkGroups(listTree(set.at(second.generation, 'source')))).to.deep.equal([['a', 'c']]);
    expect((await set.run()).generation).to.include({ copiedFiles: 0, linkedFiles: 3 });
    const refused = await refusal(bring('2026-11-04T030000Z', `${disk}/1`, { originals: 'Move' }));
    expect(refused.data.id).to.equal('MoveAcrossVolumes');
    expect(await set.names()).to.have.length(3);
  });

  it('takes several sources from one tree', async function () {
    requires(this, 'linux');
    const { set, sandbox, engine } = fixture();
    buildTree(sandbox.path('old'), { host: { home: { ann: 'ann' }, etc: { conf: 'conf' }, other: 'other' } });
    const generation = await engine.request<Generation>('importGeneration', {
      setPath: set.path,
      createdAt: timeOf(DAYS[0]),
      trees: [
        { path: sandbox.path('old/host/home'), sourcePath: '/home' },
        { path: sandbox.path('old/host/etc'), sourcePath: '/etc', name: 'settings' },
      ],
    });
    expect(readdirSync(set.at(generation)).sort()).to.deep.equal(['home', 'settings']);
    expect(generation).to.include({ files: 2, linkedFiles: 2 });
  });

  it('with Move leaves the generation only', async function () {
    requires(this, 'linux');
    const { set, sandbox } = fixture();
    const tree = buildTree(sandbox.path('tree'), { a: 'a', b: { c: 'c' } });
    const before = frozen(tree);
    const { generation, warnings } = await bring(DAYS[0], tree, { originals: 'Move' });
    expect(existsSync(tree)).to.equal(false);
    expect(warnings).to.deep.equal([]);
    expectSameLines(filesOf(frozen(set.at(generation, 'source'))), filesOf(before), 'what was moved');
    expect(readdirSync(`${set.path}/.mirrorbackup/trash`)).to.deep.equal([]);
  });

  it('with Move never empties what is mounted in the tree', async function () {
    requires(this, 'root', 'linux', 'image:ext4');
    const { set, sandbox } = fixture();
    const tree = buildTree(sandbox.path('tree'), { a: 'a', b: { c: 'c' } });
    mountImage(sandbox.path('image'), `${tree}/mounted`, 'ext4');
    writeFileSync(`${tree}/mounted/precious`, 'precious');
    const { generation } = await bring(DAYS[0], tree, { originals: 'Move' });
    expect(listTree(set.at(generation, 'source')).has('mounted/precious')).to.equal(true);
    expect(existsSync(`${set.path}/.mirrorbackup/trash/${DAYS[0]}.imported-0/mounted/precious`)).to.equal(true);
  });

  it('plans without writing', async () => {
    const { set, sandbox } = fixture();
    const tree = buildTree(sandbox.path('tree'), { a: 'a', b: { c: 'c' } });
    const { generation } = await bring(DAYS[0], tree, { whatIf: true, originals: 'Move' });
    expect(generation).to.include({ state: 'Planned', name: DAYS[0], files: 2, linkedFiles: 2, copiedFiles: 0 });
    expect(readdirSync(set.path)).to.deep.equal([]);
  });

  describe('refuses', () => {
    const cases: { what: string; id: string; make(): Promise<unknown> }[] = [
      { what: 'what is not there', id: 'SourceNotFound', make: () => bring(DAYS[0], fixture().sandbox.path('no')) },
      {
        what: 'a file',
        id: 'SourceNotDirectory',
        make: () => {
          writeFileSync(fixture().sandbox.path('file'), '');
          return bring(DAYS[0], fixture().sandbox.path('file'));
        },
      },
      {
        what: 'a tree inside the set',
        id: 'SourceInsideDestination',
        make: () => bring(DAYS[0], buildTree(`${fixture().set.path}/tree`, {})),
      },
      {
        what: 'a set inside the tree',
        id: 'DestinationInsideSource',
        make: () => bring(DAYS[0], fixture().sandbox.root),
      },
      {
        what: 'two trees of one name',
        id: 'SourceNameConflict',
        make: () => {
          const path = buildTree(fixture().sandbox.path('tree'), {});
          const twice = ['a', 'b'].map((one) => ({ path, sourcePath: fixture().sandbox.path(one, 'data') }));
          return bring(DAYS[0], '', { trees: twice });
        },
      },
      {
        what: 'a time that is to come',
        id: 'ImportInFuture',
        make: () => bring('2999-01-01T000000Z', buildTree(fixture().sandbox.path('tree'), { a: 'a' })),
      },
    ];
    for (const { what, id, make } of cases)
      it(what, async () => {
        const refused = await refusal(make());
        expect(refused.data.id).to.equal(id);
        expect(existsSync(`${fixture().set.path}/.mirrorbackup`)).to.equal(false);
      });

    it('what is older than the newest generation, or as old, and other sources', async () => {
      const { set, sandbox } = fixture();
      const tree = buildTree(sandbox.path('tree'), { a: 'a' });
      await bring(DAYS[1], tree);
      expect((await refusal(bring(DAYS[0], tree))).data).to.include({ id: 'ImportOutOfOrder' });
      expect((await refusal(bring(DAYS[1], tree))).data).to.include({ id: 'GenerationExists' });
      const other = { trees: [{ path: tree, sourcePath: sandbox.path('elsewhere') }] };
      expect((await refusal(bring(DAYS[2], tree, other))).data).to.include({ id: 'SourceChanged' });
      expect(await set.names()).to.deep.equal([DAYS[1]]);
      expect(set.staged()).to.deep.equal([]);
      const found = (await bring(DAYS[2], tree)).generation;
      expect(found).to.include({ added: 0, linkedFiles: 1 });
    });
  });

  for (const [call, k] of [
    ['linkat', 5],
    ['mkdirat', 2],
    ['syncfs', 1],
    ['rename', 3],
    ['rename', 5],
    ['unlinkat', 3],
  ] as const)
    it(`killed at ${call} #${k}: the generation is whole or not there, and so is the original @slow`, async function () {
      requires(this, 'root', 'tool:strace');
      const { set, source, sandbox } = fixture();
      const tree = buildTree(sandbox.path('tree'), { a: 'a', b: { c: 'c', d: 'd' }, e: 'e', f: 'f', g: 'g' });
      const before = frozen(tree);
      const trees = [{ path: tree, sourcePath: source }];
      const params = { setPath: set.path, trees, createdAt: timeOf(DAYS[0]), originals: 'Move', workers: 1 };
      await killedAt(call, k, ({ engine }) => engine.request('importGeneration', params), set);
      const isThere = existsSync(tree);
      if (isThere) expectSameLines(frozen(tree), before, 'the original');
      if (isThere) await bringUnlessThere(tree);
      const imported = `${set.path}/${DAYS[0]}/source`;
      copyLinked(imported, source);
      const next = await set.run();
      expect(await set.names()).to.deep.equal([DAYS[0], next.generation.name]);
      expectSameLines(filesOf(frozen(imported)), filesOf(before), 'what was imported');
      expect(next.generation).to.include({ copiedFiles: 0, failed: 0 });
      expectNothingUnfinished(set);
    });
});

/** Folders are no hard links: those of a generation are its own. */
function filesOf(lines: string[]): string[] {
  return lines.filter((line) => !line.includes(': directory '));
}
