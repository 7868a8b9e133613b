import type { Native } from '../../native/index.ts';
import { BtrfsProvider } from './btrfs.ts';
import type { SnapshotJournal } from './journal.ts';
import type { SnapshotProvider } from './provider.ts';
import { unsupported } from './unsupported.ts';

/** The ways to freeze volumes, those of this platform first. */
export function createProviders(native: Native, journal: SnapshotJournal): SnapshotProvider[] {
  const { subvolumes } = native;
  return [
    subvolumes
      ? new BtrfsProvider(native, subvolumes, journal)
      : unsupported('Btrfs', 'btrfs is a file system of Linux'),
    unsupported('Vss', 'the Volume Shadow Copy Service is a part of Windows'),
  ];
}
