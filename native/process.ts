import { linuxProcess } from './linux/process.ts';
import type { ProcessRules } from './process-rules.ts';
import { win32Process } from './win32/process.ts';

/** The rules of this platform, without foreign functions: they are needed before those can be loaded. */
export const processRules: ProcessRules = process.platform === 'win32' ? win32Process : linuxProcess;
