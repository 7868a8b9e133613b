import { expect } from 'chai';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { EngineProcess } from '../../support/engine-process.ts';
import { sleep, until, useFixture } from '../../support/fixture.ts';
import type { Run } from '../../support/backup-set.ts';
import { listTree } from '../../support/listing.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { posix } from '../../support/posix.ts';
import { requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import type { Fault } from '../../support/strace.ts';
import { buildTree } from '../../support/tree-everything.ts';

const HOLD_READ: Fault = { calls: ['read', 'copy_file_range'], delayAfterMs: 250, when: '1' };
const HOLD_OPEN: Fault = { calls: ['openat'], delayBeforeMs: 250, when: '1' };
const HOLD_LIST: Fault = { calls: ['getdents64'], delayAfterMs: 250, when: '1' };

describe('a source that changes during the run', () => {
  const fixture = useFixture();

  /** Runs while the engine is held at a call on `paths`, and changes the source in that moment. */
  async function during(fault: Fault, paths: string[], change: () => void): Promise<Run> {
    const { set } = fixture();
    const engine = new EngineProcess({ through: straceCommand([fault], paths) });
    try {
      await engine.request('initialize', {});
      const answer = set.through(engine).run();
      answer.catch(() => undefined);
      await until(() => set.staged().some((path) => existsSync(`${path}/source`)));
      await sleep(0.08);
      change();
      return await answer;
    } finally {
      await engine.close();
    }
  }

  const consistent: { what: string; slow?: string; change(path: string): void }[] = [
    { what: 'grows', change: (path) => appendFileSync(path, ' and grew') },
    { what: 'shrinks', slow: ' @slow', change: (path) => truncateSync(path, 3) },
    { what: 'is rewritten', slow: ' @slow', change: (path) => writeFileSync(path, 'rewritten') },
    {
      what: 'is replaced',
      change: (path) => {
        writeFileSync(`${path}.new`, 'replaced');
        renameSync(`${path}.new`, path);
      },
    },
  ];

  for (const { what, slow = '', change } of consistent) {
    it(`a file that ${what} while it is read: one of its states is kept, and the next run has the last${slow}`, async function () {
      requires(this, 'root', 'tool:strace');
      const { set, source } = fixture();
      buildTree(source, { it: 'the first state', other: 'other' });
      const { generation } = await during(HOLD_READ, [`${source}/it`], () => change(`${source}/it`));
      const kept = listTree(set.at(generation, 'source'));
      expect([...kept.keys()].filter((path) => !path.endsWith('.new'))).to.deep.equal(['', 'it', 'other']);
      expect(generation.state).to.be.oneOf(['Complete', 'Partial']);
      const next = await set.run();
      expectMirror(source, set.at(next.generation, 'source'));
      expect(next.generation.state).to.equal('Complete');
    });
  }

  it('a file that never stops changing is said to be so, and is caught up with later', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { it: 'x', other: 'other' });
    const writing = setInterval(() => appendFileSync(`${source}/it`, 'more '), 20);
    try {
      const { generation, errors } = await during(
        { ...HOLD_READ, delayAfterMs: 100, when: '1+' },
        [`${source}/it`],
        () => undefined,
      );
      expect(generation.state).to.equal('Partial');
      expect(errors.map((error) => [error.id, error.path])).to.deep.equal([['ItemChangedWhileRead', 'source/it']]);
    } finally {
      clearInterval(writing);
    }
    const next = await set.run();
    expectMirror(source, set.at(next.generation, 'source'));
    expect(next.generation.state).to.equal('Complete');
  });

  it('a file that vanishes after it was listed', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { it: 'it', other: 'other' });
    const { generation, errors } = await during(HOLD_OPEN, ['it'], () => unlinkSync(`${source}/it`));
    expect([...listTree(set.at(generation, 'source')).keys()]).to.deep.equal(['', 'other']);
    expect(errors.map((error) => error.id).filter((id) => id !== 'ItemVanished')).to.deep.equal([]);
    const next = await set.run();
    expectMirror(source, set.at(next.generation, 'source'));
    expect(next.generation.state).to.equal('Complete');
  });

  it('a directory that vanishes, or is renamed, after it was listed', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { gone: { a: 'a' }, renamed: { b: 'b' }, stays: 'c' });
    const first = await set.run();
    const before = frozen(first.generation.path);
    const { generation } = await during(HOLD_LIST, [source], () => {
      rmSync(`${source}/gone`, { recursive: true });
      renameSync(`${source}/renamed`, `${source}/other`);
    });
    expect(generation.state).to.be.oneOf(['Complete', 'Partial']);
    expectSameLines(frozen(first.generation.path), before, 'the old generation');
    const next = await set.run();
    expectMirror(source, set.at(next.generation, 'source'));
    expect(next.generation.state).to.equal('Complete');
  });

  const swaps: { what: string; slow?: string; make(path: string, outside: string): void }[] = [
    { what: 'a symlink to elsewhere', make: (path, outside) => symlinkSync(outside, path) },
    { what: 'a directory', slow: ' @slow', make: (path) => mkdirSync(path) },
    { what: 'a FIFO', make: (path) => posix.makeNode(Buffer.from(path), 0o010644) },
    { what: 'a device', slow: ' @slow', make: (path) => posix.makeNode(Buffer.from(path), 0o020644, 1, 5) },
    { what: 'a socket', slow: ' @slow', make: (path) => posix.makeNode(Buffer.from(path), 0o140644) },
  ];

  for (const { what, slow = '', make } of swaps) {
    it(`a file that becomes ${what} before it is read: neither followed nor waited for${slow}`, async function () {
      requires(this, 'root', 'tool:strace');
      const { set, source, sandbox } = fixture();
      buildTree(source, { it: 'it', other: 'other' });
      writeFileSync(sandbox.path('secret'), 'not in the source');
      const { generation } = await during(HOLD_OPEN, ['it'], () => {
        unlinkSync(`${source}/it`);
        make(`${source}/it`, sandbox.path('secret'));
      });
      expect(generation.state).to.be.oneOf(['Complete', 'Partial']);
      const kept = listTree(set.at(generation, 'source')).get('it');
      expect(kept?.type ?? 'none').not.to.equal('file');
      const next = await set.run();
      expectMirror(source, set.at(next.generation, 'source'));
      expect(next.generation.state).to.equal('Complete');
    });
  }

  it('a directory that becomes a symlink before it is entered is not followed', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source, sandbox } = fixture();
    buildTree(source, { folder: { a: 'a' }, other: 'other' });
    buildTree(sandbox.path('outside'), { secret: 'secret' });
    const { generation } = await during(HOLD_LIST, [source], () => {
      rmSync(`${source}/folder`, { recursive: true });
      symlinkSync(sandbox.path('outside'), `${source}/folder`);
    });
    expect([...listTree(set.at(generation, 'source')).keys()].join()).not.to.include('secret');
    const next = await set.run();
    expectMirror(source, set.at(next.generation, 'source'));
  });
});
