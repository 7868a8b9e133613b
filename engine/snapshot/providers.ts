import type { Native } from '../../native/index.ts';
import { BtrfsProvider } from './btrfs.ts';
import type { SnapshotJournal } from './journal.ts';
import type { SnapshotProvider } from './provider.ts';
import { unsupported } from './unsupported.ts';

/** The ways to freeze volumes, that of this platform first. */
export async function createProviders(native: Native, journal: SnapshotJournal): Promise<SnapshotProvider[]> {
  const { subvolumes, vss } = native;
  const btrfs = subvolumes
    ? new BtrfsProvider(native, subvolumes, journal)
    : unsupported('Btrfs', 'btrfs is a file system of Linux');
  if (!vss) return [btrfs, unsupported('Vss', 'the Volume Shadow Copy Service is a part of Windows')];
  const { createVss } = await import('./vss/create-vss.ts');
  return [createVss(native, vss, journal), btrfs];
}
