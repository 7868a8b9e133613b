import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fsPath } from '../../../native/fs-path.ts';
import type { Mail } from '../../types/job.ts';
import type { JobState } from '../../types/protocol.ts';
import type { Told } from '../channel.ts';
import type { ResultDescription } from '../describe-result.ts';
import { oneLine } from '../one-line.ts';
import { resultText } from '../result-text.ts';
import { resultHtml } from './html.ts';

/** Beyond that many servers refuse a mail as a whole. */
const LARGEST_REPORT = 10 * 2 ** 20;
const PRIORITY: Readonly<Record<JobState, 'normal' | 'high'>> = {
  Complete: 'normal',
  Partial: 'normal',
  Failed: 'high',
  Cancelled: 'normal',
};

interface ComposedMail {
  readonly from: string;
  readonly to: string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly priority: 'normal' | 'high';
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: { filename: string; content: Buffer; contentType: string }[];
}

/** The mail about a result. A report that cannot be attached is told of in the mail, which is more important. */
export async function composeMail({ from, to, attachReport }: Mail, told: Told): Promise<ComposedMail> {
  const report = attachReport ? await readReport(told.reportHtmlFile) : undefined;
  const description = withNote(told.description, report);
  return {
    from: oneLine(from),
    to: to.map(oneLine),
    subject: `[MirrorBackup] ${description.title}`,
    text: resultText(description),
    html: resultHtml(description),
    priority: PRIORITY[description.state],
    headers: {
      // https://datatracker.ietf.org/doc/html/rfc3834: no answers by machines to it.
      'Auto-Submitted': 'auto-generated',
      'X-MirrorBackup-State': description.state,
      'X-MirrorBackup-Job': oneLine(told.result.job),
    },
    attachments: typeof report === 'object' ? [{ ...report, contentType: 'text/html; charset=utf-8' }] : [],
  };
}

/** @returns the report, or why there is none */
async function readReport(file: string | undefined): Promise<{ filename: string; content: Buffer } | string> {
  if (file === undefined) return 'not attached: the job has no report in the format Html, or it was not written';
  try {
    const path = fsPath(file);
    const { size } = await stat(path);
    if (size > LARGEST_REPORT) return `not attached, because it is too large for a mail: ${file}`;
    return { filename: oneLine(basename(file)), content: await readFile(path) };
  } catch (error) {
    return `not attached, because it could not be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function withNote(
  description: ResultDescription,
  report: { filename: string } | string | undefined,
): ResultDescription {
  if (typeof report !== 'string') return description;
  return { ...description, facts: [...description.facts, { label: 'Report', value: oneLine(report) }] };
}
