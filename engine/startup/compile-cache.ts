import module from 'node:module';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { processRules } from '../../native/process.ts';

/**
 * Lets V8 keep what it compiled: start-up counts, because every cmdlet of an unattended script may start an engine. The
 * folder is that of the account, not of `$HOME`: root must not run code that was cached in a folder of another user.
 *
 * @see https://nodejs.org/api/module.html#moduleenablecompilecacheoptions; a folder that cannot be written is no error.
 */
export function useCompileCache(): void {
  try {
    const { homedir } = userInfo();
    module.enableCompileCache(join(homedir, ...processRules.cacheFolder, 'compile'));
  } catch {
    // An account that the system does not know (some containers): just a little slower.
  }
}
