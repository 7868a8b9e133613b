import { expect } from 'chai';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCompiler } from '../../doubles/build.ts';
import { BackupSet, useEngine } from '../../support/backup-set.ts';
import { NtfsExchange } from '../../support/ntfs-exchange.ts';
import { ntfsFacts } from '../../support/ntfs-facts.ts';
import { inode, makeNtfsImage, makeNtfsVolume, setNtfsProperty } from '../../support/ntfs-volume.ts';
import type { NtfsVolume } from '../../support/ntfs-volume.ts';
import { expectSameLines } from '../../support/oracle-mirror.ts';
import { requires, skip } from '../../support/requires.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { buildNtfsTree, DESCRIPTORS, NTFS_ITEMS } from '../../support/tree-ntfs.ts';
import { askWindowsEngineWith } from '../../support/windows-engine.ts';
import type { WindowsRequest } from '../../support/windows-engine.ts';
import type { Generation, ItemChange } from '../../support/wire.ts';

/** Folders have one name, also those that are links. */
const FOLDER_LINKS = ['junction', 'link to a folder'];
/** ntfs-3g opens no file whose tag it does not know. */
const UNKNOWN_TAGS = ['unknown', 'vendor'];

describe('what a volume of NTFS has beside data, through the engine for Windows @slow', function () {
  this.timeout(300_000);
  const sandbox = useSandbox();
  const linux = useEngine();
  let volume: NtfsVolume;
  let exchange: NtfsExchange;

  beforeEach(async function () {
    requires(this, 'root', 'image:ntfs', 'wine');
    if (findCompiler() === undefined) skip(this, 'needs g++-mingw-w64-x86-64-posix');
    volume = makeNtfsVolume(sandbox(), 'volume');
    exchange = await NtfsExchange.on(volume, sandbox().path('store'));
    mkdirSync(join(volume.folder, 'set'));
    buildNtfsTree(source());
    volume.remount();
  });
  // Skipped tests have none.
  afterEach(() => (volume as NtfsVolume | undefined)?.removeDrive());

  const source = (...parts: string[]): string => join(volume.folder, 'source', ...parts);
  const inside = (generation: Generation, ...parts: string[]): string =>
    join(volume.folder, 'set', generation.name, 'source', ...parts);

  async function run(...more: WindowsRequest[]): Promise<{ generation: Generation; changes: string[] }> {
    exchange.toDouble();
    const sources = [{ path: `${volume.drive}\\source` }];
    const params = { setPath: `${volume.drive}\\set`, sources, outputItem: true, workers: 1 };
    const create = { method: 'createGeneration', params };
    const [answer] = await askWindowsEngineWith<Generation>(exchange.environment, create, ...more);
    exchange.toVolume();
    if (answer === undefined) throw new Error('The engine gave no answer.');
    const changes = answer.notes
      .filter(({ method }) => method === 'item')
      .flatMap(({ params }) => params['items'] as ItemChange[])
      .map(({ change, action, path }) => `${change} ${action} ${path}`);
    return { generation: answer.result, changes };
  }

  it('is on the copies as it is on the source; a descriptor alone makes a fresh copy, and the older one keeps its own', async () => {
    const before = ntfsFacts(source());
    const { generation: first } = await run();
    expectSameLines(ntfsFacts(source()), before, 'the source');
    expectSameLines(ntfsFacts(inside(first)), before, 'the first copy');
    expect(first).to.deep.include({ state: 'Complete', copiedFiles: 16, otherItems: 3, fidelityLosses: [] });

    setNtfsProperty(source('inherited'), 'acl', DESCRIPTORS.denied.toString('hex'));
    const { generation: second, changes } = await run();
    expect(changes).to.deep.equal(['MetadataChanged Copied source/inherited']);
    expect(second).to.deep.include({
      state: 'Complete',
      copiedFiles: 1,
      linkedFiles: 15,
      linkFallbacks: 0,
      fidelityLosses: [],
    });
    expectSameLines(ntfsFacts(inside(second)), ntfsFacts(source()), 'the second copy');
    expectSameLines(ntfsFacts(inside(first)), before, 'the first copy, later');
    const fresh = Object.keys(NTFS_ITEMS).filter((name) => inode(inside(first, name)) !== inode(inside(second, name)));
    expect(fresh.sort()).to.deep.equal(['empty folder', 'inherited', ...FOLDER_LINKS]);

    exchange.toDouble();
    for (const name of [...UNKNOWN_TAGS, 'several streams'])
      expect(readFileSync(inside(second, name), 'utf8'), name).to.equal(readFileSync(source(name), 'utf8'));
  });

  it('is on what is restored', async () => {
    const to = `${volume.drive}\\restored`;
    await run({ method: 'restoreItems', params: { setPath: `${volume.drive}\\set`, to } });
    expectSameLines(ntfsFacts(join(volume.folder, 'restored', 'source')), ntfsFacts(source()), 'what was restored');
  });

  it('is on another volume when the engine for Linux backs up what that for Windows wrote', async () => {
    const { generation: written } = await run();
    const other = makeNtfsImage(sandbox(), 'other');
    mkdirSync(join(other.folder, 'set'));
    const set = new BackupSet(linux(), join(other.folder, 'set'), inside(written));
    const { generation, errors } = await set.run();
    expect(errors.map(({ path }) => path).sort()).to.deep.equal(UNKNOWN_TAGS.map((name) => `source/${name}`));
    expect(generation.fidelityLosses.map(({ kind, examples }) => [kind, examples])).to.deep.equal([
      ['ReparseData', FOLDER_LINKS.map((name) => `source/${name}`)],
    ]);
    other.remount();
    // The driver sets the archive attribute of a file that it gives a name.
    const lost = [...UNKNOWN_TAGS, ...FOLDER_LINKS].map((name) => `/${name} `);
    const kept = (root: string): string[] =>
      ntfsFacts(root)
        .filter((line) => !lost.some((start) => line.startsWith(start)))
        .map((line) =>
          line.replace(' attributes 80', ' attributes 20').replace(' attributes 2004', ' attributes 2024'),
        );
    expectSameLines(kept(join(set.path, generation.name, 'source')), kept(source()), 'the copy of the copy');
  });
});
