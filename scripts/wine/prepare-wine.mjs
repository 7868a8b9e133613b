import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../bootstrap/lock.mjs';
import { installDebianPackages, isInstalled } from '../debian-packages.mjs';
import { wineFolder } from './places.ts';
import { makePrefix } from './prefix.ts';
import { installWindowsPackages } from './windows-packages.mjs';

/**
 * Makes this machine able to run Windows programs; quick when it is. Safe to call side by side.
 * @returns {Promise<string | undefined>} why that cannot be, if so
 */
export async function prepareWine() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'needs Linux on an x64 processor';
  if (!isInstalled('wine')) {
    installDebianPackages({ wine: 'wine' });
    if (!isInstalled('wine')) return 'needs Wine, which is installed as root on Debian only';
  }
  mkdirSync(wineFolder, { recursive: true });
  await withLock(join(wineFolder, '.lock'), async () => {
    installWindowsPackages();
    await makePrefix();
  });
  return undefined;
}
