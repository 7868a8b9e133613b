import { expect } from 'chai';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { BackupSet, useEngine } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { Mutator } from '../../support/mutator.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { expectRsyncFindsNothing } from '../../support/oracle-rsync.ts';
import { mutation } from '../../support/properties.ts';
import { requires } from '../../support/requires.ts';
import { makeSandbox } from '../../support/sandbox.ts';
import { buildBeyondPathMax } from '../../support/tree-deep.ts';
import { buildEverything, buildMany, buildTree } from '../../support/tree-everything.ts';
import { buildOddNames } from '../../support/tree-names.ts';

describe('what a restore brings back', () => {
  const fixture = useFixture();

  async function roundTrip(): Promise<string> {
    const { set, source, sandbox } = fixture();
    const { generation } = await set.run();
    const before = frozen(generation.path);
    const to = sandbox.path('restored');
    const { summary, refused, items, errors, warnings } = await set.restore({ to });
    expect([refused, errors, warnings]).to.deep.equal([undefined, [], []]);
    expect(summary?.failed).to.equal(0);
    expect(summary?.created).to.equal(items.length);
    expectMirror(source, `${to}/source`);
    expectRsyncFindsNothing(source, `${to}/source`);
    expectSameLines(frozen(generation.path), before, 'the generation');
    return `${to}/source`;
  }

  it('everything a file system can hold', async function () {
    requires(this, 'root', 'tool:rsync');
    buildEverything(fixture().source);
    await roundTrip();
  });

  it('names that are no text', async function () {
    requires(this, 'linux', 'tool:rsync');
    buildOddNames(fixture().source);
    await roundTrip();
  });

  it('a name that is no text, by its text', async function () {
    requires(this, 'linux');
    const { set, source, sandbox } = fixture();
    mkdirSync(source);
    writeFileSync(Buffer.from(`${source}/caf\xe9 [1]`, 'latin1'), 'text');
    await set.run();
    const to = sandbox.path('restored');
    for (const options of [{ literalPaths: ['source/caf␛E9 [1]'] }, { paths: ['source/caf␛E9*'] }]) {
      const { items, errors } = await set.restore({ to, conflict: 'Overwrite', ...options });
      expect(errors).to.deep.equal([]);
      expect(items[0]?.destination).to.equal(`${to}/caf␛E9 [1]`);
    }
    expect(readFileSync(Buffer.from(`${to}/caf\xe9 [1]`, 'latin1'), 'utf8')).to.equal('text');
  });

  it('paths longer than the system takes at once', async function () {
    requires(this, 'linux');
    const { set, source, sandbox } = fixture();
    buildBeyondPathMax(source);
    await set.run();
    const { errors } = await set.restore({ to: sandbox.path('restored') });
    expect(errors).to.deep.equal([]);
    expectMirror(source, sandbox.path('restored/source'));
  });

  it('fresh copies: nothing is shared with the generation', async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a', b: 'b' });
    linkSync(`${source}/a`, `${source}/other`);
    const { generation } = await set.run();
    await set.restore({ to: sandbox.path('restored') });
    expect(statSync(sandbox.path('restored/source/a')).nlink).to.equal(2);
    expect(statSync(sandbox.path('restored/source/b')).nlink).to.equal(1);
    expect(statSync(sandbox.path('restored/source/a')).ino).to.not.equal(
      statSync(set.at(generation, 'source', 'a')).ino,
    );
  });

  it('owners and modes as they were, where the folder passes on others', async function () {
    requires(this, 'root', 'tool:setfacl', 'tool:rsync');
    const { set, source, sandbox } = fixture();
    buildTree(source, { folder: { inside: 'x', deeper: { file: 'y' } }, file: 'z' });
    await set.run();
    const to = sandbox.path('restored');
    mkdirSync(to);
    chownSync(to, 0, 4321);
    chmodSync(to, 0o2775);
    execFileSync('setfacl', ['-d', '-m', 'u:1234:rwx', to]);
    await set.restore({ to });
    expectRsyncFindsNothing(source, `${to}/source`);
    expect(lstatSync(`${to}/source/folder`).gid).to.equal(0);
  });

  it('a whole source to its original place, after everything there is gone', async function () {
    requires(this, 'tool:rsync');
    const { set, source, sandbox } = fixture();
    buildMany(source, 3, 4);
    chmodSync(source, 0o751);
    await set.run();
    const kept = sandbox.path('kept');
    execFileSync('cp', ['-a', source, kept]);
    rmSync(source, { recursive: true });
    const { summary, errors, items } = await set.restore({ toOriginal: true });
    expect(errors).to.deep.equal([]);
    expect(summary?.files).to.equal(12);
    expect(items.find(({ path }) => path === 'source')?.action).to.equal('Created');
    expectRsyncFindsNothing(kept, source);
  });

  it('verified content', async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    const { items } = await set.restore({ to: sandbox.path('restored'), paths: ['source/a'] });
    expect(items).to.have.length(1);
    expect(items[0]).to.deep.include({
      action: 'Created',
      itemType: 'File',
      path: 'source/a',
      destination: sandbox.path('restored', 'a'),
      length: 1,
      verified: true,
      condition: 'Intact',
    });
  });

  it('without hashes nothing is called verified', async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    await set.run({ hash: 'None' });
    const { items, errors } = await set.restore({ to: sandbox.path('restored'), paths: ['source/a'] });
    expect(errors).to.deep.equal([]);
    expect(items[0]?.verified).to.equal(false);
  });
});

describe('restores of random trees', () => {
  const engine = useEngine();

  it('bring back what the source was @slow', async function () {
    requires(this, 'root', 'tool:rsync');
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(mutation, { maxLength: 25 }), { minLength: 1, maxLength: 3 }),
        async (rounds) => {
          const sandbox = makeSandbox();
          try {
            const source = sandbox.path('source');
            mkdirSync(sandbox.path('set'));
            buildEverything(source);
            const set = new BackupSet(engine(), sandbox.path('set'), source);
            const mutator = new Mutator(source, 7);
            for (const steps of rounds) {
              mutator.applyAll(steps);
              await set.run({ allowEmptySource: true });
            }
            const { errors } = await set.restore({ to: sandbox.path('restored') });
            expect(errors).to.deep.equal([]);
            expectMirror(source, sandbox.path('restored/source'));
            expectRsyncFindsNothing(source, sandbox.path('restored/source'));
          } finally {
            sandbox.remove();
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});
