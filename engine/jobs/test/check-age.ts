import { EngineError } from '../../errors/engine-error.ts';
import { listGenerations } from '../../generation/list-generations.ts';
import { failed, failedBy, passed, warning, type Finding } from './check.ts';

const AGE = 'Age';
/** Several computers may write to a set; their clocks need not agree to the second. */
const TOLERANCE_SECONDS = 300;

/** Whether a set has a complete generation that is not older than that. Reads the set, and nothing else. */
export function checkAge(setPath: string, maximumSeconds: number, now: number): Finding[] {
  const notes: Finding[] = [];
  try {
    const newest = listGenerations(setPath, { latest: true, states: ['Complete'] }, (error) =>
      notes.push(
        warning(AGE, error.message, { ...(error.path !== undefined && { path: error.path }), hint: error.hint }),
      ),
    ).at(0);
    if (!newest) return [...notes, failed(AGE, `The set '${setPath}' has no complete generation.`, { path: setPath })];
    const seconds = (now - Date.parse(newest.createdAt)) / 1000;
    const allowed = `at most ${ageText(maximumSeconds)} is allowed`;
    if (seconds < -TOLERANCE_SECONDS)
      return [
        ...notes,
        failed(AGE, `The newest complete generation, ${newest.name}, is ${ageText(-seconds)} in the future.`, {
          path: newest.path,
          hint: 'Check the clock of this machine, and that of the machine that made it.',
        }),
      ];
    const age = ageText(Math.max(0, seconds));
    const message = `The newest complete generation, ${newest.name}, is ${age} old; ${allowed}.`;
    if (seconds <= maximumSeconds) return [...notes, passed(AGE, message, newest.path)];
    return [
      ...notes,
      failed(AGE, message, { path: newest.path, hint: 'Look at the last result of the job, and at its log.' }),
    ];
  } catch (error) {
    if (error instanceof EngineError) return [...notes, failedBy(AGE, error)];
    throw error;
  }
}

/** `3 d 4 h`, `26 h 10 min`, `40 s`: two units tell enough. */
export function ageText(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
