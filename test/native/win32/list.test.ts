import { expect } from 'chai';
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import type { OpenDirectory } from '../../../native/win32/directory.ts';
import { STRUCTURES } from '../../../native/win32/list.ts';
import { FindData } from '../../../native/win32/list-by-find.ts';
import { fileIdsIn, filesIn, Folders, namesIn, needsWindows } from '../../support/win32/folders.ts';

describe('native/win32: listing a directory', () => {
  let folders: Folders;

  before(function () {
    needsWindows(this);
  });
  beforeEach(() => {
    folders = new Folders();
  });
  afterEach(() => folders[Symbol.dispose]());

  const odd = ['a', 'ü', '€', '💀💀', 'with space', '.hidden', '...', 'x'.repeat(255), '語'.repeat(80)];

  for (const [way, name] of ['FileIdExtdDirectoryInfo', 'FileIdBothDirectoryInfo', 'FindFirstFileExW'].entries())
    it(`finds every name from ${name} on`, () => {
      for (const file of odd) writeFileSync(`\\\\?\\${folders.path(file)}`, '');
      const directory = folders.open('list');
      (directory as OpenDirectory).volume.listing = way;
      expect(namesIn(directory)).to.deep.equal([...odd].sort());
    });

  it('tells by file ids which names are those of one file', () => {
    folders.write('one');
    linkSync(folders.path('one'), folders.path('two'));
    folders.write('other');
    for (let way = 0; way <= STRUCTURES.length; way++) {
      const directory = folders.open('list');
      (directory as OpenDirectory).volume.listing = way;
      const ids = fileIdsIn(directory);
      const [one, two, other] = ['one', 'two', 'other'].map((name) => ids.get(name));
      expect(two).to.equal(one);
      if (way < STRUCTURES.length) expect(other).to.not.equal(one);
    }
  });

  it('tells regular files from folders where it tells file ids', () => {
    folders.write('file');
    mkdirSync(folders.path('folder'));
    for (let way = 0; way <= STRUCTURES.length; way++) {
      const directory = folders.open('list');
      (directory as OpenDirectory).volume.listing = way;
      const expected = { file: way < STRUCTURES.length, folder: false };
      expect(Object.fromEntries(filesIn(directory))).to.deep.equal(expected);
    }
  });

  it('finds nothing in an empty directory', () => {
    for (let way = 0; way <= STRUCTURES.length; way++) {
      const directory = folders.open('list');
      (directory as OpenDirectory).volume.listing = way;
      expect(namesIn(directory)).to.deep.equal([]);
    }
  });

  it('lists more names than fit in one answer, and again by the same handle', function () {
    this.timeout(60_000);
    const names = Array.from({ length: 1500 }, (_, i) => `${i}-${'n'.repeat(40)}`).sort();
    for (const name of names) folders.write(name);
    const directory = folders.open('list');
    expect(namesIn(directory)).to.deep.equal(names);
    expect(namesIn(directory)).to.deep.equal(names);
  });

  it('remembers for the volume what the system does not know', () => {
    const directory = folders.open('list') as OpenDirectory;
    namesIn(directory);
    const { listing } = directory.volume;
    namesIn(directory);
    expect(directory.volume.listing).to.equal(listing).and.to.be.below(STRUCTURES.length);
  });
});

describe('native/win32: structures of directory entries', () => {
  // x64 and arm64 lay them out alike: 8-byte integers on multiples of 8.
  it('begin their names where the headers say', () => {
    const common = 4 + 4 + 4 * 8 + 2 * 8 + 4 + 4 + 4;
    const extd = common + 4 + 16;
    const shortName = 1 + 1 + 12 * 2;
    const both = Math.ceil((common + shortName) / 8) * 8 + 8;
    expect(STRUCTURES.map(({ name }) => name)).to.deep.equal([extd, both]);
    expect(FindData).to.deep.equal({ Size: 4 + 3 * 8 + 4 * 4 + 2 * 260 + 2 * 14, Name: 4 + 3 * 8 + 4 * 4 });
  });
});
