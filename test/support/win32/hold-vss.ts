/** node hold-vss.ts <source> <journal> <persistent: 1 or 0>: makes a shadow copy on the double of VSS, and keeps it. */
import { SnapshotJournal } from '../../../engine/snapshot/journal.ts';
import { VssProvider } from '../../../engine/snapshot/vss/provider.ts';
import { pathCalls } from '../../../engine/snapshot/vss/volumes.ts';
import { loadNative } from '../../../native/index.ts';
import { vss } from '../../../native/win32/vss/calls.ts';

const [path = '', folder, persistent] = process.argv.slice(2);
const native = await loadNative();
await new VssProvider(vss, pathCalls(native, vss), new SnapshotJournal(native, folder)).create(
  { sources: [{ path }], withWriters: true, timeoutSeconds: 20, persistent: persistent === '1' },
  () => undefined,
  new AbortController().signal,
);
setInterval(() => undefined, 1000);
