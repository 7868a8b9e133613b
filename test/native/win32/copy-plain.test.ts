import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, linkSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import koffi from 'koffi';
import { ItemFlag, Word } from '../../../native/item-record.ts';
import { finishDirectory } from '../../../native/win32/finish-directory.ts';
import { closeHandle } from '../../../native/win32/library.ts';
import { hashContent } from '../../../native/win32/read-content.ts';
import { CopySandbox, hashIn, openFolder, pinned } from '../../support/win32/copy-sandbox.ts';
import { skip } from '../../support/requires.ts';

const notWindows =
  process.platform === 'win32' ? undefined : 'runs in Windows programs only (under Wine: scripts/test)';
const READ_ONLY = 1;

describe('native/win32: copying files (with what this system has)', () => {
  let sandbox: CopySandbox;

  beforeEach(function () {
    if (notWindows !== undefined) return skip(this, notWindows);
    sandbox = new CopySandbox();
  });

  afterEach(() => {
    if (notWindows === undefined) sandbox[Symbol.dispose]();
  });

  for (const size of [0, 1, 1 << 20, (5 << 20) + 1]) {
    it(`copies ${size} bytes with their hash`, () => {
      const content = randomBytes(size);
      writeFileSync(sandbox.from('f'), content);
      const copied = sandbox.copy('f');
      expect(copied).to.include({ code: 0, bytes: size, torn: false });
      expect(copied.hash).to.equal(createHash('sha256').update(content).digest('hex'));
      expect(readFileSync(sandbox.to('f')).equals(content)).to.be.true;
      expect(sandbox.results).to.deep.equal({ target: ['f'], temporary: [] });
    });
  }

  it('keeps the write time and READONLY', () => {
    writeFileSync(sandbox.from('f'), 'x');
    utimesSync(sandbox.from('f'), 1_000_000_000, 1_000_000_000.123);
    setReadOnly(sandbox.from('f'), READ_ONLY);
    expect(sandbox.copy('f').code).to.equal(0);
    const [from, to] = [sandbox.scan(sandbox.source, 'f'), sandbox.scan(sandbox.target, 'f')];
    expect(to[Word.Attributes] & READ_ONLY).to.equal(READ_ONLY);
    expect(to.slice(Word.WriteTime, Word.WriteTimeNs + 1)).to.deep.equal(
      from.slice(Word.WriteTime, Word.WriteTimeNs + 1),
    );
    for (const path of [sandbox.from('f'), sandbox.to('f')]) setReadOnly(path, 0x80);
  });

  it('makes a file of its own of each name', () => {
    writeFileSync(sandbox.from('f'), 'x');
    linkSync(sandbox.from('f'), sandbox.from('g'));
    expect(sandbox.copy('f').code).to.equal(0);
    expect(statSync(sandbox.to('f')).nlink).to.equal(1);
  });

  for (const name of ['ÄÖ 名前 😀.txt', 'trailing dot.', 'trailing space ', 'a'.repeat(250)]) {
    it(`copies a file with the name '${name.slice(0, 20)}'`, () => {
      const path = `\\\\?\\${sandbox.root}\\source\\${name}`;
      writeFileSync(path, 'x');
      expect(sandbox.copy(name).code).to.equal(0);
      expect(sandbox.results).to.deep.equal({ target: [name], temporary: [] });
    });
  }

  it('reports a file that somebody else holds, after some patience', () => {
    writeFileSync(sandbox.from('f'), 'x');
    const record = sandbox.scan(sandbox.source, 'f');
    const held = openAlone(sandbox.from('f'));
    const began = performance.now();
    try {
      expect(sandbox.copyAs(record, 'f')).to.include({ code: 32, side: 'source' });
    } finally {
      closeHandle(held);
    }
    expect(performance.now() - began).to.be.within(400, 5000);
    expect(sandbox.results).to.deep.equal({ target: [], temporary: [] });
    expect(sandbox.copyAs(record, 'f').code).to.equal(0);
  });

  it('reports a file that is gone', () => {
    writeFileSync(sandbox.from('f'), 'x');
    const record = sandbox.scan(sandbox.source, 'f');
    expect(sandbox.copyAs(record, 'none')).to.include({ code: 2, side: 'source' });
  });

  it('says that a file kept changing', () => {
    writeFileSync(sandbox.from('f'), 'x');
    const copied = sandbox.copy('f', () => {
      appendFileSync(sandbox.from('f'), 'y');
      return true;
    });
    expect(copied).to.include({ code: 0, torn: true });
  });

  it('has a digest of metadata that is the same for the copy and again', () => {
    writeFileSync(sandbox.from('f'), 'x');
    const digest = sandbox.digest(sandbox.source, 'f');
    expect(digest).to.not.equal('0 0');
    expect(sandbox.digest(sandbox.source, 'f')).to.equal(digest);
  });

  it('hashes a file without changing anything else of its record', () => {
    writeFileSync(sandbox.from('f'), 'content');
    const record = sandbox.scan(sandbox.source, 'f');
    const before = record.slice();
    expect(hashContent(sandbox.source, pinned('f'), 0, record, 0, () => true)).to.equal(0);
    expect(hashIn(record)).to.equal(createHash('sha256').update('content').digest('hex'));
    expect(record[Word.Flags]).to.equal(before[Word.Flags] | ItemFlag.Hashed);
    before[Word.Flags] = record[Word.Flags];
    expect(record.slice(0, Word.ContentHash)).to.deep.equal(before.slice(0, Word.ContentHash));
  });

  it('gives a directory the times of its source after it was filled', () => {
    for (const path of [sandbox.from('d'), sandbox.to('d')]) mkdirSync(path);
    writeFileSync(`${sandbox.to('d')}\\child`, 'x');
    utimesSync(sandbox.from('d'), 1_000_000_000, 1_000_000_000);
    const record = sandbox.scan(sandbox.source, 'd');
    const [from, to] = [openFolder(sandbox.from('d')), openFolder(sandbox.to('d'))];
    expect(finishDirectory(from, to, record, 0)).to.equal(0);
    for (const { handle } of [from, to]) closeHandle(handle);
    expect(statSync(sandbox.to('d')).mtimeMs).to.equal(1_000_000_000_000);
  });
});

function setReadOnly(path: string, attributes: number): void {
  koffi.load('kernel32.dll').func('SetFileAttributesW', 'int', ['str16', 'uint'])(path, attributes);
}

/** Without sharing anything. */
function openAlone(path: string): number {
  const open = koffi
    .load('kernel32.dll')
    .func('CreateFileW', 'int64', ['str16', 'uint', 'uint', 'size_t', 'uint', 'uint', 'int64']);
  return open(path, 0x8000_0000, 0, 0, 3, 0x80, 0) as number;
}
