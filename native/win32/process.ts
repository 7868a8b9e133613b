import type { ProcessRules } from '../process-rules.ts';

export const win32Process: ProcessRules = {
  nodeProgram: 'node.exe',
  cacheFolder: ['AppData', 'Local', 'MirrorBackup', 'cache'],
  // A console that is closed tells all its processes itself, and to signal another process is to kill it on the spot:
  // https://nodejs.org/api/process.html#signal-events.
  forwardedSignals: [],
};
