import { accessSync, constants, statSync } from 'node:fs';
import { fsPath } from '../../../native/fs-path.ts';
import { paths } from '../../../native/paths.ts';
import { processRules } from '../../../native/process.ts';
import type { Hook, JobSettings } from '../../types/job.ts';
import { failed, passed, type Finding } from './check.ts';

const STAGES = ['before', 'after', 'failure'] as const;

/** Whether the programs and scripts of hooks are there. None is run. */
export function checkHooks({ hooks }: JobSettings): Finding[] {
  if (!hooks) return [];
  return STAGES.flatMap((stage) => hooks[stage].map((hook) => checkHook(stage, hook)));
}

function checkHook(stage: string, { run, script }: Hook): Finding {
  const given = run ?? script ?? '';
  const kind = run === undefined ? 'script' : 'program';
  const isBareName = kind === 'program' && !/[\\/]/.test(given);
  const found = isBareName ? findOnPath(given) : namesOf(kind, given).find(isFile);
  if (found === undefined && isBareName)
    return failed('Hook', `The program '${given}' (hooks.${stage}) is not on PATH.`, {
      path: given,
      hint: 'Give its whole path: a scheduled job has another PATH than your session.',
    });
  if (found === undefined)
    return failed('Hook', `The ${kind} '${given}' (hooks.${stage}) is not there.`, { path: given });
  if (kind === 'program' && !isExecutable(found))
    return failed('Hook', `'${found}' (hooks.${stage}) may not be run.`, {
      path: found,
      hint: 'Make it executable for the account of the job.',
    });
  return passed('Hook', `The ${kind} '${found}' (hooks.${stage}) is there.`, found);
}

function namesOf(kind: 'script' | 'program', path: string): string[] {
  return kind === 'script' ? [path] : processRules.programNames(path);
}

function findOnPath(name: string): string | undefined {
  return processRules
    .programNames(name)
    .flatMap((file) => processRules.programFolders().map((folder) => paths.join(folder, file)))
    .find(isFile);
}

function isFile(path: string): boolean {
  try {
    return statSync(fsPath(path)).isFile();
  } catch {
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(fsPath(path), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
