import { expect } from 'chai';
import { mkdirSync } from 'node:fs';
import { mountPoint } from '../../../native/win32/folder-link.ts';
import { NativeError } from '../../../native/types.ts';
import { FileType, Word } from '../../../native/item-record.ts';
import { Folders, recordOf } from '../../support/win32/folders.ts';
import { NtfsDouble, withoutDouble } from '../../support/win32/ntfs-double.ts';
import { skip } from '../../support/requires.ts';

describe('native/win32: links planted in a tree (on the double of NTFS)', () => {
  let folders: Folders;

  beforeEach(function () {
    if (withoutDouble !== undefined) return skip(this, withoutDouble);
    folders = new Folders();
    mkdirSync(folders.path('.double'));
    const ntfs = new NtfsDouble(folders.path('.double'));
    mkdirSync(folders.path('a', 'junction', 'inner'), { recursive: true });
    ntfs.put(folders.path('a', 'junction'), 'reparse', mountPoint('C:\\windows'));
  });
  afterEach(() => {
    if (withoutDouble === undefined) folders[Symbol.dispose]();
  });

  const code = (path: string): string => {
    try {
      folders.open('list', path);
    } catch (error) {
      if (error instanceof NativeError) return error.native.name;
      throw error;
    }
    return 'opened';
  };

  it('are not opened as directories', () => {
    expect(code('a')).to.equal('opened');
    expect(code('a/junction')).to.equal('ERROR_REPARSE_POINT_ENCOUNTERED');
  });

  it('are not passed on the way to something below', () => {
    expect(code('a/junction/inner')).to.equal('ERROR_REPARSE_POINT_ENCOUNTERED');
  });

  it('are described themselves', () => {
    const record = recordOf(folders.open('list', 'a'), 'junction');
    expect(record[Word.Mode] & FileType.Mask).to.equal(FileType.SymbolicLink);
    expect(record[Word.Special]).to.equal(0xa0000003);
  });
});
