import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ProcessRules } from '../process-rules.ts';

export const win32Process: ProcessRules = {
  nodeProgram: 'node.exe',
  cacheFolder: ['AppData', 'Local', 'MirrorBackup', 'cache'],
  // A console that is closed tells all its processes itself, and to signal another process is to kill it on the spot:
  // https://nodejs.org/api/process.html#signal-events.
  forwardedSignals: [],
  stateFolders: () => [
    join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'MirrorBackup'),
    join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'MirrorBackup', 'State'),
  ],
  programNames: (name) => [
    ...(/\.[^\\/]*$/.test(name) ? [name] : []),
    ...(process.env['PATHEXT'] ?? '.COM;.EXE;.BAT;.CMD').split(';').flatMap((end) => (end === '' ? [] : name + end)),
  ],
  programFolders: () => (process.env['PATH'] ?? '').split(';').filter((folder) => folder !== ''),
  jobsFolder: () => join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'MirrorBackup', 'Jobs'),
};
