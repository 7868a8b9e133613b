import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessRules } from '../process-rules.ts';
import { isMarked, markedProcesses } from './marked-processes.ts';

/** How long those that were asked to end have for it. */
const GRACE_MS = 3000;
/** How often those are looked for that were started while others were ended. */
const ROUNDS = 50;
const PAUSE_MS = 20;

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
  endTree: async (pid, mark) => {
    const end = Date.now() + GRACE_MS;
    // The group has those that have cleared their environment, the mark those that have left the group.
    const asked = markedProcesses(mark);
    let isThere = signalProcess(-pid, 'SIGTERM');
    for (const one of asked) signalProcess(one, 'SIGTERM');
    for (; isThere || asked.some((one) => isMarked(one, mark)); isThere = signalProcess(-pid, 0)) {
      if (Date.now() > end) break;
      await delay(PAUSE_MS);
    }
    if (isThere) signalProcess(-pid, 'SIGKILL');
    for (let round = 0; round < ROUNDS; round++) {
      const left = markedProcesses(mark);
      if (left.length === 0) return;
      for (const one of left) signalProcess(one, 'SIGKILL');
      await delay(PAUSE_MS);
    }
  },
};

/** @param pid of a process, or less than zero of a group: kill(2) @returns whether there is anybody */
function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
