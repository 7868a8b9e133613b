import { expect } from 'chai';
import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  chmodSync,
} from 'node:fs';
import { byteFromText } from '../../../native/byte-path.ts';
import { Win32 } from '../../../native/win32/errors.ts';
import { link, makeDirectory, rename } from '../../../native/win32/names.ts';
import { removeDirectory, removeDirectoryAt, removeFile } from '../../../native/win32/remove.ts';
import { pinned } from '../../support/win32/copy-sandbox.ts';
import { Folders, needsWindows } from '../../support/win32/folders.ts';

describe('native/win32: names', () => {
  let folders: Folders;

  before(function () {
    needsWindows(this);
  });
  beforeEach(() => {
    folders = new Folders();
    mkdirSync(folders.path('to'));
    mkdirSync(folders.path('from'));
  });
  afterEach(() => folders[Symbol.dispose]());

  const inode = (path: string): bigint => statSync(path, { bigint: true }).ino;

  it('are given to files in another directory, of any units, any depth', () => {
    const deep = Array.from({ length: 8 }, (_, i) => `${i}${'x'.repeat(60)}`).join('/');
    mkdirSync(`\\\\?\\${folders.path('to', ...deep.split('/'))}`, { recursive: true });
    folders.write('from/f 💀', 'content');
    const [from, to] = [folders.open('reference', 'from'), folders.open('fill', `to/${deep}`)];
    expect(link(from, pinned('f 💀'), 0, to, pinned('g €'), 0)).to.equal(0);
    // The paths of both directories are known now; other names, and the way back.
    expect(link(to, pinned('g €'), 0, from, pinned('h'), 0)).to.equal(0);
    expect(link(from, pinned('h'), 0, from, pinned('longer name'), 0)).to.equal(0);
    expect(inode(folders.path('from', 'longer name'))).to.equal(inode(folders.path('from', 'f 💀')));
    expect(statSync(folders.path('from', 'h')).nlink).to.equal(4);
  });

  it('are not taken from others', () => {
    folders.write('from/a', 'a');
    folders.write('to/a', 'other');
    const [from, to] = [folders.open('reference', 'from'), folders.open('fill', 'to')];
    expect(link(from, pinned('a'), 0, to, pinned('a'), 0)).to.equal(Win32.ERROR_ALREADY_EXISTS);
    expect(rename(from, pinned('a'), 0, to, pinned('a'), 0)).to.equal(Win32.ERROR_ALREADY_EXISTS);
    expect(readFileSync(folders.path('to', 'a'), 'utf8')).to.equal('other');
    expect(link(from, pinned('missing'), 0, to, pinned('b'), 0)).to.equal(Win32.ERROR_FILE_NOT_FOUND);
    expect(rename(from, pinned('missing'), 0, to, pinned('b'), 0)).to.equal(Win32.ERROR_FILE_NOT_FOUND);
  });

  it('move with their file, read-only or not', () => {
    const path = folders.write('from/a', 'a');
    chmodSync(path, 0o444);
    const before = inode(path);
    expect(rename(folders.open('fill', 'from'), pinned('a'), 0, folders.open('fill', 'to'), pinned('b'), 0)).to.equal(
      0,
    );
    expect(readdirSync(folders.path('from'))).to.deep.equal([]);
    expect(inode(folders.path('to', 'b'))).to.equal(before);
  });

  it('of directories are made once', () => {
    const directory = folders.open('fill', 'to');
    expect(makeDirectory(directory, pinned('new'), 0)).to.equal(0);
    expect(statSync(folders.path('to', 'new')).isDirectory()).to.be.true;
    expect(makeDirectory(directory, pinned('new'), 0)).to.equal(Win32.ERROR_ALREADY_EXISTS);
  });

  it('are removed one at a time; a read-only file stays read-only under the others', () => {
    const path = folders.write('from/a', 'a');
    linkSync(path, folders.path('to', 'b'));
    chmodSync(path, 0o444);
    expect(removeFile(folders.open('list', 'from'), pinned('a'), 0)).to.equal(0);
    expect(existsSync(path)).to.be.false;
    const left = statSync(folders.path('to', 'b'));
    expect(left.nlink).to.equal(1);
    expect(left.mode & 0o222).to.equal(0);
    expect(removeFile(folders.open('list', 'to'), pinned('b'), 0)).to.equal(0);
    expect(removeFile(folders.open('list', 'to'), pinned('b'), 0)).to.equal(Win32.ERROR_FILE_NOT_FOUND);
  });

  it('of directories go when they are empty', () => {
    folders.write('to/d/sub/f');
    const directory = folders.open('list', 'to');
    expect(removeDirectory(directory, pinned('d'), 0)).to.equal(Win32.ERROR_DIR_NOT_EMPTY);
    expect(removeFile(folders.open('list', 'to/d/sub'), pinned('f'), 0)).to.equal(0);
    folders.close();
    const root = folders.open('reference');
    expect(removeDirectoryAt(root, byteFromText('to/d/sub'))).to.equal(0);
    expect(removeDirectoryAt(root, byteFromText('to/d'))).to.equal(0);
    expect(removeDirectoryAt(root, byteFromText('from'))).to.equal(0);
    expect(removeDirectoryAt(root, byteFromText('none/d'))).to.be.oneOf([2, 3]);
    expect(readdirSync(folders.path('to'))).to.deep.equal([]);
  });

  it('are waited for while another program holds the file, but not for long', () => {
    const path = folders.write('to/held');
    const open = openHeld(path);
    const began = Date.now();
    try {
      expect(removeFile(folders.open('list', 'to'), pinned('held'), 0)).to.equal(Win32.ERROR_SHARING_VIOLATION);
    } finally {
      closeSync(open);
    }
    expect(Date.now() - began).to.be.within(400, 5000);
    expect(removeFile(folders.open('list', 'to'), pinned('held'), 0)).to.equal(0);
  });
});

/** UV_FS_O_EXLOCK: nobody else may open the file. */
function openHeld(path: string): number {
  const EXCLUSIVE = 0x1000_0000;
  return openSync(path, EXCLUSIVE | 2);
}
