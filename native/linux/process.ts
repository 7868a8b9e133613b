import type { ProcessRules } from '../process-rules.ts';

export const linuxProcess: ProcessRules = {
  nodeProgram: 'node',
  cacheFolder: ['.cache', 'mirrorbackup'],
  forwardedSignals: ['SIGTERM', 'SIGHUP'],
};
