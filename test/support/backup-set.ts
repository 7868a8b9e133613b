import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EngineProcess } from './engine-process.ts';
import type { EngineOptions } from './engine-process.ts';
import { EngineError } from './wire.ts';
import type {
  BackupOptions,
  ChangeSummary,
  Damage,
  Generation,
  ItemChange,
  ItemError,
  PruneOptions,
  RemovalResult,
  RestoredItem,
  RestoreSummary,
  TestSummary,
  Warning,
} from './wire.ts';

export interface Source {
  path: string;
  name?: string;
}

/** A run with everything it said. */
export interface Run {
  generation: Generation;
  items: ItemChange[];
  errors: ItemError[];
  warnings: Warning[];
}

/** What a policy came to, with everything that was said. */
export interface Pruning {
  results: RemovalResult[];
  /** The results as they were announced. */
  announced: RemovalResult[];
  timeZone: string;
  errors: ItemError[];
  warnings: Warning[];
}

export interface Comparison {
  summary: ChangeSummary;
  items: ItemChange[];
}

/** A restore with everything it said. */
export interface Restore {
  summary: RestoreSummary | undefined;
  /** Why it ended early, if it did. */
  refused: EngineError | undefined;
  items: RestoredItem[];
  errors: ItemError[];
  warnings: Warning[];
}

/** A test of generations with everything it said. */
export interface Test {
  summary: TestSummary;
  damages: Damage[];
  warnings: Warning[];
}

export interface RestoreOptions {
  generation?: string;
  paths?: string[];
  literalPaths?: string[];
  to?: string;
  toOriginal?: boolean;
  conflict?: 'Fail' | 'Skip' | 'Overwrite' | 'KeepBoth';
  allowDamaged?: boolean;
  whatIf?: boolean;
}

/** A set and its usual sources, with the protocol's methods as they read in a test. */
export class BackupSet {
  readonly path: string;
  readonly sources: Source[];
  readonly engine: EngineProcess;

  constructor(engine: EngineProcess, path: string, ...sources: (string | Source)[]) {
    this.engine = engine;
    this.path = path;
    this.sources = sources.map((source) => (typeof source === 'string' ? { path: source } : source));
  }

  /** The same set through another engine process. */
  through(engine: EngineProcess): BackupSet {
    return new BackupSet(engine, this.path, ...this.sources);
  }

  /** One thread unless a test asks for more: starting them takes longer than a small tree. */
  async run(options: BackupOptions = {}): Promise<Run> {
    const params = { setPath: this.path, sources: this.sources, outputItem: true, workers: 1, ...options };
    const { id, answer } = this.engine.start<Generation>('createGeneration', params);
    const generation = await answer;
    return { generation, ...this.said(id) };
  }

  async list(options: object = {}): Promise<Generation[]> {
    const params = { setPath: this.path, ...options };
    return (await this.engine.request<{ generations: Generation[] }>('listGenerations', params)).generations;
  }

  async names(options: object = {}): Promise<string[]> {
    return (await this.list(options)).map((generation) => generation.name);
  }

  async remove(names: string[], options: { force?: boolean; whatIf?: boolean } = {}): Promise<RemovalResult[]> {
    const params = { setPath: this.path, names, ...options };
    return (await this.engine.request<{ results: RemovalResult[] }>('removeGenerations', params)).results;
  }

  async prune(options: PruneOptions): Promise<Pruning> {
    const { id, answer } = this.engine.start<Pick<Pruning, 'results' | 'timeZone'>>('pruneGenerations', {
      setPath: this.path,
      ...options,
    });
    const { results, timeZone } = await answer;
    const { errors, warnings, removals } = this.said(id);
    return { results, announced: removals, timeZone, errors, warnings };
  }

  async pin(names: string[], reason?: string): Promise<Generation[]> {
    const params = { setPath: this.path, names, ...(reason !== undefined && { reason }) };
    return (await this.engine.request<{ generations: Generation[] }>('pinGenerations', params)).generations;
  }

  async unpin(names: string[]): Promise<Generation[]> {
    const params = { setPath: this.path, names };
    return (await this.engine.request<{ generations: Generation[] }>('unpinGenerations', params)).generations;
  }

  async compare(reference: string, difference?: string): Promise<Comparison> {
    const other = difference === undefined ? { sources: this.sources } : { difference };
    const params = { setPath: this.path, reference, ...other };
    const { id, answer } = this.engine.start<{ summary: ChangeSummary }>('compareGenerations', params);
    const { summary } = await answer;
    return { summary, items: this.said(id).items };
  }

  async restore(options: RestoreOptions): Promise<Restore> {
    const params = { setPath: this.path, ...options };
    const { id, answer } = this.engine.start<{ summary: RestoreSummary }>('restoreItems', params);
    const result = await answer.catch((error: unknown) => {
      if (error instanceof EngineError) return error;
      throw error;
    });
    const refused = result instanceof EngineError ? result : undefined;
    const summary = result instanceof EngineError ? undefined : result.summary;
    const notes = this.engine.take(id);
    const of = (method: string): Record<string, unknown>[] =>
      notes.filter((note) => note.method === method).map((note) => note.params);
    return {
      summary,
      refused,
      items: of('restored').flatMap((params) => params['items'] as RestoredItem[]),
      errors: of('itemError').map((params) => params['error'] as ItemError),
      warnings: of('warning').map((params) => params as unknown as Warning),
    };
  }

  async test(options: object = {}): Promise<Test> {
    const params = { setPath: this.path, ...options };
    const { id, answer } = this.engine.start<{ summary: TestSummary }>('testGenerations', params);
    const { summary } = await answer;
    const notes = this.engine.take(id);
    const of = (method: string): Record<string, unknown>[] =>
      notes.filter((note) => note.method === method).map((note) => note.params);
    return {
      summary,
      damages: of('damage').flatMap((params) => params['items'] as Damage[]),
      warnings: of('warning').map((params) => params as unknown as Warning),
    };
  }

  /** A path inside a generation; the first part after it is the name of a source. */
  at(generation: Generation, ...parts: string[]): string {
    return join(this.path, generation.name, ...parts);
  }

  /** Folders of unfinished generations. */
  staged(): string[] {
    const folder = join(this.path, '.mirrorbackup/staging');
    return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  }

  private said(requestId: number): Omit<Run, 'generation'> & { removals: RemovalResult[] } {
    const notes = this.engine.take(requestId);
    const of = (method: string): Record<string, unknown>[] =>
      notes.filter((note) => note.method === method).map((note) => note.params);
    return {
      items: of('item').flatMap((params) => params['items'] as ItemChange[]),
      errors: of('itemError').map((params) => params['error'] as ItemError),
      warnings: of('warning').map((params) => params as unknown as Warning),
      removals: of('removal').map((params) => params['result'] as RemovalResult),
    };
  }
}

/** One engine for all tests of a suite: starting it costs more than most tests do. */
export function useEngine(options: EngineOptions = {}): () => EngineProcess {
  let engine: EngineProcess | undefined;
  before(() => {
    engine = new EngineProcess(options);
  });
  after(() => engine?.close());
  return () => {
    if (engine === undefined) throw new Error('the engine runs only while the suite does');
    if (engine.process.exitCode !== null || engine.process.signalCode !== null) engine = new EngineProcess(options);
    return engine;
  };
}

/** Runs `work` with an engine of its own, wrapped or not, and always ends it. */
export async function withEngine<T>(options: EngineOptions, work: (engine: EngineProcess) => Promise<T>): Promise<T> {
  const engine = new EngineProcess(options);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** The error a request is refused with; anything else fails the test. */
export async function refusal(request: Promise<unknown>): Promise<EngineError> {
  const result = await request.then(
    () => 'success',
    (error: unknown) => error,
  );
  if (result instanceof EngineError) return result;
  throw result instanceof Error ? result : new Error('expected a refusal, got success');
}
