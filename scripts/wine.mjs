// npm run -s wine -- script.js …: runs Node.js for Windows under Wine, and installs what that needs first. Arguments
// that are paths are best given as Windows has them (Z:\…) or relative to the checkout.
import { prepareWine } from './wine/prepare-wine.mjs';
import { runWindowsNode } from './wine/run.ts';

const reason = await prepareWine();
if (reason === undefined) {
  const { exitCode } = await runWindowsNode(process.argv.slice(2), {
    cwd: process.cwd(),
    onOutput: (chunk, stream) => process[stream].write(chunk),
  });
  process.exitCode = exitCode;
} else {
  console.error(`Windows programs cannot run here: ${reason}.`);
  process.exitCode = 1;
}
