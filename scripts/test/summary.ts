/** A test that did not run, and why. */
export interface Skipped {
  title: string;
  reason: string;
}

/** A test that failed, or a step that did for another reason. */
export interface Failure {
  title: string;
  /** Its first line is shown. */
  message: string;
}

/** What a step came to. */
export interface StepResult {
  passed?: number;
  failed?: number;
  skipped?: readonly Skipped[];
  failures?: readonly Failure[];
}

/** Sums the steps; its text ends with the line that everything reads: `N passed, N failed`. */
export class Summary {
  #passed = 0;
  #failed = 0;
  readonly #skipped: Skipped[] = [];
  readonly #failures: Failure[] = [];

  get isPassed(): boolean {
    return this.#failed === 0;
  }

  add({ passed = 0, failed = 0, skipped = [], failures = [] }: StepResult): void {
    this.#passed += passed;
    this.#failed += failed;
    this.#skipped.push(...skipped);
    this.#failures.push(...failures);
  }

  /** What failed comes after what was skipped: the tail of a log is what people see of it. */
  lines(): string[] {
    return [
      ...this.#skipped.map(({ title, reason }) => `Skipped: ${title}: ${reason}`),
      ...this.#failures.map(({ title, message }) => `Failed: ${title}: ${firstLine(message)}`),
      `${this.#passed} passed, ${this.#failed} failed`,
    ];
  }
}

/** A step that ended as it should not have; nothing may pass because of that. */
export function failedStep(name: string, message: string): Required<Pick<StepResult, 'failed' | 'failures'>> {
  return { failed: 1, failures: [{ title: name, message }] };
}

/** An exit code that the results do not explain must not be lost. */
export function withCrash(name: string, result: StepResult, end: number | string | null): StepResult {
  if (end === 0 || (result.failed ?? 0) > 0) return result;
  const message = `ended with ${typeof end === 'string' ? end : `exit code ${end}`} although no test failed`;
  console.error(`${name} ${message}.`);
  return { ...result, ...failedStep(name, message) };
}

/** The same tests on another platform. */
export function underWine({ skipped = [], failures = [], ...counts }: StepResult): StepResult {
  const renamed = <T extends { title: string }>(entry: T): T => ({ ...entry, title: `under Wine, ${entry.title}` });
  return { ...counts, skipped: skipped.map(renamed), failures: failures.map(renamed) };
}

function firstLine(text: string): string {
  return text.trimStart().split(/\r?\n/u, 1)[0] ?? '';
}
