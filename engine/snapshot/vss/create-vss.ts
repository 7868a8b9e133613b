import type { Native } from '../../../native/index.ts';
import type { VssCalls } from '../../../native/vss/calls.ts';
import type { SnapshotJournal } from '../journal.ts';
import type { SnapshotProvider } from '../provider.ts';
import { VssByTool } from './by-tool.ts';
import { VssOrTool } from './or-tool.ts';
import { VssProvider } from './provider.ts';
import { pathCalls } from './volumes.ts';

/** Shadow copies of this computer, in the best way it has. */
export function createVss(native: Native, vss: VssCalls, journal: SnapshotJournal): SnapshotProvider {
  const paths = pathCalls(native, vss);
  return new VssOrTool(new VssProvider(vss, paths, journal), new VssByTool(paths, journal), journal);
}
