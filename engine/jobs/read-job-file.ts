import { fsPath } from '../../native/fs-path.ts';
import type { PathRules } from '../../native/paths.ts';
import type { JobSettings } from '../types/job.ts';
import { findWrittenSecrets } from './written-secrets.ts';
import { checkSettings } from './check-settings.ts';
import { explainErrors } from './explain-errors.ts';
import { validateFile } from './generated/validate-file.mjs';
import { validateSettings } from './generated/validate-settings.mjs';
import type { Job } from './job.ts';
import { decodeText, readFileText, type FileText } from './job-file-text.ts';
import { parseYaml, type Position, type YamlFile } from './parse-yaml.ts';
import { childOf, keysOf, type Pointer } from '../text/json-pointer.ts';
import { pointerText } from './pointer-text.ts';
import type { JobFileProblem, PlacedProblem } from './problem.ts';
import { resolvePaths } from './resolve-paths.ts';
import { replaceVariables, type VariableSource } from './variables.ts';

/** What a job file is read with. */
export interface ReadingContext extends VariableSource {
  readonly rules: PathRules;
}

/** The jobs of a file that can run, and what is wrong with the others or with the file. */
export interface JobFileContent {
  readonly jobs: readonly Job[];
  readonly problems: readonly JobFileProblem[];
}

/** Reads a job file. @throws errors of the system */
export function readJobFile(file: string, context: ReadingContext): JobFileContent {
  return new JobFileReader(file, context).read(readFileText(fsPath(file)));
}

/** The same of bytes that are not in the file, or not yet. */
export function readJobFileBytes(file: string, bytes: Buffer, context: ReadingContext): JobFileContent {
  return new JobFileReader(file, context).read(decodeText(bytes));
}

class JobFileReader {
  readonly #file: string;
  readonly #context: ReadingContext;
  readonly #problems: JobFileProblem[] = [];
  /** Problems of defaults show in every job, and are told once. */
  readonly #told = new Set<string>();

  constructor(file: string, context: ReadingContext) {
    this.#file = file;
    this.#context = context;
  }

  read(content: FileText): JobFileContent {
    if (content.kind === 'problem') {
      const position = positionIn(content.text, content.offset);
      this.#add({ message: content.message, hint: content.hint }, position);
      return this.#content([]);
    }
    const yaml = parseYaml(content.text);
    for (const problem of yaml.problems) this.#add(problem, problem);
    if (yaml.problems.length > 0) return this.#content([]);
    if (yaml.value === null || yaml.value === undefined) {
      this.#add(
        { message: 'the file is empty', hint: 'New-BackupJob writes a job file with everything explained.' },
        { line: 1, column: 1 },
      );
      return this.#content([]);
    }
    return this.#content(this.#readJobs(yaml));
  }

  #readJobs(yaml: YamlFile): Job[] {
    const replaced = replaceVariables(yaml.value, this.#context);
    const unset = new Set(replaced.problems.map(({ pointer }) => pointer));
    const { value } = replaced;
    const shape = validateFile(value) ? [] : explainErrors(value, validateFile.errors ?? []);
    const problems = [
      ...replaced.problems,
      ...findWrittenSecrets(yaml.value),
      ...shape.filter(({ pointer }) => !unset.has(pointer)),
    ];
    const broken = new Set<string | undefined>();
    for (const problem of problems) {
      broken.add(jobOf(problem));
      this.#place(problem, yaml);
    }
    // What is wrong with the file as a whole, or with what all jobs have in common, leaves none that can be trusted.
    if (broken.has(undefined)) return [];
    const { defaults = {}, jobs } = value as { defaults?: object; jobs: Record<string, object> };
    return Object.entries(jobs)
      .filter(([name]) => !broken.has(name))
      .flatMap(([name, own]) => this.#readJob(name, { ...defaults }, own, yaml));
  }

  #readJob(name: string, defaults: object, own: object, yaml: YamlFile): Job[] {
    const merged: unknown = structuredClone({ ...defaults, ...own });
    const pointer = childOf('/jobs', name);
    if (!validateSettings(merged)) {
      // The shape is known to be right: only what must be given somewhere may be missing.
      const errors = (validateSettings.errors ?? []).map((error) => ({
        ...error,
        instancePath: pointer + error.instancePath,
      }));
      for (const problem of explainErrors({ jobs: { [name]: merged } }, errors)) this.#place(problem, yaml);
      return [];
    }
    const { settings, problems } = resolvePaths(merged, this.#folder, this.#context.rules);
    const all = [...problems, ...(problems.length > 0 ? [] : checkSettings(settings, this.#context.rules))];
    for (const problem of all) this.#place(inFile(problem, pointer, own), yaml, name);
    if (all.length > 0) return [];
    return [{ name, file: this.#file, line: yaml.position(pointer, 'key').line, settings: withoutUndefined(settings) }];
  }

  get #folder(): string {
    return this.#context.rules.parent(this.#file);
  }

  #place(problem: PlacedProblem, yaml: YamlFile, job = jobOf(problem)): void {
    this.#add(problem, yaml.position(problem.pointer, problem.at), pointerText(problem.pointer), job);
  }

  #add(
    { message, hint }: { message: string; hint?: string | undefined },
    { line, column }: Position,
    key?: string,
    job?: string,
  ): void {
    const text = `${this.#file}:${line}:${column}: ${message}${/[.?]$/.test(message) ? '' : '.'}`;
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.#problems.push({
      id: 'JobInvalid',
      message: text,
      path: this.#file,
      line,
      column,
      ...(job !== undefined && { job }),
      ...(key !== undefined && key !== '' && { key }),
      ...(hint !== undefined && { hint }),
    });
  }

  #content(jobs: readonly Job[]): JobFileContent {
    const problems = this.#problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
    return { jobs, problems };
  }
}

/** A problem of settings, at the place they have in the file: in the job, or in what is the default of all. */
function inFile(problem: PlacedProblem, job: Pointer, own: object): PlacedProblem {
  const [first = ''] = keysOf(problem.pointer);
  const owner = Object.hasOwn(own, first) ? job : '/defaults';
  const message = problem.message.replaceAll(/'([^']*)'/g, (quoted, text: string) =>
    text === first || text.startsWith(`${first}.`) || text.startsWith(`${first}[`)
      ? `'${pointerText(owner)}.${text}'`
      : quoted,
  );
  return { ...problem, pointer: owner + problem.pointer, message };
}

function jobOf({ pointer }: PlacedProblem): string | undefined {
  const [section, name] = keysOf(pointer);
  return section === 'jobs' ? name : undefined;
}

function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function withoutUndefined(settings: JobSettings): JobSettings {
  return JSON.parse(JSON.stringify(settings)) as JobSettings;
}
