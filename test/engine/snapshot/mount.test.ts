import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SnapshotEntry } from '../../../engine/snapshot/journal.ts';
import { Mounts } from '../../../engine/snapshot/mount.ts';
import { EngineError } from '../../../engine/errors/engine-error.ts';
import { loadNative } from '../../../native/index.ts';
import { skip } from '../../support/requires.ts';

const DEVICE = '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy7';

describe('links to shadow copies', () => {
  it('that the system does not make are an error, and not written down', async function () {
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
    const mounts = new Mounts(await loadNative(), { write: ({ mounts: all }) => void written.push(all) });
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
