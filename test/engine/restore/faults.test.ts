import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { withEngine } from '../../support/backup-set.ts';
import { until, useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { mountImage } from '../../support/mounts.ts';
import { comparable, expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { notUnderWine, requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { writeAllocated, writeSparse } from '../../support/tree-special.ts';
import { buildMany, buildTree } from '../../support/tree-everything.ts';

const NOBODY = 65_534;
const MiB = 1024 * 1024;

describe('a restore that meets trouble', () => {
  const fixture = useFixture();

  function leftovers(root: string): string[] {
    return readdirSync(root).filter((name) => name.startsWith('.mirrorbackup'));
  }

  /** Whatever happened: every file that is there is whole. */
  function expectWhole(source: string, restored: string): void {
    const wanted = new Set(comparable(listTree(source)).filter((line) => !line.includes('directory')));
    const found = comparable(listTree(restored)).filter((line) => !line.includes('directory'));
    expect(found.filter((line) => !wanted.has(line))).to.deep.equal([]);
  }

  it('a damaged copy does not take the place of anything', async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, { bad: 'good', shorter: 'some text', gone: 'gone', fine: 'fine' });
    const { generation } = await set.run();
    const { mtime } = statSync(set.at(generation, 'source', 'bad'));
    writeFileSync(set.at(generation, 'source', 'bad'), 'evil');
    utimesSync(set.at(generation, 'source', 'bad'), mtime, mtime);
    truncateSync(set.at(generation, 'source', 'shorter'), 3);
    rmSync(set.at(generation, 'source', 'gone'));
    const to = buildTree(sandbox.path('to'), { bad: 'mine' });
    const { errors, summary } = await set.restore({ to, paths: ['source/*'], conflict: 'Overwrite' });
    expect(errors.map(({ id, path }) => `${id} ${path}`)).to.deep.equal([
      'ItemDamaged source/bad',
      'ItemDamaged source/gone',
      'ItemDamaged source/shorter',
    ]);
    expect(summary).to.include({ created: 1, failed: 3 });
    expect(readFileSync(`${to}/bad`, 'utf8')).to.equal('mine');
    expect(readdirSync(to).sort()).to.deep.equal(['bad', 'fine']);

    const again = await set.restore({ to, paths: ['source/*'], conflict: 'Overwrite', allowDamaged: true });
    expect(readFileSync(`${to}/bad`, 'utf8')).to.equal('evil');
    expect(again.items.find(({ path }) => path === 'source/bad')).to.include({ condition: 'Damaged', verified: false });
    expect(again.warnings.map(({ id, path }) => `${id} ${path}`)).to.deep.equal([
      'ItemDamaged source/bad',
      'ItemDamaged source/shorter',
    ]);
    expect(again.errors.map(({ path }) => path)).to.deep.equal(['source/gone']);
  });

  it('damage without hashes shows in size and time', async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, { longer: 'a', later: 'b', fine: 'c' });
    const { generation } = await set.run({ hash: 'None' });
    appendFileSync(set.at(generation, 'source', 'longer'), 'x');
    utimesSync(set.at(generation, 'source', 'later'), 1, 1);
    const { errors } = await set.restore({ to: sandbox.path('to') });
    expect(errors.map(({ path }) => path)).to.deep.equal(['source/later', 'source/longer']);
  });

  it('a link planted in the generation is damage, and is not followed', async function () {
    notUnderWine(this, 'it makes no symlinks');
    const { set, source, sandbox } = fixture();
    buildTree(source, { folder: { a: 'a' }, b: 'b' });
    const { generation } = await set.run();
    const outside = buildTree(sandbox.path('outside'), { a: 'theirs' });
    rmSync(set.at(generation, 'source', 'folder'), { recursive: true });
    symlinkSync(outside, set.at(generation, 'source', 'folder'));
    rmSync(set.at(generation, 'source', 'b'));
    symlinkSync(`${outside}/a`, set.at(generation, 'source', 'b'));
    const { errors } = await set.restore({ to: sandbox.path('to') });
    expect(errors.map(({ path }) => path).sort()).to.deep.equal(['source/b', 'source/folder/a']);
    expect([...listTree(sandbox.path('to')).values()].filter(({ type }) => type !== 'directory')).to.deep.equal([]);
  });

  it('a stale item is restored with a warning', async function () {
    requires(this, 'root', 'tool:setpriv');
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a', b: 'b' });
    for (const path of [source, `${source}/a`, `${source}/b`, set.path]) chownSync(path, NOBODY, NOBODY);
    chmodSync(sandbox.root, 0o755);
    const through = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
    await withEngine({ through, environment: { HOME: sandbox.root } }, async (engine) => {
      await set.through(engine).run();
      chownSync(`${source}/a`, 0, 0);
      chmodSync(`${source}/a`, 0o600);
      const { generation } = await set.through(engine).run();
      expect(generation.state).to.equal('Partial');
      const { items, warnings } = await set.restore({ to: sandbox.path('to'), generation: generation.name });
      expect(items.find(({ path }) => path === 'source/a')?.condition).to.equal('Stale');
      expect(warnings.map(({ id }) => id)).to.deep.equal(['ItemStale']);
    });
  });

  it('an ordinary user restores what it may, and is told what was lost', async function () {
    requires(this, 'root', 'tool:setpriv');
    const { set, source, sandbox } = fixture();
    buildTree(source, { mine: 'mine', theirs: 'theirs', secret: 'secret', closed: { inside: 'inside' } });
    chownSync(`${source}/mine`, NOBODY, NOBODY);
    chmodSync(`${source}/secret`, 0o600);
    chmodSync(`${source}/closed`, 0o555);
    await set.run();
    chmodSync(sandbox.root, 0o755);
    for (const folder of ['.mirrorbackup', '.mirrorbackup/manifests']) chmodSync(`${set.path}/${folder}`, 0o755);
    const to = sandbox.path('to');
    mkdirSync(to);
    chownSync(to, NOBODY, NOBODY);
    spawnSync('chmod', ['a+r', '-R', `${set.path}/.mirrorbackup`]);
    const through = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
    await withEngine({ through, environment: { HOME: sandbox.root } }, async (engine) => {
      const { items, errors, warnings, refused } = await set.through(engine).restore({ to });
      expect(refused).to.equal(undefined);
      expect(errors.map(({ id, path }) => `${id} ${path}`)).to.deep.equal(['ItemNotRestored source/secret']);
      expect(items.find(({ path }) => path === 'source/theirs')?.fidelityLosses?.[0]?.kind).to.equal('Owner');
      expect(items.find(({ path }) => path === 'source/mine')?.fidelityLosses).to.equal(undefined);
      expect(warnings.map(({ id }) => id)).to.deep.equal(['FidelityLoss']);
    });
    expect(readFileSync(`${to}/source/closed/inside`, 'utf8')).to.equal('inside');
    expect(statSync(`${to}/source/closed`).mode & 0o777).to.equal(0o555);
    expect(leftovers(to)).to.deep.equal([]);
  });

  it('too little space is said before anything is written', async function () {
    requires(this, 'image:ext4');
    const { set, source, sandbox } = fixture();
    mkdirSync(source);
    writeAllocated(`${source}/big`, 30 * MiB);
    await set.run();
    const to = mountImage(sandbox.path('image'), sandbox.path('small'), 'ext4', 24);
    const { refused, items } = await set.restore({ to });
    expect(refused?.data).to.include({ id: 'DestinationFull' });
    expect(refused?.message).to.match(/30\.0 MiB are needed .* are missing\. Nothing was restored/);
    expect(items).to.deep.equal([]);
    expect(readdirSync(to)).to.deep.equal(['lost+found']);
  });

  it('files with holes and with several names need no more space than they take', async function () {
    requires(this, 'image:ext4');
    const { set, source, sandbox } = fixture();
    mkdirSync(source);
    writeSparse(`${source}/sparse`, 100 * MiB, [300_000]);
    writeAllocated(`${source}/one`, 5 * MiB);
    for (let i = 0; i < 10; i++) spawnSync('ln', [`${source}/one`, `${source}/one${i}`]);
    await set.run();
    const to = mountImage(sandbox.path('image'), sandbox.path('small'), 'ext4', 24);
    const { refused, errors } = await set.restore({ to });
    expect([refused, errors]).to.deep.equal([undefined, []]);
    expectMirror(source, `${to}/source`);
  });

  it('no space left in the middle ends it; what is there is whole, and Skip goes on', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source, sandbox } = fixture();
    buildMany(source, 3, 10, 3000);
    await set.run();
    const to = sandbox.path('to');
    const through = straceCommand([{ calls: ['renameat2'], error: 'ENOSPC', when: '21+' }]);
    await withEngine({ through }, async (engine) => {
      const { refused, items } = await set.through(engine).restore({ to });
      expect(refused?.data).to.include({ id: 'DestinationFull', category: 'ResourceUnavailable' });
      expect(refused?.message).to.match(/What was restored is whole; about .* were not restored/);
      expect(items.length).to.be.greaterThan(0);
    });
    expect(leftovers(to)).to.deep.equal([]);
    expectWhole(source, `${to}/source`);
    const { errors, summary } = await set.restore({ to, conflict: 'Skip' });
    expect(errors).to.deep.equal([]);
    expect(summary?.skipped).to.be.greaterThan(0);
    expectWhole(source, `${to}/source`);
  });

  it('a disk that somebody else fills meanwhile', async function () {
    requires(this, 'image:ext4');
    const { set, source, sandbox } = fixture();
    buildMany(source, 3, 10, 3000);
    writeAllocated(`${source}/more`, 4 * MiB);
    await set.run();
    const small = mountImage(sandbox.path('image'), sandbox.path('small'), 'ext4', 16);
    const running = set.restore({ to: small });
    await until(() => leftovers(small).length > 0);
    spawnSync('sh', ['-c', `cat /dev/zero > ${small}/ballast`]);
    const { refused } = await running;
    // It may have been through before the disk was full.
    if (refused) expect(refused.data.id).to.equal('DestinationFull');
    expect(leftovers(small)).to.deep.equal([]);
    if (existsSync(`${small}/source`)) expectWhole(source, `${small}/source`);
  });

  it('killed in the middle: no half file, and the next restore cleans up and finishes', async function () {
    requires(this, 'root', 'tool:strace');
    this.timeout(60_000);
    const { set, source, sandbox } = fixture();
    buildMany(source, 3, 6, 3000);
    await set.run();
    const to = sandbox.path('to');
    mkdirSync(to);
    for (const [call, k] of [
      ['renameat2', 3],
      ['renameat2', 20],
      ['mkdirat', 3],
      ['fchmod', 8],
      ['futimens', 4],
      ['utimensat', 9],
    ] as const) {
      const through = straceCommand([{ calls: [call], signal: 'KILL', when: String(k) }]);
      await withEngine({ through }, async (engine) => {
        await set
          .through(engine)
          .restore({ to, conflict: 'Overwrite' })
          .catch(() => undefined);
      });
      if (existsSync(`${to}/source`)) expectWhole(source, `${to}/source`);
    }
    const { errors } = await set.restore({ to, conflict: 'Overwrite' });
    expect(errors).to.deep.equal([]);
    expect(leftovers(to)).to.deep.equal([]);
    expectMirror(source, `${to}/source`);
  });

  it('cancelled: nothing half stays', async () => {
    const { set, source, sandbox } = fixture();
    buildMany(source, 20, 100, 2000);
    await set.run();
    const to = sandbox.path('to');
    const { id, answer } = set.engine.start('restoreItems', { setPath: set.path, to });
    const outcome = answer.then(
      () => 'done',
      (error: Error) => error.message,
    );
    await until(() => existsSync(`${to}/source/folder0`));
    set.engine.notify('$/cancelRequest', { id });
    expect(await outcome).to.match(/Cancelled|done/);
    expect(leftovers(to)).to.deep.equal([]);
    expectWhole(source, `${to}/source`);
  });

  it('another file system below the destination gets what belongs there', async function () {
    requires(this, 'image:ext4');
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a', mnt: { b: 'b', deep: { c: 'c' } }, z: 'z' });
    await set.run();
    const to = sandbox.path('to');
    mountImage(sandbox.path('image'), `${to}/mnt`, 'ext4', 8);
    const { errors } = await set.restore({ to, paths: ['source/*'] });
    expect(errors).to.deep.equal([]);
    expect(readFileSync(`${to}/mnt/deep/c`, 'utf8')).to.equal('c');
    expect(readFileSync(`${to}/z`, 'utf8')).to.equal('z');
    expect([leftovers(to), leftovers(`${to}/mnt`)]).to.deep.equal([[], []]);
  });

  it('a file system without links and renames that keep: exFAT', async function () {
    requires(this, 'image:exfat');
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a', folder: { b: 'b' } });
    spawnSync('ln', [`${source}/a`, `${source}/other`]);
    await set.run();
    const to = mountImage(sandbox.path('image'), sandbox.path('stick'), 'exfat', 16);
    const { errors, refused } = await set.restore({ to });
    expect([errors, refused]).to.deep.equal([[], undefined]);
    for (const [path, text] of [
      ['a', 'a'],
      ['other', 'a'],
      ['folder/b', 'b'],
    ])
      expect(readFileSync(`${to}/source/${path}`, 'utf8')).to.equal(text);
    expect(leftovers(to)).to.deep.equal([]);
  });

  it('a generation is never written to, whatever is done to what was restored', async () => {
    const { set, source, sandbox } = fixture();
    buildMany(source, 2, 5);
    const { generation } = await set.run();
    const before = frozen(generation.path);
    for (const conflict of ['Fail', 'Overwrite', 'KeepBoth'] as const)
      await set.restore({ to: sandbox.path('to'), conflict });
    appendFileSync(sandbox.path('to/source/folder0/file0'), 'edited');
    expectSameLines(frozen(generation.path), before, 'the generation');
  });
});
