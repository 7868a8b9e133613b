/** node hold-vss-by-tool.ts <folder of the sandbox> <journal>: makes a shadow copy by programs, and keeps it. */
import { SnapshotJournal } from '../../engine/snapshot/journal.ts';
import { loadNative } from '../../native/index.ts';
import { create, VssToolSandbox } from './vss-tool-sandbox.ts';

const [root, folder] = process.argv.slice(2);
const journal = new SnapshotJournal(await loadNative(), folder);
await create(new VssToolSandbox(root).provider(journal));
setInterval(() => undefined, 1000);
