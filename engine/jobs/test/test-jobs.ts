import type { Native } from '../../../native/index.ts';
import { chooseProvider } from '../../snapshot/choose-provider.ts';
import { SnapshotJournal } from '../../snapshot/journal.ts';
import { createProviders } from '../../snapshot/providers.ts';
import { EngineError } from '../../errors/engine-error.ts';
import type { JobCheck, StoredSecret, TestedJob } from '../../types/protocol.ts';
import { describeSystemError } from '../../errors/system-error.ts';
import { retentionText } from '../describe-job.ts';
import { secondsOf } from '../duration.ts';
import type { Job } from '../job.ts';
import { readJobState } from '../job-state.ts';
import type { JobFileProblem } from '../problem.ts';
import { jobPaths } from '../job-paths.ts';
import { readJobs } from '../read-jobs.ts';
import { secretReferences } from '../secret-references.ts';
import { checkAge } from './check-age.ts';
import { failed, failedBy, passed, warning, type CheckName, type Finding } from './check.ts';
import { checkDestination } from './check-destination.ts';
import { checkHooks } from './check-hooks.ts';
import { checkNotify } from './check-notify.ts';
import { checkSources } from './check-sources.ts';

/** What is to be tested. */
export interface JobTestRequest {
  readonly paths?: readonly string[] | undefined;
  readonly names?: readonly string[] | undefined;
  /** Sets to look at instead of jobs. */
  readonly setPaths?: readonly string[] | undefined;
  readonly maximumAge?: string | undefined;
}

/** What came of it. */
export interface JobTestResult {
  readonly checks: readonly JobCheck[];
  /** What only the module can look for. */
  readonly storedSecrets: readonly StoredSecret[];
  /** What may be registered: that only the module can look for, too. */
  readonly jobs: readonly TestedJob[];
}

/** Tests jobs without running them. Nothing stays changed on disk. */
export async function testJobs(native: Native, request: JobTestRequest): Promise<JobTestResult> {
  const seconds = request.maximumAge === undefined ? undefined : secondsOf(request.maximumAge);
  if (request.setPaths !== undefined) {
    if (seconds === undefined)
      throw new EngineError('InvalidParameter', { message: 'Give params.maximumAge with params.setPaths.' });
    return {
      checks: request.setPaths.flatMap((setPath) =>
        checkAge(setPath, seconds, Date.now()).map((finding) => ({ setPath, ...finding })),
      ),
      storedSecrets: [],
      jobs: [],
    };
  }
  const { jobs, problems } = readJobs(jobPaths(native, request.paths), request.names);
  const checks: JobCheck[] = problems.map(describeProblem);
  for (const job of jobs) {
    const findings = [
      passed('File', `The job is valid: ${job.file}:${job.line}.`, job.file),
      ...(await checkJob(native, job)),
    ];
    if (seconds !== undefined) findings.push(...checkAge(job.settings.destination, seconds, Date.now()));
    checks.push(
      ...findings.map((finding) => ({ job: job.name, file: job.file, setPath: job.settings.destination, ...finding })),
    );
  }
  return { checks, storedSecrets: jobs.flatMap(storedSecretsOf), jobs: jobs.map(testedJob) };
}

function describeProblem({ message, path, job, hint }: JobFileProblem): JobCheck {
  return { ...(job !== undefined && { job }), file: path, ...failed('File', message, { path, hint }) };
}

async function checkJob(native: Native, job: Job): Promise<Finding[]> {
  const { settings } = job;
  return [
    ...guarded('Source', () => checkSources(native, settings)),
    ...guarded('Destination', () => checkDestination(native, settings, readJobState(native, job).setId)),
    ...guarded('Rights', () => checkRights(native)),
    await checkSnapshot(native, job),
    ...checkRetention(job),
    ...guarded('Hook', () => checkHooks(settings)),
    ...(await checkNotify(settings, process.env)),
  ];
}

/** What the system refuses in a way nobody foresaw fails one check, and not the others. */
function guarded(check: CheckName, look: () => Finding[]): Finding[] {
  try {
    return look();
  } catch (error) {
    if (error instanceof EngineError) return [failedBy(check, error)];
    const { text, name } = describeSystemError(error);
    return [failed(check, `This cannot be told: ${text} (${name}).`)];
  }
}

function checkRights(native: Native): Finding[] {
  const lacking = native.lackingRights();
  if (lacking.length === 0) return [passed('Rights', 'This account may read and keep everything.')];
  const hint = 'Run as root or elevated. A registered job runs as another account: test it as that one.';
  return lacking.map((lack) => warning('Rights', `${lack[0].toUpperCase()}${lack.slice(1)}.`, { hint }));
}

async function checkSnapshot(native: Native, { settings }: Job): Promise<Finding> {
  const sources = settings.sources.map((source) => ({ path: typeof source === 'string' ? source : source.path }));
  const request = {
    sources,
    withWriters: true,
    timeoutSeconds: 60,
    persistent: false,
    crossMount: settings.crossMount,
  };
  try {
    const providers = await createProviders(native, new SnapshotJournal(native));
    const choice = await chooseProvider(providers, settings.snapshot, settings.requireSnapshot, request);
    if (choice.warning)
      return warning('Snapshot', choice.warning.message, { hint: 'Say snapshot: None if that is meant.' });
    return passed('Snapshot', choice.reason);
  } catch (error) {
    if (error instanceof EngineError) return failedBy('Snapshot', error);
    const { text, name } = describeSystemError(error);
    return failed('Snapshot', `Whether there are snapshots cannot be told: ${text} (${name}).`);
  }
}

function checkRetention({ settings }: Job): Finding[] {
  if (settings.retention) return [passed('Retention', `It keeps ${retentionText(settings)}.`)];
  return [
    warning('Retention', 'No generation is ever removed: the destination fills up.', {
      hint: 'Add retention, such as {keepDaily: 14, keepWeekly: 8, keepMonthly: 12}.',
    }),
  ];
}

function storedSecretsOf(job: Job): StoredSecret[] {
  return secretReferences(job.settings).flatMap(({ key, secret }) =>
    'secret' in secret
      ? [
          {
            job: job.name,
            file: job.file,
            setPath: job.settings.destination,
            key,
            name: secret.secret,
            ...(secret.vault !== undefined && { vault: secret.vault }),
          },
        ]
      : [],
  );
}

function testedJob({ name, file, settings }: Job): TestedJob {
  const { destination: setPath, schedule, enabled } = settings;
  return { job: name, file, setPath, scheduled: schedule !== undefined, enabled };
}
