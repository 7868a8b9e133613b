import { expect } from 'chai';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { byteFromText } from '../../../native/byte-path.ts';
import { NativeError } from '../../../native/types.ts';
import type { OpenDirectory } from '../../../native/win32/directory.ts';
import { closeDirectory, openDirectory, openRoot } from '../../../native/win32/open-directory.ts';
import { Folders, namesIn, needsWindows } from '../../support/win32/folders.ts';

describe('native/win32: opening directories', () => {
  let folders: Folders;

  before(function () {
    needsWindows(this);
  });
  beforeEach(() => {
    folders = new Folders();
  });
  afterEach(() => folders[Symbol.dispose]());

  const failure = (action: () => unknown): string => {
    try {
      action();
    } catch (error) {
      if (error instanceof NativeError) return error.native.name;
      throw error;
    }
    return 'none';
  };

  it('reaches what lies deeper than MAX_PATH', () => {
    const names = Array.from({ length: 12 }, (_, i) => `${i}${'d'.repeat(60)}`);
    mkdirSync(`\\\\?\\${folders.path(...names)}\\leaf`, { recursive: true });
    const directory = folders.open('list', names.join('/'));
    expect(namesIn(directory)).to.deep.equal(['leaf']);
    expect((directory as OpenDirectory).path).to.match(/^\\\\\?\\.*\d+d{60}$/);
  });

  it('opens a root anew for another use', () => {
    folders.write('f');
    expect(namesIn(folders.open('reference'))).to.deep.equal(['f']);
    const root = folders.open('reference');
    const again = openDirectory(root, '', 'list');
    expect(namesIn(again)).to.deep.equal(['f']);
    expect((again as OpenDirectory).path).to.equal((root as OpenDirectory).path);
    closeDirectory(again);
  });

  it('says what is missing, and what is no directory', () => {
    folders.write('f');
    expect(failure(() => folders.open('list', 'nothing'))).to.equal('ERROR_FILE_NOT_FOUND');
    expect(failure(() => folders.open('list', 'no/thing'))).to.match(/^ERROR_(PATH|FILE)_NOT_FOUND$/);
    expect(failure(() => folders.open('list', 'f'))).to.equal('ERROR_DIRECTORY');
    const missing = byteFromText(folders.path('gone'));
    expect(failure(() => openRoot(missing, 'list'))).to.equal('ERROR_FILE_NOT_FOUND');
  });

  it('lets what is only listed be renamed and removed', () => {
    mkdirSync(folders.path('source'));
    folders.open('list', 'source');
    renameSync(folders.path('source'), folders.path('moved'));
    rmSync(folders.path('moved'), { recursive: true });
  });

  for (const use of ['fill', 'reference'] as const)
    it(`keeps in its place what is open for '${use}', and lets go when it is closed`, () => {
      mkdirSync(folders.path('staging'));
      folders.open(use, 'staging');
      expect(() => renameSync(folders.path('staging'), folders.path('elsewhere'))).to.throw();
      folders.close();
      renameSync(folders.path('staging'), folders.path('elsewhere'));
    });
});
