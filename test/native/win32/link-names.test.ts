import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import koffi from 'koffi';
import { RECORD_WORDS, Word } from '../../../native/item-record.ts';
import { NativeError } from '../../../native/types.ts';
import { skip } from '../../support/requires.ts';

const DOUBLE = join(import.meta.dirname, '../../../build/doubles/links.dll');
const FUNCTIONS = ['FindFirstFileNameW', 'FindNextFileNameW', 'FindClose'];

describe('native/win32: names of a file (on a double of FindFirstFileNameW)', () => {
  let root = '';
  let module: typeof import('../../../native/win32/link-names.ts');
  let setNames: (names: string, error: number) => void;
  let openSearches: () => number;

  before(async function () {
    if (process.platform !== 'win32') skip(this, 'needs Windows or Wine');
    if (!existsSync(DOUBLE)) skip(this, 'needs the double (g++-mingw-w64-x86-64)');
    const variable = 'MIRRORBACKUP_NATIVE_LIBRARIES';
    const own = FUNCTIONS.map((name) => `kernel32!${name}=${DOUBLE}`);
    process.env[variable] = [...own, process.env[variable] ?? ''].join(';');
    module = await import('../../../native/win32/link-names.ts');
    const library = koffi.load(DOUBLE);
    const set = library.func('DoubleSetNames', 'void', ['str16', 'uint']);
    setNames = (names, error) => void set(names, error);
    const open = library.func('DoubleOpenSearches', 'int', []);
    openSearches = () => open() as number;
  });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'links-'));
    mkdirSync(join(root, 'deep'));
    writeFileSync(join(root, 'a'), 'x');
    linkSync(join(root, 'a'), join(root, 'deep', 'b'));
    writeFileSync(join(root, 'other'), 'x');
  });

  afterEach(() => {
    expect(openSearches(), 'searches that were not closed').to.equal(0);
    rmSync(root, { recursive: true, force: true });
  });

  /** Below the volume, as the system tells names. */
  function below(...names: string[]): string {
    return join(root, ...names).slice(2);
  }

  it('are those of the volume, as absolute paths', () => {
    setNames(`${below('a')}|${below('deep', 'b')}`, 0);
    expect(module.linkNames(join(root, 'a'))).to.deep.equal([join(root, 'a'), join(root, 'deep', 'b')]);
    expect(module.linkNames(join(root, 'deep', 'b'))).to.have.length(2);
  });

  it('are found again where the path begins inside of the volume, as a share does', () => {
    setNames(`\\data${below('a')}|\\data${below('deep', 'b')}|\\elsewhere\\c`, 0);
    expect(module.linkNames(join(root, 'a'))).to.deep.equal([join(root, 'a'), join(root, 'deep', 'b')]);
  });

  it('do not include names of other files', () => {
    setNames(`${below('a')}|${below('other')}|${below('missing')}`, 0);
    expect(module.linkNames(join(root, 'a'))).to.deep.equal([join(root, 'a')]);
  });

  it('are unknown where the file system has no list', () => {
    for (const code of [1, 50]) {
      setNames('', code);
      expect(module.linkNames(join(root, 'a'))).to.equal(undefined);
    }
  });

  it('that cannot be read are an error with its code', () => {
    setNames('', 5);
    expect(() => module.linkNames(join(root, 'a')))
      .to.throw(NativeError)
      .with.nested.property('native.code', 5);
  });

  it('go with an identity as the system’s tools write it', () => {
    const record = new Uint32Array(RECORD_WORDS);
    record[Word.FileIdHi] = 0x0005_0000;
    record[Word.FileId] = 0x1a2b;
    record[Word.Device] = 0x12ab_34cd;
    expect(module.identify(record, 0)).to.deep.equal({ fileId: '0x0005000000001A2B', volume: '12AB-34CD' });
  });
});
