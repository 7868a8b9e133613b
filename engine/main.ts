// The engine: speaks the protocol of docs/protocol.md on standard input and output.
import { runBeforeExit } from './startup/before-exit.ts';
import { useCompileCache } from './startup/compile-cache.ts';
import { isNewEnough, runOnNewerNode } from './startup/newer-node.ts';

// A worker or a foreign function may still hold the event loop: whatever was to be cleaned up is, by now.
process.exit(isNewEnough() ? await run() : await runOnNewerNode(import.meta.url));

async function run(): Promise<number> {
  useCompileCache();
  // Only now, so that it is cached.
  const [{ serve }, { commands }] = await Promise.all([import('./protocol/serve.ts'), import('./commands/index.ts')]);
  const exitCode = await serve(commands);
  await runBeforeExit();
  return exitCode;
}
