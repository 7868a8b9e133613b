import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { NativeError } from '../../../native/types.ts';
import { closeHandle } from '../../../native/win32/library.ts';
import { explainNoLinks } from '../../../native/win32/explain-no-links.ts';
import { Access } from '../../../native/win32/open-item.ts';
import { openPath } from '../../../native/win32/open-path.ts';
import { win32Paths as paths } from '../../../native/win32/paths.ts';
import { realPath } from '../../../native/win32/real-path.ts';
import { skip } from '../../support/requires.ts';

describe('the real path on Windows', () => {
  let root = '';

  before(function () {
    if (process.platform !== 'win32') skip(this, 'needs Windows');
  });
  beforeEach(() => {
    root = paths.normalize(mkdtempSync(`${tmpdir()}\\mb-`));
  });
  afterEach(() => rmSync(paths.toFs(root), { recursive: true, force: true }));

  it('is the same however a folder is spelled', () => {
    mkdirSync(paths.toFs(paths.join(root, 'Folder')), { recursive: true });
    const real = realPath(paths.normalize(`\\\\?\\${root}\\Folder`));
    expect(paths.leaf(real)).to.equal('Folder');
    expect(realPath(paths.normalize(`\\\\?\\${root.toLowerCase()}\\FOLDER`))).to.equal(real);
    expect(realPath(root)).to.equal(paths.parent(real));
  });

  it('is that of nothing that is missing', () => {
    expect(() => realPath(paths.join(root, 'missing'))).to.throw(NativeError, 'NtCreateFile');
    expect(() => realPath('\\\\missing.invalid\\share')).to.throw(NativeError);
  });

  it('leads to a volume that can be asked why it has no links', () => {
    const handle = openPath(root, Access.Ask, 0);
    try {
      // Wine says that NTFS has no links; what counts is that the name was read.
      expect(explainNoLinks({ handle }) ?? 'NTFS').to.contain('NTFS');
    } finally {
      closeHandle(handle);
    }
  });
});
