import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { winePrefix } from './places.ts';

const LETTERS = 'defghijklmnopqrstuvwxy';

export interface Drive {
  /** `D:` */
  readonly name: string;
  remove(): void;
}

/** Makes a folder of this machine a drive of Wine's. Programs that run already see it at once. */
export function addDrive(folder: string): Drive {
  const devices = join(winePrefix, 'dosdevices');
  mkdirSync(devices, { recursive: true });
  for (const letter of LETTERS) {
    const link = join(devices, `${letter}:`);
    if (!tryLink(folder, link)) continue;
    return { name: `${letter.toUpperCase()}:`, remove: () => rmSync(link, { force: true }) };
  }
  throw new Error(`All drive letters are in use, see ${devices}.`);
}

function tryLink(folder: string, link: string): boolean {
  try {
    symlinkSync(folder, link);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
