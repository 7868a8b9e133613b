import { PathError, type PathRules } from '../../native/paths.ts';
import type { Hook, JobSettings, JobSource } from '../types/job.ts';
import { childOf, type Pointer } from '../text/json-pointer.ts';
import { pointerText } from './pointer-text.ts';
import type { PlacedProblem } from './problem.ts';

/** Settings whose paths are absolute, and what is wrong with those that cannot be. */
export interface ResolvedPaths {
  readonly settings: JobSettings;
  readonly problems: readonly PlacedProblem[];
}

/** Makes the paths of a job absolute: relative ones begin in the folder of the job file. */
export function resolvePaths(given: JobSettings, folder: string, rules: PathRules): ResolvedPaths {
  const problems: PlacedProblem[] = [];
  const { hooks, report, log } = given;
  const settings: JobSettings = {
    ...given,
    sources: given.sources.map((source, index) => sourceFrom(source, childOf('/sources', index))),
    destination: absolute(given.destination, '/destination'),
    excludeFile: given.excludeFile.map((file, index) => absolute(file, childOf('/excludeFile', index))),
    report: report.map((one, index) => ({ ...one, file: absolute(one.file, `/report/${index}/file`) })),
    ...(log && { log: log.folder === undefined ? log : { ...log, folder: absolute(log.folder, '/log/folder') } }),
    ...(hooks && {
      hooks: {
        before: hooksFrom(hooks.before, '/hooks/before'),
        after: hooksFrom(hooks.after, '/hooks/after'),
        failure: hooksFrom(hooks.failure, '/hooks/failure'),
      },
    }),
  };
  return { settings, problems };

  function sourceFrom(source: JobSource, pointer: Pointer): JobSource {
    const isText = typeof source === 'string';
    const path = tryAbsolute(isText ? source : source.path, isText ? pointer : `${pointer}/path`);
    if (path === undefined) return source;
    const name = (isText ? undefined : source.name) ?? rules.leaf(path);
    return { path, name };
  }

  function hooksFrom(list: readonly Hook[], pointer: Pointer): Hook[] {
    return list.map((hook, index) => {
      const place = childOf(pointer, index);
      if (hook.script !== undefined) return { ...hook, script: absolute(hook.script, `${place}/script`) };
      // A bare name is looked for on PATH.
      if (hook.run === undefined || !/[\\/]/.test(hook.run)) return hook;
      return { ...hook, run: absolute(hook.run, `${place}/run`) };
    });
  }

  function absolute(text: string, pointer: Pointer): string {
    return tryAbsolute(text, pointer) ?? text;
  }

  function tryAbsolute(text: string, pointer: Pointer): string | undefined {
    try {
      return rules.normalize(isRelative(text, rules) ? rules.join(folder, text) : text);
    } catch (error) {
      if (!(error instanceof PathError)) throw error;
      problems.push({
        pointer,
        at: 'value',
        message: `'${pointerText(pointer)}': the path '${text}' ${error.message}`,
        hint: error.hint,
      });
      return undefined;
    }
  }
}

/**
 * A path of the other platform is no relative one: `E:\Backup` would be a strange folder on Linux. Nor is `E:Backup` on
 * Windows, which depends on a current folder and not on that of the job file.
 */
function isRelative(text: string, rules: PathRules): boolean {
  if (/^[\\/]/.test(text)) return false;
  if (rules.ignoresCase) return !/^[A-Za-z]:/.test(text);
  if (!/^[A-Za-z]:([\\/]|$)/.test(text)) return true;
  throw new PathError('is one of Windows', 'Run the job there, or give a path of this system.');
}
