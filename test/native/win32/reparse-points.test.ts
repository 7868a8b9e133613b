import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { FileType, RECORD_WORDS, Word } from '../../../native/item-record.ts';
import { hashContent, readSmallFile } from '../../../native/win32/read-content.ts';
import { CopySandbox, hashIn, pinned, typeIn } from '../../support/win32/copy-sandbox.ts';
import { NtfsDouble, withoutDouble } from '../../support/win32/ntfs-double.ts';
import { foreign, junction, microsoft, symbolicLink, Tag } from '../../support/win32/reparse-data.ts';
import { skip } from '../../support/requires.ts';

const REPARSE_POINT = 0x400;
const RECALL_ON_DATA_ACCESS = 0x40_0000;
const OFFLINE = 0x1000;
const FOREIGN_TAG = 0x0000_1234;

describe('native/win32: reparse points and placeholders (on the double of NTFS)', () => {
  let sandbox: CopySandbox;
  let ntfs: NtfsDouble;

  beforeEach(function () {
    if (withoutDouble !== undefined) return skip(this, withoutDouble);
    sandbox = new CopySandbox();
    ntfs = new NtfsDouble(sandbox.double);
  });

  afterEach(() => {
    if (withoutDouble !== undefined) return;
    expect(ntfs.leaked(), 'contexts that were not released').to.equal(0);
    sandbox[Symbol.dispose]();
  });

  const links: [string, 'file' | 'directory', Buffer][] = [
    ['a junction', 'directory', junction('C:\\Users\\Public')],
    ['a mounted volume', 'directory', junction('Volume{01234567-89ab-cdef-0123-456789abcdef}\\')],
    ['a symbolic link to a directory', 'directory', symbolicLink('..\\elsewhere')],
    ['a symbolic link to a file', 'file', symbolicLink('nowhere.txt')],
  ];
  for (const [what, kind, data] of links) {
    it(`makes ${what} anew and does not follow it`, () => {
      create(kind, 'link', data);
      const copied = sandbox.copy('link');
      expect(copied).to.include({ code: 0, losses: 0 });
      expect(typeIn(copied.record)).to.equal(FileType.SymbolicLink);
      expect(ntfs.get(sandbox.to('link'), 'reparse')?.equals(data)).to.be.true;
      expect(ntfs.attributes(sandbox.to('link')) & REPARSE_POINT).to.not.equal(0);
      expect(sandbox.results).to.deep.equal({ target: ['link'], temporary: [] });
      const again = new Uint32Array(copied.record).fill(0, Word.ContentHash);
      expect(hashContent(sandbox.target, pinned('link'), 0, again, 0, () => true)).to.equal(0);
      expect(hashIn(again)).to.equal(copied.hash);
    });
  }

  it('reports a link that may not be made, and leaves nothing behind', () => {
    create('file', 'link', symbolicLink('x'));
    ntfs.set('PRIVILEGES', 'SeBackupPrivilege');
    expect(sandbox.copy('link')).to.include({ code: 1314, side: 'target' });
    expect(sandbox.results).to.deep.equal({ target: [], temporary: [] });
  });

  for (const way of ['BackupRead', 'plain calls'] as const) {
    it(`keeps a tag nobody knows beside the data (${way})`, () => {
      const data = foreign(FOREIGN_TAG, 'vendor');
      writeFileSync(sandbox.from('f'), 'content');
      ntfs.put(sandbox.from('f'), 'reparse', data);
      if (way === 'plain calls') ntfs.fail('BackupRead:1+:5');
      expect(sandbox.copy('f')).to.include({ code: 0, losses: 0, bytes: 7 });
      expect(readFileSync(sandbox.to('f'), 'utf8')).to.equal('content');
      expect(ntfs.get(sandbox.to('f'), 'reparse')?.equals(data)).to.be.true;
    });
  }

  it('copies a deduplicated file as what it reads', () => {
    writeFileSync(sandbox.from('f'), 'content');
    ntfs.put(sandbox.from('f'), 'reparse', microsoft(Tag.Dedup, 'chunks'));
    ntfs.addAttributes(sandbox.from('f'), 0x200);
    expect(sandbox.copy('f')).to.include({ code: 0, losses: 0, bytes: 7 });
    expect(readFileSync(sandbox.to('f'), 'utf8')).to.equal('content');
    expect(ntfs.get(sandbox.to('f'), 'reparse')).to.be.undefined;
    expect(ntfs.attributes(sandbox.to('f')) & 0x600).to.equal(0);
  });

  for (const [what, attributes] of [
    ['a cloud placeholder', RECALL_ON_DATA_ACCESS],
    ['an offline file', OFFLINE],
  ] as const) {
    it(`does not fetch ${what}`, () => {
      writeFileSync(sandbox.from('f'), 'is not here');
      ntfs.put(sandbox.from('f'), 'reparse', microsoft(Tag.Cloud, 'cloud'));
      ntfs.addAttributes(sandbox.from('f'), attributes);
      const record = sandbox.scan(sandbox.source, 'f');
      ntfs.clearTrace();
      expect(sandbox.copyAs(record, 'f')).to.include({ code: 4350, side: 'source' });
      expect(hashContent(sandbox.source, pinned('f'), 0, record, 0, () => true)).to.equal(4350);
      expect(ntfs.trace()).to.deep.equal([]);
      expect(sandbox.results).to.deep.equal({ target: [], temporary: [] });
    });
  }

  it('does not fetch a file that became a placeholder after the scan', () => {
    writeFileSync(sandbox.from('f'), 'is not here');
    const record = sandbox.scan(sandbox.source, 'f');
    ntfs.addAttributes(sandbox.from('f'), RECALL_ON_DATA_ACCESS);
    expect(sandbox.copyAs(record, 'f')).to.include({ code: 4350, side: 'source' });
    expect(() => readSmallFile(sandbox.source, pinned('f'), 0, 10)).to.throw('OFFLINE');
    expect(ntfs.trace().filter((line) => line.startsWith('RECALLED'))).to.deep.equal([]);
  });

  it('notices an item of another type in its place', () => {
    mkdirSync(sandbox.from('f'));
    const record = sandbox.scan(sandbox.source, 'f');
    record[Word.Mode] = FileType.File;
    expect(sandbox.copyAs(record, 'f').typeChanged).to.be.true;
    expect(sandbox.results).to.deep.equal({ target: [], temporary: [] });
  });

  it('reads the beginning of a small file', () => {
    writeFileSync(sandbox.from('f'), 'Signature: 8a477f597d28d172789f06886806bc55 and more');
    expect(readSmallFile(sandbox.source, pinned('f'), 0, 10).toString()).to.equal('Signature:');
    expect(() => readSmallFile(sandbox.source, pinned('none'), 0, 10)).to.throw(/NtCreateFile/);
  });

  function create(kind: 'file' | 'directory', name: string, data: Buffer): void {
    if (kind === 'directory') mkdirSync(sandbox.from(name));
    else writeFileSync(sandbox.from(name), '');
    ntfs.put(sandbox.from(name), 'reparse', data);
    expect(sandbox.scan(sandbox.source, name)).to.have.lengthOf(RECORD_WORDS);
  }
});
