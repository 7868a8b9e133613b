import { DateTime } from 'luxon';
import type { PathRules } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import { checkTimeZone } from '../retention/time-zone.ts';
import { checkPattern } from '../scan/read-rules.ts';
import type { JobSettings } from '../types/job.ts';
import { bytesOf } from './byte-size.ts';
import { secondsOf } from './duration.ts';
import type { Pointer } from '../text/json-pointer.ts';
import { pointerText } from './pointer-text.ts';
import type { PlacedProblem } from './problem.ts';
import { showValue } from '../text/show-value.ts';

/** A century: what is longer is a slip of the hand, and no date. */
const LONGEST_SECONDS = 36_525 * 86_400;

/** What the schema cannot say of settings whose paths are resolved: dates, time zones, patterns, names that collide. */
export function checkSettings(settings: JobSettings, rules: PathRules): PlacedProblem[] {
  const { retention, hooks, notify, schedule } = settings;
  const checks: (PlacedProblem | undefined)[] = [
    ...checkSources(settings, rules),
    ...settings.exclude.map((pattern, index) => checkOnePattern(pattern, `/exclude/${index}`)),
    ...settings.include.map((pattern, index) => checkOnePattern(pattern, `/include/${index}`)),
    checkSize(settings.maximumSize, '/maximumSize'),
    checkAge(settings.olderThan, '/olderThan'),
    checkAge(settings.newerThan, '/newerThan'),
    checkDuration(retention?.keepWithin, '/retention/keepWithin'),
    checkZone(retention?.timeZone, '/retention/timeZone'),
    ...(['before', 'after', 'failure'] as const).flatMap((stage) =>
      (hooks?.[stage] ?? []).map(({ timeout }, index) => checkDuration(timeout, `/hooks/${stage}/${index}/timeout`)),
    ),
    ...(notify?.webhook ?? []).map(({ timeout }, index) => checkDuration(timeout, `/notify/webhook/${index}/timeout`)),
    checkAddress(notify?.mail?.from, '/notify/mail/from'),
    ...(notify?.mail?.to ?? []).map((address, index) => checkAddress(address, `/notify/mail/to/${index}`)),
    checkDuration(schedule?.timeLimit, '/schedule/timeLimit'),
    schedule?.randomDelay === undefined ? undefined : checkLength(schedule.randomDelay, '/schedule/randomDelay'),
  ];
  return checks.filter((problem) => problem !== undefined);
}

function checkSources({ sources }: JobSettings, rules: PathRules): PlacedProblem[] {
  const seen = new Map<string, Pointer>();
  return sources.flatMap((source, index): PlacedProblem[] => {
    if (typeof source === 'string') return [];
    const pointer = `/sources/${index}`;
    const name = source.name ?? rules.leaf(source.path);
    const problem = rules.problemWithName(name);
    if (problem !== undefined)
      return [
        {
          pointer,
          at: 'value',
          message: `'${pointerText(pointer)}' cannot have the name '${name}' in a generation: ${problem}`,
        },
      ];
    const other = seen.get(rules.key(name));
    if (other === undefined) {
      seen.set(rules.key(name), pointer);
      return [];
    }
    return [
      {
        pointer,
        at: 'value',
        message: `'${pointerText(pointer)}' and '${pointerText(other)}' would both be kept as '${name}'`,
        hint: `Give one of them a name of its own: {path: …, name: …}.`,
      },
    ];
  });
}

function checkOnePattern(pattern: string, pointer: Pointer): PlacedProblem | undefined {
  return unlessEngineError(pointer, () => checkPattern(pattern));
}

function checkZone(zone: string | undefined, pointer: Pointer): PlacedProblem | undefined {
  return zone === undefined
    ? undefined
    : unlessEngineError(pointer, () => checkTimeZone(zone, `'${pointerText(pointer)}'`));
}

function unlessEngineError(pointer: Pointer, check: () => unknown): PlacedProblem | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { pointer, at: 'value', message: error.message.replace(/\.$/, ''), hint: error.hint };
  }
}

function checkSize(size: number | string | undefined, pointer: Pointer): PlacedProblem | undefined {
  if (size === undefined || bytesOf(size) <= Number.MAX_SAFE_INTEGER) return undefined;
  return {
    pointer,
    at: 'value',
    message: `'${pointerText(pointer)}' is ${showValue(size)}, which is more than any file has`,
  };
}

function checkAge(age: string | undefined, pointer: Pointer): PlacedProblem | undefined {
  if (age === undefined) return undefined;
  if (!/^\d{4}-/.test(age)) return checkDuration(age, pointer);
  if (DateTime.fromISO(age).isValid) return undefined;
  return {
    pointer,
    at: 'value',
    message: `'${pointerText(pointer)}' is ${showValue(age)}, and there is no such day or time`,
  };
}

function checkDuration(duration: string | undefined, pointer: Pointer): PlacedProblem | undefined {
  if (duration === undefined) return undefined;
  if (secondsOf(duration) > 0) return checkLength(duration, pointer);
  return {
    pointer,
    at: 'value',
    message: `'${pointerText(pointer)}' is ${showValue(duration)} (expected more than nothing)`,
  };
}

function checkLength(duration: string, pointer: Pointer): PlacedProblem | undefined {
  if (secondsOf(duration) <= LONGEST_SECONDS) return undefined;
  return {
    pointer,
    at: 'value',
    message: `'${pointerText(pointer)}' is ${showValue(duration)} (expected at most a hundred years)`,
  };
}

function checkAddress(address: string | undefined, pointer: Pointer): PlacedProblem | undefined {
  if (address === undefined || /[^\s@]@[^\s@]/.test(address)) return undefined;
  return {
    pointer,
    at: 'value',
    message: `'${pointerText(pointer)}' is ${showValue(address)} (expected an e-mail address)`,
  };
}
