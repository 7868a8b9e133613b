import { expect } from 'chai';
import { closeSync, existsSync, linkSync, lstatSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { readdirSync, renameSync, rmSync, rmdirSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { win32Paths as paths } from '../../../native/win32/paths.ts';
import { skip } from '../../support/requires.ts';

/** Everything the engine does to the administration of a set by node:fs, in folders Win32 itself would not find. */
describe('node:fs on Windows', () => {
  let root = '';

  before(function () {
    if (process.platform !== 'win32') skip(this, 'needs Windows');
  });
  beforeEach(() => {
    root = paths.normalize(mkdtempSync(`${tmpdir()}\\mb-`));
  });
  afterEach(() => {
    rmSync(paths.toFs(root), { recursive: true, force: true });
  });

  const long = Array.from({ length: 8 }, (_, i) => `${i}${'x'.repeat(99)}`);
  for (const [what, names] of Object.entries({
    'of more than 260 characters': long,
    'whose names end in a dot': ['set.', 'folder.'],
    'whose names end in a space': ['set ', 'folder '],
    'named like a device': ['con', 'nul.txt'],
    'with unpaired surrogates': ['set␛ED␛A0␛80', '␛ED␛BF␛BF'],
    'beyond the basic plane': ['\u{1f480}', '\u{10fffd}'],
  }))
    it(`works in folders ${what}`, function () {
      if (!canHave(root, names)) skip(this, 'needs a Windows that has such names (Wine has not)');
      const set = paths.join(root, ...names);
      const fs = (...parts: string[]): ReturnType<typeof paths.toFs> => paths.toFs(paths.join(set, ...parts));
      mkdirSync(paths.toFs(set), { recursive: true });
      mkdirSync(fs('.mirrorbackup'));
      mkdirSync(fs('.mirrorbackup/journal'), { recursive: true, mode: 0o700 });
      // As whole files are written: the temporary name is made of bytes.
      const temporary = Buffer.concat([Buffer.from(fs('.mirrorbackup/set.json')), Buffer.from('.new')]);
      const file = openSync(temporary, 'w', 0o600);
      writeSync(file, 'text');
      closeSync(file);
      renameSync(temporary, fs('.mirrorbackup/set.json'));
      writeFileSync(temporary, 'new text');
      renameSync(temporary, fs('.mirrorbackup/set.json'));
      expect(readFileSync(fs('.mirrorbackup/set.json'), 'utf8')).to.equal('new text');
      linkSync(fs('.mirrorbackup/set.json'), fs('second'));
      expect(lstatSync(fs('second'), { bigint: true }).ino).to.equal(
        lstatSync(fs('.mirrorbackup/set.json'), { bigint: true }).ino,
      );
      expect(readdirSync(fs('.mirrorbackup')).sort()).to.deep.equal(['journal', 'set.json']);
      unlinkSync(fs('second'));
      rmSync(fs('second'), { force: true });
      expect(existsSync(fs('second'))).to.equal(false);
      expect(existsSync(fs())).to.equal(true);
      rmdirSync(fs('.mirrorbackup/journal'));
      renameSync(fs('.mirrorbackup'), fs('moved'));
      expect(lstatSync(fs('moved')).isDirectory()).to.equal(true);
      // Nothing went to the name that Win32 would make of it.
      expect(readdirSync(paths.toFs(root), 'buffer').length).to.equal(1);
    });
});

/** Folder by folder: Node's recursive creation does not end where a name is impossible. */
function canHave(root: string, names: readonly string[]): boolean {
  try {
    mkdirSync(paths.toFs(paths.join(root, names[0])));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
