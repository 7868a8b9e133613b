import type { Native } from '../../native/index.ts';
import { BtrfsProvider } from './btrfs.ts';
import type { SnapshotJournal } from './journal.ts';
import type { SnapshotProvider } from './provider.ts';
import { unsupported } from './unsupported.ts';

/** The ways to freeze volumes, that of this platform first. */
export async function createProviders(native: Native, journal: SnapshotJournal): Promise<SnapshotProvider[]> {
  const { subvolumes } = native;
  const btrfs = subvolumes
    ? new BtrfsProvider(native, subvolumes, journal)
    : unsupported('Btrfs', 'btrfs is a file system of Linux');
  if (native.platform !== 'win32')
    return [btrfs, unsupported('Vss', 'the Volume Shadow Copy Service is a part of Windows')];
  // Only there: it takes COM.
  const [{ VssProvider }, { VssByTool }, { VssOrTool }] = await Promise.all([
    import('./vss-provider.ts'),
    import('./vss-by-tool.ts'),
    import('./vss-or-tool.ts'),
  ]);
  const vss = new VssOrTool(new VssProvider(native, journal), new VssByTool(native, journal), journal);
  return [vss, btrfs];
}
