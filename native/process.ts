import { linuxProcess } from './linux/process.ts';
import type { ProcessRules } from './process-rules.ts';
import { win32Process } from './win32/process.ts';

/** As packages of Node.js are named, e.g. `linux-x64`. */
export const platformName = `${process.platform}-${process.arch}`;

/** The rules of this platform, without foreign functions: they are needed before those can be loaded. */
export const processRules: ProcessRules = process.platform === 'win32' ? win32Process : linuxProcess;
