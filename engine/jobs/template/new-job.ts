import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { fsPath } from '../../../native/fs-path.ts';
import type { Native } from '../../../native/index.ts';
import { paths } from '../../../native/paths.ts';
import { processRules } from '../../../native/process.ts';
import { EngineError } from '../../errors/engine-error.ts';
import { describeSystemError } from '../../errors/system-error.ts';
import { absolutePath } from '../../generation/absolute-path.ts';
import { writeWhole } from '../../generation/write-file.ts';
import { jobSchemaText } from '../generated/schema.ts';
import { readFileText } from '../job-file-text.ts';
import { parseYaml } from '../parse-yaml.ts';
import type { JobFileProblem } from '../problem.ts';
import { readJobFile, readJobFileBytes } from '../read-job-file.ts';
import { withJob } from './add-job.ts';
import { jobTemplate, SCHEMA_FILE, type WrittenSettings } from './job-template.ts';

/** A job to be written. */
export interface NewJobRequest {
  /** A job file, which need not exist, or a folder, in which the file gets the name of the job. */
  readonly path: string;
  readonly name: string;
  readonly settings: WrittenSettings;
  /** A job with this name may be replaced. */
  readonly force: boolean;
  readonly whatIf: boolean;
}

/** What was done, or would be. */
export interface NewJobResult {
  readonly file: string;
  readonly action: 'Created' | 'Added' | 'Replaced';
}

const EVERYBODY_READS = 0o644;

/**
 * Writes a job into a new file, in which everything is explained, or adds it to one that is there. What is written is what
 * the reader accepts.
 * @throws EngineError JobExists, JobInvalid, JobFileNotReadable, JobFileNotWritable, PathInvalid, InvalidParameter
 */
export function newJob(
  native: Pick<Native, 'makePrivateFolder' | 'mayKeepMachineState'>,
  request: NewJobRequest,
): NewJobResult {
  const file = fileOf(request);
  const isThere = existsSync(fsPath(file));
  const { action, text } = isThere ? changed(file, request) : created(request);
  refuse(problemsWith(file, text, request.name));
  if (!request.whatIf) write(native, file, text);
  return { file, action };
}

function fileOf({ path, name }: NewJobRequest): string {
  const absolute = absolutePath(path);
  const stat = statSync(fsPath(absolute), { throwIfNoEntry: false });
  // A machine has no folder of jobs before its first one.
  if (stat?.isDirectory() || (!stat && !/\.[^\\/]*$/.test(absolute))) return paths.join(absolute, `${name}.yml`);
  if (/\.ya?ml$/i.test(absolute)) return absolute;
  throw new EngineError('InvalidParameter', {
    message: `The name of a job file ends in .yml or .yaml, and '${absolute}' does not.`,
    path: absolute,
    hint: 'Give a folder, or the path of a .yml file.',
  });
}

function created({ name, settings }: NewJobRequest): { action: NewJobResult['action']; text: string } {
  return { action: 'Created', text: jobTemplate(name, settings) };
}

function changed(
  file: string,
  { name, settings, force }: NewJobRequest,
): { action: NewJobResult['action']; text: string } {
  const content = read(file);
  // What cannot be understood is not rewritten.
  refuse(readJobFile(file, context()).problems.filter(({ job }) => job === undefined));
  const jobs = (parseYaml(content).value as { jobs: Record<string, unknown> }).jobs;
  const same = Object.keys(jobs).find((other) => other.toLowerCase() === name.toLowerCase());
  if (same !== undefined && (!force || same !== name))
    throw new EngineError('JobExists', {
      message: `The job file '${file}' has a job '${same}' already.`,
      path: file,
      ...(same !== name && { hint: 'Names that differ in case only are the same to schedules: give another one.' }),
    });
  return { action: same === undefined ? 'Added' : 'Replaced', text: withJob(content, name, settings) };
}

function read(file: string): string {
  try {
    return readFileText(fsPath(file)).text;
  } catch (error) {
    const native = describeSystemError(error);
    throw new EngineError('JobFileNotReadable', {
      message: `The job file '${file}' cannot be read: ${native.text} (${native.name}).`,
      path: file,
      native,
    });
  }
}

function problemsWith(file: string, text: string, name: string): JobFileProblem[] {
  const { problems } = readJobFileBytes(file, Buffer.from(text), context());
  return problems.filter(({ job }) => job === undefined || job === name);
}

/** The account that writes a job need not have the variables of the one that runs it. */
function context(): Parameters<typeof readJobFile>[1] {
  const environment = new Proxy(process.env, {
    get: (variables, name) => (typeof name === 'string' ? (variables[name] ?? name) : undefined),
  });
  return { environment, computerName: hostname(), rules: paths };
}

function refuse(problems: readonly JobFileProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new EngineError('JobInvalid', {
    message: problems.map(({ message }) => message).join(' '),
    path: first.path,
    hint: first.hint,
    details: { problems },
  });
}

function write(native: Pick<Native, 'makePrivateFolder' | 'mayKeepMachineState'>, file: string, text: string): void {
  const folder = paths.parent(file);
  const schema = fsPath(paths.join(folder, SCHEMA_FILE));
  try {
    makeFolder(native, folder);
    const mode = statSync(fsPath(file), { throwIfNoEntry: false })?.mode;
    if (mode === undefined && !holds(schema, jobSchemaText)) {
      writeWhole(schema, jobSchemaText);
      chmodSync(schema, EVERYBODY_READS);
    }
    writeWhole(fsPath(file), text);
    chmodSync(fsPath(file), mode ?? EVERYBODY_READS);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const native = describeSystemError(error);
    throw new EngineError('JobFileNotWritable', {
      message: `The job file '${file}' cannot be written: ${native.text} (${native.name}).`,
      path: file,
      native,
    });
  }
}

/**
 * On Windows the jobs of a machine lie in the folder of its state: made as any other there, everybody might write to it,
 * and nothing in it would be believed.
 */
function makeFolder(native: Pick<Native, 'makePrivateFolder' | 'mayKeepMachineState'>, folder: string): void {
  const keyOf = (path: string): string => paths.key(paths.join(path, ''));
  const state = processRules.stateFolders().find((one) => keyOf(folder).startsWith(keyOf(one)));
  if (state === processRules.stateFolders()[0] && !existsSync(fsPath(state)) && !native.mayKeepMachineState())
    throw new EngineError('ElevationRequired', {
      message: `The folder '${state}' does not exist yet, and administrators would not trust one that this account makes.`,
      path: state,
    });
  if (state !== undefined) native.makePrivateFolder(state);
  mkdirSync(fsPath(folder), { recursive: true });
}

function holds(file: ReturnType<typeof fsPath>, text: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8') === text;
}
