import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { fsPath } from '../../../native/fs-path.ts';
import { paths } from '../../../native/paths.ts';

const LEVELS = ['Error', 'Warning', 'Info', 'Debug'] as const;
export type JobLogLevel = (typeof LEVELS)[number];

export interface JobLogOptions {
  /** Asked for when it is needed: that it cannot be had is a problem of the log. */
  folder: string | (() => string);
  keepFiles: number;
  level: JobLogLevel;
}

/** Runs that begin within the same second. */
const MOST_OF_A_SECOND = 1000;

/**
 * The log of a run of a job: one JSON object per line, written at once, so that it tells how far a run came that was
 * killed. What cannot be logged stops nothing.
 */
export class JobLog {
  readonly #level: number;
  readonly #hide: (text: string) => string;
  #file: number | undefined;
  /** Where it is; undefined where there is none. */
  path: string | undefined;
  /** What kept it from being written. */
  problem: unknown;

  /**
   * Makes the file, and removes the oldest ones of the job beyond `keepFiles`.
   * @param hide takes out of a line what must not be in it
   */
  constructor(job: string, startedAt: Date, options: JobLogOptions, hide: (text: string) => string) {
    this.#level = LEVELS.indexOf(options.level);
    this.#hide = hide;
    let folder: string;
    try {
      folder = typeof options.folder === 'string' ? options.folder : options.folder();
      mkdirSync(fsPath(folder), { recursive: true, mode: 0o700 });
      this.#create(job, startedAt, folder);
    } catch (error) {
      this.problem = error;
      return;
    }
    try {
      removeOldest(job, folder, options.keepFiles);
    } catch (error) {
      this.write('Warning', 'log.rotation', `Old log files could not be removed: ${(error as Error).message}`);
    }
  }

  write(level: JobLogLevel, event: string, message: string, data?: unknown): void {
    if (this.#file === undefined || LEVELS.indexOf(level) > this.#level) return;
    const line = JSON.stringify({ time: new Date().toISOString(), level, event, message, data });
    try {
      writeSync(this.#file, `${this.#hide(line)}\n`);
    } catch (error) {
      this.problem = error;
      this.close();
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #create(job: string, startedAt: Date, folder: string): void {
    const stem = `${job}-${startedAt.toISOString().slice(0, 19).replaceAll(':', '')}Z`;
    for (let number = 1; ; number++) {
      const path = paths.join(folder, `${stem}${number === 1 ? '' : `-${number}`}.jsonl`);
      try {
        this.#file = openSync(fsPath(path), 'wx', 0o600);
        this.path = path;
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number === MOST_OF_A_SECOND) throw error;
      }
    }
  }
}

function removeOldest(job: string, folder: string, keepFiles: number): void {
  const files = readdirSync(fsPath(folder)).filter((file) => isLogOf(job, file));
  files.sort((a, b) => compare(orderOf(a), orderOf(b)));
  for (const file of files.slice(0, -keepFiles)) rmSync(fsPath(paths.join(folder, file)));
}

/** Not a prefix alone: the folder may hold those of `docs-old`, too. */
function isLogOf(job: string, file: string): boolean {
  return file.startsWith(`${job}-`) && /^\d{4}-\d\d-\d\dT\d{6}Z(-\d+)?\.jsonl$/.test(file.slice(job.length + 1));
}

function orderOf(file: string): [string, number] {
  const [, time = '', number = '1'] = /-(\d{4}-\d\d-\d\dT\d{6}Z)(?:-(\d+))?\.jsonl$/.exec(file) ?? [];
  return [time, Number(number)];
}

function compare(a: [string, number], b: [string, number]): number {
  return a[0] === b[0] ? a[1] - b[1] : a[0] < b[0] ? -1 : 1;
}
