import type { RunListener } from '../../generation/run-reporter.ts';
import { exportReport } from '../../report/export-report.ts';
import type { Job } from '../job.ts';
import { retentionOf } from './retention-of.ts';

/** What became of one report. */
export interface ReportEnd {
  file: string;
  /** Why it could not be written. */
  error?: unknown;
}

/**
 * Writes the reports of a job, with what its rules for retention will do. One that fails does not stop the others.
 * @throws the reason of `signal` when that is aborted
 */
export async function writeReports(
  job: Job,
  reporter: Pick<RunListener, 'progress' | 'warning'>,
  signal: AbortSignal,
): Promise<ReportEnd[]> {
  const { destination: setPath, report } = job.settings;
  const { policy, timeZone } = retentionOf(job) ?? {};
  const ends: ReportEnd[] = [];
  for (const { file, format } of report) {
    signal.throwIfAborted();
    try {
      await exportReport({ setPath, policy, timeZone, format, outFile: file }, reporter, signal);
      ends.push({ file });
    } catch (error) {
      signal.throwIfAborted();
      ends.push({ file, error });
    }
  }
  return ends;
}
