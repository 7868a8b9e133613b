import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { NativeError } from '../../../native/types.ts';
import { isLocked, lock } from '../../../native/win32/lock.ts';
import { Folders, needsWindows } from '../../support/win32/folders.ts';

const module = pathToFileURL(join(import.meta.dirname, '../../../native/win32/lock.ts')).href;

describe('native/win32: the lock of a set', () => {
  let folders: Folders;

  before(function () {
    needsWindows(this);
  });
  beforeEach(() => {
    folders = new Folders();
  });
  afterEach(() => folders[Symbol.dispose]());

  it('is held by one, whose note others can read', () => {
    const path = folders.path('lock');
    const held = lock(path);
    expect(held?.previous).to.equal('');
    held?.describe('a longer note by the first');
    held?.describe('by me: ü');
    expect(readFileSync(path, 'utf8')).to.equal('by me: ü');
    expect(lock(path)).to.equal(undefined);
    expect(isLocked(path)).to.equal(true);
    expect(() => rmSync(path)).to.throw();
    held?.release();
    expect(readFileSync(path, 'utf8')).to.equal('');
    expect(isLocked(path)).to.equal(false);
    const next = lock(path);
    expect(next?.previous).to.equal('');
    next?.release();
  });

  it('tells what a holder left that did not release it', () => {
    const path = folders.path('lock');
    const held = lock(path);
    held?.describe('unfinished');
    held?.abandon();
    const next = lock(path);
    expect(next?.previous).to.equal('unfinished');
    next?.abandon();
  });

  it('ends with the process that holds it, however that ends', async function () {
    this.timeout(60_000);
    const path = folders.path('lock');
    const script = `
      const { lock } = await import(${JSON.stringify(module)});
      const held = lock(${JSON.stringify(path)});
      held.describe('by a child');
      console.log('held');
      setInterval(() => {}, 1000);`;
    const types =
      Number(process.versions.node.split('.')[0]) < 23 ? ['--experimental-strip-types', '--no-warnings'] : [];
    const child = spawn(process.execPath, [...types, '--input-type=module', '-e', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      await once(child.stdout, 'data');
      expect(lock(path)).to.equal(undefined);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    const next = lock(path);
    expect(next?.previous).to.equal('by a child');
    next?.release();
  });

  it('says why it cannot be', () => {
    writeFileSync(folders.path('file'), '');
    const attempt = (path: string): string => {
      try {
        lock(path);
      } catch (error) {
        if (error instanceof NativeError) return error.native.name;
        throw error;
      }
      return 'none';
    };
    expect(attempt(folders.path('none', 'lock'))).to.equal('ERROR_PATH_NOT_FOUND');
  });
});
