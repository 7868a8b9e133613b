import { expect } from 'chai';
import fc from 'fast-check';
import { mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { byteFromText } from '../../native/byte-path.ts';
import { DirectoryChain } from '../../native/directory-chain.ts';
import { loadNative, NativeError, type Directory, type Native } from '../../native/index.ts';
import { RECORD_WORDS, Word } from '../../native/item-record.ts';
import { requires } from '../support/requires.ts';
import { useSandbox } from '../support/sandbox.ts';

/** Some paths that share ancestors, one deeper than a chain holds descriptors for. */
const paths = ['', 'a', 'a/b', 'a/b/c', 'a/bc', 'ab', 'ab/b', ...deep(60)];

function deep(levels: number): string[] {
  const all = Array.from({ length: levels }, (_, i) =>
    Array.from({ length: i + 1 }, (_unused, n) => `d${n}`).join('/'),
  );
  return [all[0], all[46], all[47], all[48], all[levels - 1]];
}

describe('a chain of directories', () => {
  const sandbox = useSandbox();
  let native: Native;
  let root: Directory;
  let top: string;
  const ids = new Map<string, string>();

  before(async () => {
    native = await loadNative();
  });

  beforeEach(() => {
    top = sandbox().path('tree');
    for (const path of paths) mkdirSync(join(top, path), { recursive: true });
    root = native.openRoot(byteFromText(top), 'reference');
    ids.clear();
    for (const path of paths) {
      const directory = native.openDirectory(root, path, 'reference');
      ids.set(path, idOf(directory));
      native.closeDirectory(directory);
    }
  });

  afterEach(() => native.closeDirectory(root));

  function idOf(directory: Directory): string {
    const record = new Uint32Array(RECORD_WORDS);
    expect(native.statDirectory(directory, record, 0)).to.equal(0);
    return `${record[Word.FileIdHi]}-${record[Word.FileId]}`;
  }

  function openDescriptors(): number {
    return readdirSync('/proc/self/fd').length;
  }

  it('opens the directory asked for, in whatever order, and closes what it opened', function () {
    requires(this, 'linux');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...paths), { maxLength: 30 }), (walk) => {
        const before = openDescriptors();
        const chain = new DirectoryChain(native, root, 'list');
        for (const path of walk) expect(idOf(chain.open(path)), path).to.equal(ids.get(path));
        chain.close();
        expect(openDescriptors()).to.equal(before);
      }),
      { numRuns: 60 },
    );
  });

  it('follows no symbolic link that took the place of a directory', () => {
    const outside = sandbox().path('outside');
    mkdirSync(join(outside, 'b'), { recursive: true });
    writeFileSync(join(outside, 'b', 'file'), 'theirs');
    const chain = new DirectoryChain(native, root, 'list');
    try {
      chain.open('a');
      renameSync(join(top, 'a', 'b'), join(top, 'a', 'was-b'));
      symlinkSync(join(outside, 'b'), join(top, 'a', 'b'));
      expect(() => chain.open('a/b')).to.throw(NativeError);
    } finally {
      chain.close();
    }
  });

  it('goes on after a directory that is not there', () => {
    const chain = new DirectoryChain(native, root, 'list');
    try {
      chain.open('a');
      expect(() => chain.open('a/missing')).to.throw(NativeError);
      expect(idOf(chain.open('a/b'))).to.equal(ids.get('a/b'));
    } finally {
      chain.close();
    }
  });
});
