import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ProcessRules } from '../process-rules.ts';

/** How long taskkill may take. */
const PATIENCE_MS = 10_000;

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
  // It would be one in a console window of its own.
  ownGroup: false,
  // Programs without a window cannot be asked: https://learn.microsoft.com/windows-server/administration/windows-commands/taskkill.
  endTree: async (pid) => {
    // Every engine loads this file when it starts, and hardly any ends a process.
    const { spawn } = await import('node:child_process');
    await new Promise<void>((resolve) => {
      const program = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
      const taskkill = spawn(program, ['/PID', String(pid), '/T', '/F'], {
        stdio: 'ignore',
        windowsHide: true,
        timeout: PATIENCE_MS,
      });
      taskkill.once('error', () => resolve());
      taskkill.once('exit', () => resolve());
    });
  },
};
