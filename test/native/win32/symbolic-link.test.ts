import { expect } from 'chai';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { NativeError } from '../../../native/index.ts';
import { symbolicLinks } from '../../../native/win32/symbolic-link.ts';
import { skip } from '../../support/requires.ts';
import { Folders } from '../../support/win32/folders.ts';
import { NtfsDouble, withoutDouble } from '../../support/win32/ntfs-double.ts';

/** With its last backslash it is the root folder of the shadow copy, without it the device. */
const ROOT = '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy7\\';

describe('native/win32: symbolic links to folders (on the double of NTFS)', () => {
  let folders: Folders | undefined;
  let ntfs: NtfsDouble;
  let link = '';

  beforeEach(function () {
    if (withoutDouble !== undefined) return skip(this, withoutDouble);
    folders = new Folders();
    mkdirSync(folders.path('double'));
    ntfs = new NtfsDouble(folders.path('double'));
    link = folders.path('link');
  });
  afterEach(() => folders?.[Symbol.dispose]());

  it('keep the backslash at the end of their target, for the system and for people', () => {
    symbolicLinks.make(link, ROOT);
    const data = ntfs.get(link, 'reparse');
    const [real, shown] = [ROOT.replace('\\\\?\\', '\\??\\'), ROOT];
    expect(data?.readUInt32LE(0)).to.equal(0xa000000c);
    expect(data?.toString('utf16le', 20)).to.equal(`${real}\0${shown}\0`);
  });

  it('are taken away again, and nothing else is', () => {
    symbolicLinks.make(link, ROOT);
    const [folder, file] = [folders?.path('folder') ?? '', folders?.write('file') ?? ''];
    mkdirSync(folder);
    for (const path of [folder, file]) expect(symbolicLinks.remove(path, ROOT), path).to.equal(false);
    for (const other of [ROOT.replace('7', '8'), ROOT.slice(0, -1), 'C:\\'])
      expect(symbolicLinks.remove(link, other), other).to.equal(false);
    expect(existsSync(link)).to.equal(true);
    expect(symbolicLinks.remove(link, ROOT)).to.equal(true);
    expect(existsSync(link)).to.equal(false);
    expect(symbolicLinks.remove(link, ROOT)).to.equal(false);
    expect(readdirSync(folders?.root ?? '').sort()).to.deep.equal(['double', 'file', 'folder']);
  });

  it('are not opened for removal before it is known that they are ours', () => {
    mkdirSync(link);
    ntfs.clearTrace();
    symbolicLinks.remove(link, ROOT);
    const opened = ntfs.trace().filter((line) => line.startsWith('NtCreateFile link '));
    expect(opened).to.have.length(1);
    expect(opened[0]).to.contain('access=00100080');
  });

  it('that may not be made are an error with its cause, and nothing is left', () => {
    ntfs.set('PRIVILEGES', 'SeBackupPrivilege');
    expect(failure(() => symbolicLinks.make(link, ROOT))).to.deep.equal({ code: 1314, path: link });
    expect(existsSync(link)).to.equal(false);
    ntfs.set('PRIVILEGES', '');
    mkdirSync(link);
    expect(failure(() => symbolicLinks.make(link, ROOT))).to.deep.equal({ code: 183, path: link });
    expect(existsSync(link)).to.equal(true);
  });

  it('that cannot be removed are an error with its cause', () => {
    symbolicLinks.make(link, ROOT);
    ntfs.fail('SetFileInformationByHandle:1+:5');
    expect(failure(() => symbolicLinks.remove(link, ROOT))).to.deep.equal({ code: 5, path: link });
  });
});

function failure(action: () => unknown): { code: number; path: unknown } {
  try {
    action();
  } catch (error) {
    if (error instanceof NativeError) return { code: error.native.code, path: error.path };
    throw error;
  }
  throw new Error('It did not fail.');
}
