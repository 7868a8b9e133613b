import { loadNative } from '../../native/index.ts';
import type { RunListener } from '../generation/run-reporter.ts';
import { openSet } from '../generation/backup-set.ts';
import type { ExportReportResult } from '../types/protocol.ts';
import type { Report } from '../types/report.ts';
import { collectReport } from './collect-report.ts';
import { checkOutFile, writeOutFile } from './out-file.ts';
import type { ExportOptions } from './report-options.ts';

/**
 * Reports on a set: writes the file, or returns the text. The file is there as a whole or not at all.
 * @throws EngineError what {@link collectReport} throws, and FolderNotFound, PathIsDirectory, PathExists, OutFileInSet,
 * OutFileNotWritable
 */
export async function exportReport(
  options: ExportOptions,
  reporter: Pick<RunListener, 'progress' | 'warning'>,
  signal: AbortSignal,
): Promise<ExportReportResult> {
  const { outFile, noClobber = false } = options;
  const { layout } = openSet(options.setPath);
  const target =
    outFile === undefined
      ? undefined
      : checkOutFile(await loadNative(), outFile, layout.set, noClobber ? 'keep' : 'replace');
  const report = await collectReport(options, reporter, signal);
  const text = await render(report, options.format);
  signal.throwIfAborted();
  if (target) writeOutFile(target, text);
  const length = Buffer.byteLength(text);
  const { status } = report.health;
  return target ? { path: target.path, text: null, length, status } : { path: null, text, length, status };
}

async function render(report: Report, format: ExportOptions['format']): Promise<string> {
  switch (format) {
    case 'Json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'Prometheus':
      return (await import('./prometheus/render-metrics.ts')).renderMetrics(report);
    case 'Html':
      return (await import('./html/render-page.ts')).renderPage(report);
  }
}
