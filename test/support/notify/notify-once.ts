/** Notifications by a process of its own, for what a process takes from its start: its environment, its mounts. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { NotifyOptions } from '../../../engine/notify/notify.ts';
import type { Job } from '../../../engine/jobs/job.ts';
import type { JobResult, NotificationResult } from '../../../engine/types/protocol.ts';

const fixture = join(import.meta.dirname, '..', '..', 'fixtures', 'notify-once.ts');

export interface NotifyOnce extends NotifyOptions {
  readonly job: Job;
  readonly result: JobResult;
}

/** @param before a program, and its arguments, that runs Node.js */
export async function notifyOnce(
  folder: string,
  request: NotifyOnce,
  env: Record<string, string> = {},
  before: readonly string[] = [],
): Promise<NotificationResult[]> {
  const file = join(folder, 'notify.json');
  writeFileSync(file, JSON.stringify(request));
  const [program = '', ...args] = [...before, process.execPath, fixture, file];
  const { stdout } = await promisify(execFile)(program, args, { env: { ...process.env, ...env } });
  return JSON.parse(stdout) as NotificationResult[];
}
