import { withCrash, type Failure, type Skipped, type StepResult } from './summary.ts';

/**
 * Reads what Pester/Run.ps1 says, line by line: its last one is `Pester: N passed, N failed, N skipped`, and before it
 * are those that were skipped and that failed.
 */
export class PesterOutput {
  #counts: { passed: number; failed: number } | undefined;
  readonly #skipped: Skipped[] = [];
  readonly #failures: Failure[] = [];

  /** Takes a line; returns whether a reader wants to see it. */
  take(text: string): boolean {
    const line = text.trim();
    const [, passed, failed] = /^Pester: (\d+) passed, (\d+) failed, (\d+) skipped$/.exec(line) ?? [];
    if (passed !== undefined) {
      this.#counts = { passed: Number(passed), failed: Number(failed) };
      return false;
    }
    const [, kind, title, rest] = /^(Skipped|Failed): (.+?): (.+)$/.exec(line) ?? [];
    if (title === undefined || rest === undefined) return true;
    if (kind === 'Skipped') this.#skipped.push({ title, reason: rest });
    else this.#failures.push({ title, message: rest });
    return true;
  }

  /** What the step returns. */
  result(name: string, exitCode: number | string | null): StepResult {
    if (this.#counts === undefined) throw new Error(`it ended (${exitCode}) before it had counted the tests.`);
    return withCrash(name, { ...this.#counts, skipped: this.#skipped, failures: this.#failures }, exitCode);
  }
}
