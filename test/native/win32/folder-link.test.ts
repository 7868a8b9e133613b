import { expect } from 'chai';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { mountPoint, replaceLink } from '../../../native/win32/folder-link.ts';
import { win32Paths as paths } from '../../../native/win32/paths.ts';
import { skip } from '../../support/requires.ts';

describe('the data of a junction', () => {
  it('names the target twice: for the system, and for people', () => {
    const data = mountPoint('C:\\set\\gen');
    const real = '\\??\\C:\\set\\gen';
    const shown = 'C:\\set\\gen';
    expect(data.readUInt32LE(0)).to.equal(0xa0000003);
    expect(data.readUInt16LE(4)).to.equal(data.length - 8);
    expect([8, 10, 12, 14].map((at) => data.readUInt16LE(at))).to.deep.equal([
      0,
      real.length * 2,
      real.length * 2 + 2,
      shown.length * 2,
    ]);
    expect(data.toString('utf16le', 16)).to.equal(`${real}\0${shown}\0`);
  });

  it('takes halves of surrogate pairs as they are on disk', () => {
    expect(mountPoint('\\\\?\\C:\\a.\\␛ED␛A0␛80').toString('utf16le', 16)).to.contain('\\??\\C:\\a.\\\ud800\0');
  });
});

describe('a link to a folder on Windows', () => {
  let set = '';

  before(function () {
    if (process.platform !== 'win32') skip(this, 'needs Windows');
  });
  beforeEach(() => {
    set = paths.normalize(mkdtempSync(`${tmpdir()}\\mb-`));
    mkdirSync(paths.toFs(paths.join(set, '.mirrorbackup')));
    for (const name of ['one', 'two']) mkdirSync(paths.toFs(paths.join(set, name)));
  });
  afterEach(() => rmSync(paths.toFs(set), { recursive: true, force: true }));

  it('is made and replaced where there are junctions; elsewhere nothing is left of it', () => {
    // Wine has none; the double of NTFS has.
    const hasJunctions = process.env['MIRRORBACKUP_NATIVE_LIBRARIES'] !== undefined;
    for (const target of ['one', 'two']) {
      const isMade = replaceLink(set, 'latest', target, '.mirrorbackup/latest.new');
      if (hasJunctions) expect(isMade).to.equal(true);
      expect(existsSync(paths.toFs(paths.join(set, 'latest')))).to.equal(isMade);
      expect(readdirSync(paths.toFs(paths.join(set, '.mirrorbackup')))).to.deep.equal([]);
    }
  });

  it('is not made on a share, where clients could not follow it', () => {
    expect(replaceLink('\\\\server\\share\\set', 'latest', 'one', '.mirrorbackup/latest.new')).to.equal(false);
  });
});
