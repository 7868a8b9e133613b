import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ProcessRules } from '../process-rules.ts';

export const linuxProcess: ProcessRules = {
  nodeProgram: 'node',
  cacheFolder: ['.cache', 'mirrorbackup'],
  forwardedSignals: ['SIGTERM', 'SIGHUP'],
  // The second is for users who may not write to the first: https://specifications.freedesktop.org/basedir-spec/latest/.
  stateFolders: () => [
    '/var/lib/mirrorbackup',
    join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'mirrorbackup'),
  ],
  programNames: (name) => [name],
  programFolders: () => (process.env['PATH'] ?? '/usr/bin:/bin').split(':').filter((folder) => folder.startsWith('/')),
  jobsFolder: () => '/etc/mirrorbackup/jobs',
};
