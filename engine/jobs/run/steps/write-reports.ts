import { exportReport } from '../../../report/export-report.ts';
import { retentionOf } from '../retention-of.ts';
import type { RunContext } from '../run-context.ts';

/**
 * Writes the reports of a job, with what its rules for retention will do. One that fails does not stop the others.
 * @throws the reason of `end` when that is aborted
 */
export async function writeReports({ job, log, watch, record }: RunContext, end: AbortSignal): Promise<void> {
  const { destination: setPath, report } = job.settings;
  const { policy, timeZone } = retentionOf(job) ?? {};
  for (const { file, format } of report) {
    end.throwIfAborted();
    try {
      await exportReport({ setPath, policy, timeZone, format, outFile: file }, watch, end);
      record.reports.push(file);
      log.write('Info', 'report', `The report '${file}' is written.`, { file });
    } catch (error) {
      end.throwIfAborted();
      record.addProblem(error);
    }
  }
}
