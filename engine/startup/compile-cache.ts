import module from 'node:module';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { processRules } from '../../native/process.ts';

let folder: string | undefined;

/**
 * Lets V8 keep what the main thread compiled: start-up counts, because every cmdlet of an unattended script may start an engine. The
 * folder is that of the account, not of `$HOME`: root must not run code that was cached in a folder of another user.
 *
 * @see https://nodejs.org/api/module.html#moduleenablecompilecacheoptions; a folder that cannot be written is no error.
 */
export function useCompileCache(): void {
  try {
    const { homedir } = userInfo();
    folder = join(homedir, ...processRules.cacheFolder, 'compile');
    module.enableCompileCache(folder);
  } catch {
    // An account that the system does not know (some containers): just a little slower.
  }
}

/** The environment of threads that use the same cache: they do not take part in that of the main thread by themselves. */
export function compileCacheOfThreads(): NodeJS.ProcessEnv {
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}
