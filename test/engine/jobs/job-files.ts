import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readJobs, type JobsRead } from '../../../engine/jobs/read-jobs.ts';
import type { JobFileContent } from '../../../engine/jobs/read-job-file.ts';
import type { ReadJobsOptions } from '../../../engine/jobs/read-jobs.ts';

/** A folder of this platform. */
export const ROOT = process.platform === 'win32' ? 'C:\\srv' : '/srv';

/** What variables stand for in these tests. */
export const options: ReadJobsOptions = {
  environment: { ROOT, EMPTY: '', TRICKY: '${env:ROOT} %ComputerName%' },
  computerName: 'PC1',
};

/** Writes a file and reads it. */
export function read(file: string, content: string | Uint8Array, names: string[] = []): JobsRead {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return readJobs([file], names, options);
}

/** Messages without the name of the file, with their hints. */
export function messages({ problems }: Pick<JobFileContent, 'problems'>, file: string): string[] {
  return problems.map(({ message, hint }) => message.replaceAll(file, '') + (hint === undefined ? '' : ` -> ${hint}`));
}

/** A file with one job, of which this is the inside. */
export function fileWith(settings: string): string {
  return `version: 1\njobs:\n  docs:\n    sources: [home]\n    destination: backup\n${settings}`;
}
