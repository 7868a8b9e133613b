import { expect } from 'chai';
import { linkSync, mkdirSync, statSync, utimesSync } from 'node:fs';
import {
  FileType,
  ItemFlag,
  NO_BLOCK,
  readSeconds,
  readUnsigned64,
  RECORD_WORDS,
  Word,
} from '../../../native/item-record.ts';
import { byteFromText } from '../../../native/byte-path.ts';
import type { OpenDirectory } from '../../../native/win32/directory.ts';
import { Win32 } from '../../../native/win32/errors.ts';
import { closeDirectory, openRoot } from '../../../native/win32/open-directory.ts';
import { allocatedBytes, stat, statDirectory } from '../../../native/win32/stat.ts';
import { answer, fillRecord, PARTS, STAT_SIZE } from '../../../native/win32/stat-record.ts';
import { pinned } from '../../support/win32/copy-sandbox.ts';
import { Folders, needsWindows, recordOf } from '../../support/win32/folders.ts';

describe('native/win32: what an entry is', () => {
  let folders: Folders;

  before(function () {
    needsWindows(this);
  });
  beforeEach(() => {
    folders = new Folders();
  });
  afterEach(() => folders[Symbol.dispose]());

  const nanoseconds = (record: Uint32Array, word: number): bigint =>
    BigInt(readSeconds(record, word)) * 1_000_000_000n + BigInt(record[word + 2]);

  it('is told as node:fs tells it', () => {
    const path = folders.write('f', 'content');
    utimesSync(path, 1_700_000_001.25, 1_600_000_001.75);
    linkSync(path, folders.path('g'));
    const directory = folders.open('list');
    const known = statSync(path, { bigint: true });
    for (const name of ['f', 'g']) {
      const record = recordOf(directory, name);
      expect(record[Word.Mode] & FileType.Mask).to.equal(FileType.File);
      expect(readUnsigned64(record, Word.Size)).to.equal(7);
      expect(record[Word.Links]).to.equal(2);
      expect(nanoseconds(record, Word.WriteTime)).to.equal(known.mtimeNs);
      expect(nanoseconds(record, Word.ChangeTime)).to.equal(known.ctimeNs);
      expect(nanoseconds(record, Word.BirthTime)).to.equal(known.birthtimeNs);
      expect((BigInt(record[Word.FileIdHi]) << 32n) | BigInt(record[Word.FileId])).to.equal(known.ino);
      expect(record[Word.Device]).to.equal((directory as OpenDirectory).volume.serial);
      expect(record[Word.Child]).to.equal(NO_BLOCK);
    }
    expect(allocatedBytes()).to.be.at.least(7);
  });

  it('is a directory also where it is empty', () => {
    mkdirSync(folders.path('d'));
    const record = recordOf(folders.open('list'), 'd');
    expect(record[Word.Mode] & FileType.Mask).to.equal(FileType.Directory);
    const own = new Uint32Array(RECORD_WORDS);
    expect(statDirectory(folders.open('reference', 'd'), own, 0)).to.equal(0);
    for (const word of [Word.FileId, Word.FileIdHi, Word.Mode, Word.Device, Word.WriteTime, Word.WriteTimeNs])
      expect(own[word]).to.equal(record[word]);
    expect(own[Word.Flags] & ItemFlag.MountRoot).to.equal(0);
  });

  it('is missing, with the code that says so', () => {
    const code = stat(folders.open('list'), pinned('nothing'), 0, new Uint32Array(RECORD_WORDS), 0);
    expect(code).to.equal(Win32.ERROR_FILE_NOT_FOUND);
  });

  it('is found by a name of any units', () => {
    const name = '💀€ü'.repeat(25);
    folders.write(name, 'abc');
    expect(readUnsigned64(recordOf(folders.open('list'), name), Word.Size)).to.equal(3);
  });

  it('is the root of a volume where it is one', () => {
    const root = openRoot(byteFromText('C:\\'), 'reference');
    try {
      expect((root as OpenDirectory).isVolumeRoot).to.be.true;
      const record = new Uint32Array(RECORD_WORDS);
      expect(statDirectory(root, record, 0)).to.equal(0);
      expect(record[Word.Flags] & ItemFlag.MountRoot).to.equal(ItemFlag.MountRoot);
    } finally {
      closeDirectory(root);
    }
  });
});

describe('native/win32: answers about files', () => {
  const filled = (words: Record<number, number>): Uint32Array => {
    answer.words.fill(0);
    for (const [word, value] of Object.entries(words)) answer.words[Number(word)] = value;
    const record = new Uint32Array(RECORD_WORDS);
    fillRecord(record, 0, 7);
    return record;
  };
  const writeTime = (ticks: bigint): { seconds: number; ns: number } => {
    const record = filled({ 6: Number(ticks & 0xffff_ffffn), 7: Number(ticks >> 32n) });
    return { seconds: readSeconds(record, Word.WriteTime), ns: record[Word.WriteTimeNs] };
  };

  it('have the sizes of the headers', () => {
    expect(STAT_SIZE).to.equal(8 + 4 * 8 + 2 * 8 + 4 * 4);
    expect(PARTS.map(({ size }) => size)).to.deep.equal([4 * 8 + 8, 8 + 8 + 4 + 1 + 1 + 2, 8]);
  });

  it('keep times to 100 ns, before 1970, too', () => {
    const EPOCH = 116_444_736_000_000_000n;
    expect(writeTime(EPOCH)).to.deep.equal({ seconds: 0, ns: 0 });
    expect(writeTime(EPOCH + 17_000_000_001_234_567n)).to.deep.equal({ seconds: 1_700_000_000, ns: 123_456_700 });
    expect(writeTime(EPOCH - 1n)).to.deep.equal({ seconds: -1, ns: 999_999_900 });
    expect(writeTime(1n)).to.deep.equal({ seconds: -11_644_473_600, ns: 100 });
    // 2106: the seconds need more than 32 bits.
    expect(writeTime(EPOCH + 50_000_000_000_000_000n)).to.deep.equal({ seconds: 5_000_000_000, ns: 0 });
    expect(writeTime(0n)).to.deep.equal({ seconds: 0, ns: 0 });
  });

  it('have sizes of more than 32 bits', () => {
    expect(readUnsigned64(filled({ 12: 5, 13: 3 }), Word.Size)).to.equal(3 * 2 ** 32 + 5);
    filled({ 10: 4096, 11: 2 });
    expect(allocatedBytes()).to.equal(2 * 2 ** 32 + 4096);
  });

  it('compare the attributes of the file, and not those that storage sets', () => {
    const modeOf = (attributes: number): number => filled({ 14: attributes })[Word.Mode];
    const described = [0x1, 0x2, 0x4, 0x20, 0x100, 0x800, 0x2000, 0x4000, 0x8000, 0x20000];
    const plain = modeOf(0x80);
    expect(new Set(described.map(modeOf)).size).to.equal(described.length);
    for (const attribute of described) expect(modeOf(attribute), attribute.toString(16)).not.to.equal(plain);
    for (const attribute of [0x200, 0x400, 0x1000, 0x40000, 0x80000, 0x100000, 0x400000])
      expect(modeOf(attribute), attribute.toString(16)).to.equal(plain);
    expect(modeOf(0x27f27) & FileType.Mask).to.equal(FileType.File);
  });

  it('tell links from what only has a reparse point', () => {
    const typeOf = (attributes: number, tag: number): number =>
      filled({ 14: attributes, 15: tag })[Word.Mode] & FileType.Mask;
    const [symbolicLink, junction, cloud, dedup] = [0xa000000c, 0xa0000003, 0x9000001a, 0x80000013];
    expect(typeOf(0x400, symbolicLink)).to.equal(FileType.SymbolicLink);
    expect(typeOf(0x410, junction)).to.equal(FileType.SymbolicLink);
    expect(typeOf(0x410, cloud)).to.equal(FileType.Directory);
    expect(typeOf(0x420, dedup)).to.equal(FileType.File);
    // Without the attribute the field holds something else.
    expect(filled({ 14: 0x20, 15: junction })[Word.Special]).to.equal(0);
  });
});
