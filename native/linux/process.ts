import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessRules } from '../process-rules.ts';

/** How long those that were asked to end have for it. */
const GRACE_MS = 3000;

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
  ownGroup: true,
  endTree: async (pid) => {
    const end = Date.now() + GRACE_MS;
    for (let isThere = signalGroup(pid, 'SIGTERM'); isThere; isThere = signalGroup(pid, 0)) {
      if (Date.now() > end) return void signalGroup(pid, 'SIGKILL');
      await delay(20);
    }
  },
};

/** @returns whether there is anybody in the group */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
