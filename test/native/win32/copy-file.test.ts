import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, linkSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { FidelityLoss, ItemFlag, Word, readUnsigned64 } from '../../../native/item-record.ts';
import { CopySandbox } from '../../support/win32/copy-sandbox.ts';
import { NtfsDouble, withoutDouble } from '../../support/win32/ntfs-double.ts';
import { extendedAttributes } from '../../support/win32/extended-attributes.ts';
import { skip } from '../../support/requires.ts';

const MEBIBYTE = 1 << 20;
const Attribute = { ReadOnly: 1, Hidden: 2, System: 4, Archive: 0x20, Sparse: 0x200, Compressed: 0x800 } as const;

describe('native/win32: copying files (on the double of NTFS)', () => {
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

  for (const way of ['BackupRead', 'plain calls'] as const) {
    describe(`by ${way}`, () => {
      beforeEach(() => {
        if (withoutDouble === undefined && way === 'plain calls') ntfs.fail('BackupRead:1+:5');
      });

      for (const [what, size] of [
        ['an empty file', 0],
        ['a file of a few bytes', 5],
        ['a file as long as a buffer less a header', MEBIBYTE - 20],
        ['a file of several buffers', 3 * MEBIBYTE + 12345],
      ] as const) {
        it(`copies ${what} with its hash`, () => {
          const content = randomBytes(size);
          writeFileSync(sandbox.from('f'), content);
          const copied = sandbox.copy('f');
          expect(copied).to.include({ code: 0, bytes: size, torn: false, losses: 0 });
          expect(copied.hash).to.equal(createHash('sha256').update(content).digest('hex'));
          expect(copied.record[Word.Flags] & ItemFlag.Hashed).to.not.equal(0);
          expect(readFileSync(sandbox.to('f')).equals(content)).to.be.true;
          expect(sandbox.results).to.deep.equal({ target: ['f'], temporary: [] });
        });
      }

      it('copies named streams, also empty ones and one longer than a buffer', () => {
        writeFileSync(sandbox.from('f'), 'main');
        const long = randomBytes(2 * MEBIBYTE + 3);
        ntfs.put(sandbox.from('f'), ':Zone.Identifier', Buffer.from('[ZoneTransfer]\r\nZoneId=3\r\n'));
        ntfs.put(sandbox.from('f'), ':empty', Buffer.alloc(0));
        ntfs.put(sandbox.from('f'), ':long', long);
        const copied = sandbox.copy('f');
        expect(copied).to.include({ code: 0, losses: 0, bytes: 4 });
        expect(ntfs.get(sandbox.to('f'), ':Zone.Identifier')?.toString()).to.equal('[ZoneTransfer]\r\nZoneId=3\r\n');
        expect(ntfs.get(sandbox.to('f'), ':empty')).to.have.lengthOf(0);
        expect(ntfs.get(sandbox.to('f'), ':long')?.equals(long)).to.be.true;
        expect(copied.hash).to.equal(createHash('sha256').update('main').digest('hex'));
      });

      it('copies extended attributes, but not those of the kernel', () => {
        writeFileSync(sandbox.from('f'), 'x');
        const all = extendedAttributes({ '$KERNEL.PURGE.ESBCACHE': 'k', $LXUID: 'abcd', OTHER: 'value' });
        ntfs.put(sandbox.from('f'), 'ea', all);
        expect(sandbox.copy('f')).to.include({ code: 0, losses: 0 });
        const kept = extendedAttributes({ $LXUID: 'abcd', OTHER: 'value' });
        expect(ntfs.get(sandbox.to('f'), 'ea')?.equals(kept)).to.be.true;
      });

      it('keeps holes, and hashes them as zeros', () => {
        const content = Buffer.alloc(8 * MEBIBYTE + 100);
        content.write('beginning', 0);
        content.write('middle', 4 * MEBIBYTE);
        writeFileSync(sandbox.from('f'), content);
        ntfs.addAttributes(sandbox.from('f'), Attribute.Sparse);
        const copied = sandbox.copy('f');
        expect(copied).to.include({ code: 0, losses: 0 });
        expect(copied.bytes).to.be.lessThan(MEBIBYTE);
        expect(copied.hash).to.equal(createHash('sha256').update(content).digest('hex'));
        expect(readFileSync(sandbox.to('f')).equals(content)).to.be.true;
        expect(ntfs.attributes(sandbox.to('f')) & Attribute.Sparse).to.not.equal(0);
      });

      it('keeps a sparse file without any data', () => {
        writeFileSync(sandbox.from('f'), Buffer.alloc(300_000));
        ntfs.addAttributes(sandbox.from('f'), Attribute.Sparse);
        const copied = sandbox.copy('f');
        expect(copied).to.include({ code: 0, bytes: 0 });
        expect(copied.hash).to.equal(createHash('sha256').update(Buffer.alloc(300_000)).digest('hex'));
        expect(readFileSync(sandbox.to('f'))).to.have.lengthOf(300_000);
      });

      it('keeps compression and other attributes', () => {
        writeFileSync(sandbox.from('f'), 'x'.repeat(5000));
        const wanted =
          Attribute.Hidden | Attribute.System | Attribute.Archive | Attribute.Compressed | Attribute.ReadOnly;
        ntfs.addAttributes(sandbox.from('f'), wanted);
        expect(sandbox.copy('f')).to.include({ code: 0, losses: 0 });
        expect(ntfs.attributes(sandbox.to('f')) & wanted).to.equal(wanted);
      });
    });
  }

  it('keeps creation and write times to 100 ns', () => {
    writeFileSync(sandbox.from('f'), 'x');
    // 2001-02-03 and 2005-06-07, with odd ticks.
    ntfs.setTimes(sandbox.from('f'), 126_256_324_001_234_567n, 127_625_652_007_654_321n);
    expect(sandbox.copy('f')).to.include({ code: 0, losses: 0 });
    const scanned = [sandbox.scan(sandbox.source, 'f'), sandbox.scan(sandbox.target, 'f')];
    for (const word of [
      Word.WriteTime,
      Word.WriteTimeHi,
      Word.WriteTimeNs,
      Word.BirthTime,
      Word.BirthTimeHi,
      Word.BirthTimeNs,
    ])
      expect(scanned[1][word]).to.equal(scanned[0][word]);
    expect(scanned[0][Word.BirthTimeNs]).to.equal(123_456_700);
    expect(scanned[0][Word.WriteTimeNs]).to.equal(765_432_100);
  });

  it('calls the system in this order, and releases what it took', () => {
    writeFileSync(sandbox.from('f'), 'hello');
    ntfs.put(sandbox.from('f'), ':s', Buffer.from('stream'));
    const record = sandbox.scan(sandbox.source, 'f');
    ntfs.clearTrace();
    sandbox.copyAs(record, 'f');
    const golden = readFileSync(`${import.meta.dirname}/golden/copy-file.txt`, 'utf8')
      .trimEnd()
      .split('\n');
    // What follows is the rename.
    expect(ntfs.trace().slice(0, golden.length)).to.deep.equal(golden);
  });

  it('never writes object ids, names of links or transactional data', () => {
    writeFileSync(sandbox.from('f'), 'data');
    linkSync(sandbox.from('f'), sandbox.from('another'));
    ntfs.put(sandbox.from('f'), 'object-id', Buffer.alloc(64, 1));
    ntfs.put(sandbox.from('f'), 'txfs', Buffer.alloc(100, 2));
    ntfs.put(sandbox.from('f'), ':after', Buffer.from('s'));
    expect(sandbox.copy('f')).to.include({ code: 0, losses: 0 });
    const written = ntfs.trace().filter((line) => line.startsWith('BackupWrite') && line.includes(' stream '));
    expect(written.map((line) => Number(line.split(' ').at(-1)))).to.deep.equal([1, 4]);
    expect(ntfs.get(sandbox.to('f'), 'object-id')).to.be.undefined;
  });

  it('reports what the destination does not take, and keeps the rest', () => {
    writeFileSync(sandbox.from('f'), 'data');
    ntfs.put(sandbox.from('f'), ':s', Buffer.from('stream'));
    ntfs.put(sandbox.from('f'), 'ea', extendedAttributes({ A: 'b' }));
    ntfs.addAttributes(sandbox.from('f'), Attribute.Compressed);
    ntfs.set('COMPRESSION', 'refuse');
    ntfs.fail('BackupWrite:1+:123,NtSetEaFile:1+:0xC000004F');
    ntfs.set('STREAMS', 'refuse');
    const copied = sandbox.copy('f');
    expect(copied.code).to.equal(0);
    expect(copied.losses).to.equal(
      FidelityLoss.AlternateStreams | FidelityLoss.ExtendedAttributes | FidelityLoss.Compression,
    );
    expect(readFileSync(sandbox.to('f'), 'utf8')).to.equal('data');
  });

  it('takes the other way when BackupWrite fails in the middle', () => {
    const content = randomBytes(4 * MEBIBYTE);
    writeFileSync(sandbox.from('f'), content);
    ntfs.fail('BackupWrite:2:1117');
    const copied = sandbox.copy('f');
    expect(copied).to.include({ code: 0, bytes: content.length });
    expect(copied.hash).to.equal(createHash('sha256').update(content).digest('hex'));
    expect(readFileSync(sandbox.to('f')).equals(content)).to.be.true;
  });

  for (const [call, rules] of [
    ['BackupWrite', 'BackupWrite:2:112'],
    ['WriteFile', 'BackupRead:1+:5,WriteFile:2:112'],
  ] as const) {
    it(`leaves nothing behind when the volume is full during ${call}`, () => {
      writeFileSync(sandbox.from('f'), randomBytes(4 * MEBIBYTE));
      ntfs.fail(rules);
      expect(sandbox.copy('f')).to.include({ code: 112, side: 'target' });
      expect(sandbox.results).to.deep.equal({ target: [], temporary: [] });
    });
  }

  it('stops when asked, and leaves nothing behind', () => {
    writeFileSync(sandbox.from('f'), randomBytes(4 * MEBIBYTE));
    expect(sandbox.copy('f', () => false)).to.include({ code: 0, cancelled: true });
    expect(sandbox.results).to.deep.equal({ target: [], temporary: [] });
  });

  it('reads a file again that changed while it was read', () => {
    writeFileSync(sandbox.from('f'), 'first');
    let changes = 1;
    const copied = sandbox.copy('f', () => {
      if (changes-- > 0) appendFileSync(sandbox.from('f'), ' and second');
      return true;
    });
    expect(copied).to.include({ code: 0, torn: false, bytes: 16 });
    expect(readFileSync(sandbox.to('f'), 'utf8')).to.equal('first and second');
    expect(readUnsigned64(copied.record, Word.Size)).to.equal(16);
  });

  it('says so when a file does not stop changing', () => {
    writeFileSync(sandbox.from('f'), 'x');
    const copied = sandbox.copy('f', () => {
      appendFileSync(sandbox.from('f'), 'y');
      return true;
    });
    expect(copied).to.include({ code: 0, torn: true });
    expect(copied.record[Word.Flags] & ItemFlag.Torn).to.not.equal(0);
    // The next run must see a difference.
    expect(readUnsigned64(copied.record, Word.Size)).to.be.lessThan(readFileSync(sandbox.from('f')).length);
  });

  it('tries again when somebody else holds the file', () => {
    writeFileSync(sandbox.from('f'), 'x');
    const record = sandbox.scan(sandbox.source, 'f');
    ntfs.fail('NtCreateFile:1:0xC0000043,NtCreateFile:2:0xC0000043');
    expect(sandbox.copyAs(record, 'f').code).to.equal(0);
  });

  it('reports a file that stays held', () => {
    writeFileSync(sandbox.from('f'), 'x');
    const record = sandbox.scan(sandbox.source, 'f');
    ntfs.fail('NtCreateFile:1:0xC0000043,NtCreateFile:2:0xC0000043,NtCreateFile:3:0xC0000043');
    expect(sandbox.copyAs(record, 'f')).to.include({ code: 32, side: 'source' });
    expect(sandbox.results).to.deep.equal({ target: [], temporary: [] });
  });

  it('replaces what an interrupted copy left', () => {
    writeFileSync(sandbox.from('f'), 'new');
    writeFileSync(`${sandbox.root}/temporary/copy-0`, 'older and longer');
    expect(sandbox.copy('f')).to.include({ code: 0, bytes: 3 });
    expect(readFileSync(sandbox.to('f'), 'utf8')).to.equal('new');
  });
});
