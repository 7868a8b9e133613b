import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobPlan, JobResult } from '../../engine/types/protocol.ts';
import { EngineProcess, type EngineOptions } from './engine-process.ts';
import { useSandbox, type Sandbox } from './sandbox.ts';

/** Programs a hook can be: each is one of Node.js, told on its command line what to do. */
export function hook(code: string, more: object = {}, ...given: string[]): object {
  return { run: process.execPath, arguments: ['--input-type=module', '-e', code, '--', ...given], ...more };
}

/** A line of a log file. */
export interface LogLine {
  time: string;
  level: string;
  event: string;
  message: string;
  data?: Record<string, unknown>;
}

/** One job, in a file of its own, with one source, a set, and a machine whose state is its own. */
export class JobFixture {
  readonly sandbox: Sandbox;
  readonly source: string;
  readonly set: string;
  readonly file: string;
  readonly state: string;
  readonly #engines: EngineProcess[] = [];

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    this.source = sandbox.path('docs');
    this.set = sandbox.path('set');
    this.file = sandbox.path('jobs.yml');
    this.state = sandbox.path('state');
    mkdirSync(this.source);
    writeFileSync(join(this.source, 'a.txt'), 'a');
  }

  /** Writes the job file. JSON is YAML. */
  write(settings: object = {}, name = 'docs'): void {
    const job = { sources: [this.source], destination: this.set, snapshot: 'None', ...settings };
    writeFileSync(this.file, JSON.stringify({ version: 1, jobs: { [name]: job } }));
  }

  engine(options: EngineOptions = {}): EngineProcess {
    const environment = { MIRRORBACKUP_STATE: this.state, ...options.environment };
    const engine = new EngineProcess({ ...options, environment });
    this.#engines.push(engine);
    return engine;
  }

  /** Runs the job in an engine of its own. */
  async run(params: object = {}, engine = this.engine()): Promise<JobResult> {
    return engine.request<JobResult>('runJob', this.params(params));
  }

  async plan(): Promise<JobPlan> {
    return this.engine().request<JobPlan>('runJob', this.params({ whatIf: true }));
  }

  params(more: object = {}): object {
    return { path: this.file, name: 'docs', ...more };
  }

  async end(): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine.close()));
  }

  /** The lines of the log of a run. */
  log({ logFile }: Pick<JobResult, 'logFile'>): LogLine[] {
    return readLog(logFile ?? '');
  }

  /** All log files at the usual place, oldest first. */
  logFiles(job = 'docs'): string[] {
    const folder = join(this.state, 'logs', job);
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name));
  }
}

export function readLog(file: string): LogLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogLine);
}

/** Mocha hooks that give each test a job of its own. */
export function useJob(): () => JobFixture {
  const sandbox = useSandbox();
  let current: JobFixture | undefined;
  beforeEach(() => {
    current = new JobFixture(sandbox());
  });
  afterEach(async () => {
    await current?.end();
    current = undefined;
  });
  return () => {
    if (current === undefined) throw new Error('the job exists only while a test runs');
    return current;
  };
}
