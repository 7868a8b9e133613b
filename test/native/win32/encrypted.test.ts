import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { FidelityLoss, ItemFlag, Word } from '../../../native/item-record.ts';
import { CopySandbox } from '../../support/win32/copy-sandbox.ts';
import { NtfsDouble, withoutDouble } from '../../support/win32/ntfs-double.ts';
import { skip } from '../../support/requires.ts';

const ENCRYPTED = 0x4000;

describe('native/win32: files encrypted by EFS (on the double of NTFS)', () => {
  const content = randomBytes(10_000);
  let sandbox: CopySandbox;
  let ntfs: NtfsDouble;

  beforeEach(function () {
    if (withoutDouble !== undefined) return skip(this, withoutDouble);
    sandbox = new CopySandbox();
    ntfs = new NtfsDouble(sandbox.double);
    writeFileSync(sandbox.from('f'), content);
    ntfs.put(sandbox.from('f'), ':s', Buffer.from('stream'));
    ntfs.addAttributes(sandbox.from('f'), ENCRYPTED);
  });

  afterEach(() => {
    if (withoutDouble !== undefined) return;
    expect(ntfs.leaked(), 'contexts that were not released').to.equal(0);
    sandbox[Symbol.dispose]();
  });

  it('copies a file as it is encrypted, with the hash of what it says', () => {
    const copied = sandbox.copy('f');
    expect(copied).to.include({ code: 0, losses: 0, bytes: content.length });
    expect(copied.hash).to.equal(createHash('sha256').update(content).digest('hex'));
    expect(readFileSync(sandbox.to('f')).equals(content)).to.be.true;
    expect(ntfs.get(sandbox.to('f'), ':s')?.toString()).to.equal('stream');
    expect(ntfs.attributes(sandbox.to('f')) & ENCRYPTED).to.not.equal(0);
    expect(sandbox.results).to.deep.equal({ target: ['f'], temporary: [] });
  });

  it('copies a file encrypted for somebody else, without a hash', () => {
    ntfs.set('EFS', 'nokey');
    const copied = sandbox.copy('f');
    expect(copied).to.include({ code: 0, losses: 0 });
    expect(copied.record[Word.Flags] & ItemFlag.Hashed).to.equal(0);
    expect(readFileSync(sandbox.to('f')).equals(content)).to.be.true;
    expect(ntfs.attributes(sandbox.to('f')) & ENCRYPTED).to.not.equal(0);
  });

  it('copies it as it reads where the destination cannot encrypt, and reports that', () => {
    ntfs.set('EFS', 'refuse');
    const copied = sandbox.copy('f');
    expect(copied).to.include({ code: 0, losses: FidelityLoss.Encryption });
    expect(readFileSync(sandbox.to('f')).equals(content)).to.be.true;
    expect(ntfs.get(sandbox.to('f'), ':s')?.toString()).to.equal('stream');
    expect(ntfs.attributes(sandbox.to('f')) & ENCRYPTED).to.equal(0);
  });

  it('reports a file that can neither be read nor be written encrypted', () => {
    ntfs.fail('WriteEncryptedFileRaw:1:6014');
    ntfs.set('EFS', 'nokey');
    expect(sandbox.copy('f')).to.include({ code: 6014, side: 'target' });
    expect(sandbox.results).to.deep.equal({ target: [], temporary: [] });
  });

  for (const [where, rules] of [
    ['in the helper file', 'WriteFile:2:112'],
    ['in the target', 'WriteEncryptedFileRaw:1:112'],
  ] as const) {
    it(`leaves nothing behind when the volume is full ${where}`, () => {
      ntfs.fail(rules);
      expect(sandbox.copy('f')).to.include({ code: 112, side: 'target' });
      expect(sandbox.results).to.deep.equal({ target: [], temporary: [] });
    });
  }

  it('stops when asked', () => {
    expect(sandbox.copy('f', () => false)).to.include({ cancelled: true });
    expect(sandbox.results).to.deep.equal({ target: [], temporary: [] });
  });
});
