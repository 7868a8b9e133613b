import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { link } from '../../../native/win32/names.ts';
import { removeFile } from '../../../native/win32/remove.ts';
import { CopySandbox, pinned } from '../../support/win32/copy-sandbox.ts';
import { NtfsDouble, withoutDouble } from '../../support/win32/ntfs-double.ts';
import { skip } from '../../support/requires.ts';

const READ_ONLY = 1;
const SHARING_VIOLATION = 32;

describe('native/win32: links and removal (on the double of NTFS)', () => {
  let sandbox: CopySandbox;
  let ntfs: NtfsDouble;

  beforeEach(function () {
    if (withoutDouble !== undefined) return skip(this, withoutDouble);
    sandbox = new CopySandbox();
    ntfs = new NtfsDouble(sandbox.double);
    writeFileSync(sandbox.from('f'), 'x');
  });

  afterEach(() => {
    if (withoutDouble === undefined) sandbox[Symbol.dispose]();
  });

  const linkAs = (name: string): number => link(sandbox.source, pinned('f'), 0, sandbox.target, pinned(name), 0);

  it('makes 1,024 names and reports the next', () => {
    for (let i = 1; i < 1024; i++) if (linkAs(`n${i}`) !== 0) throw new Error(`name ${i}`);
    expect(linkAs('one-too-many')).to.equal(1142);
    expect(existsSync(sandbox.to('one-too-many'))).to.be.false;
  });

  it('makes a name while a scanner lets go of the file, and reports one that does not', () => {
    ntfs.fail(`CreateHardLinkW:1:${SHARING_VIOLATION}`);
    expect(linkAs('g')).to.equal(0);
    expect(existsSync(sandbox.to('g'))).to.be.true;
    ntfs.fail(`CreateHardLinkW:1+:${SHARING_VIOLATION}`);
    expect(linkAs('h')).to.equal(SHARING_VIOLATION);
    expect(existsSync(sandbox.to('h'))).to.be.false;
  });

  it('shares security, streams and attributes with all names', () => {
    expect(linkAs('g')).to.equal(0);
    ntfs.put(sandbox.from('f'), ':s', Buffer.from('stream'));
    ntfs.addAttributes(sandbox.to('g'), READ_ONLY);
    expect(ntfs.get(sandbox.to('g'), ':s')?.toString()).to.equal('stream');
    expect(ntfs.attributes(sandbox.from('f')) & READ_ONLY).to.equal(READ_ONLY);
  });

  it('removes one name of a READONLY file and leaves the attribute to the others', () => {
    expect(linkAs('g')).to.equal(0);
    ntfs.addAttributes(sandbox.from('f'), READ_ONLY);
    expect(removeFile(sandbox.target, pinned('g'), 0)).to.equal(0);
    expect(existsSync(sandbox.to('g'))).to.be.false;
    expect(ntfs.attributes(sandbox.from('f')) & READ_ONLY).to.equal(READ_ONLY);
    expect(readFileSync(sandbox.from('f'), 'utf8')).to.equal('x');
  });
});
