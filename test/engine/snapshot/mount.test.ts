import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SnapshotEntry } from '../../../engine/snapshot/journal.ts';
import { isSameTarget, Mounts } from '../../../engine/snapshot/mount.ts';
import { EngineError } from '../../../engine/errors/engine-error.ts';
import { skip } from '../../support/requires.ts';

const DEVICE = '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy7';

describe('links to shadow copies', () => {
  it('are known again in the form in which Windows keeps them', () => {
    const root = `${DEVICE}\\`;
    expect(isSameTarget(root, root)).to.equal(true);
    expect(isSameTarget(root.replace('\\\\?', '\\??'), root)).to.equal(true);
    expect(isSameTarget(root.replace('7', '8'), root)).to.equal(false);
    expect(isSameTarget('C:\\', root)).to.equal(false);
  });

  it('that the system does not make are an error, and not written down', function () {
    if (process.env['MIRRORBACKUP_TEST_ON_WINE'] === undefined) skip(this, 'needs Wine, which makes none');
    const folder = mkdtempSync(join(tmpdir(), 'mb-'));
    const entry: SnapshotEntry = {
      id: '{1}',
      kind: 'Vss',
      volume: 'C:\\',
      devicePath: DEVICE,
      createdAt: '',
      persistent: true,
      mounts: [],
      owner: '',
      state: 'Made',
      process: '',
      facts: {},
    };
    const written: string[][] = [];
    const mounts = new Mounts({}, { write: ({ mounts: all }) => void written.push(all) });
    try {
      const path = join(folder, 'link');
      expect(() => mounts.link(entry, path)).to.throw(EngineError, /cannot be mounted at/);
      expect(written).to.deep.equal([[path], []]);
      expect(existsSync(path)).to.equal(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
