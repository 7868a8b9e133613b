import type { Job } from '../jobs/job.ts';
import type { JobResult, NotificationResult } from '../types/protocol.ts';
import type { ResultDescription } from './describe-result.ts';
import type { SecretValues } from './secrets.ts';

/** One way to tell about a result. */
export interface Channel {
  readonly channel: NotificationResult['channel'];
  /** To whom, without secrets. */
  readonly target: string;
  /** All of it takes no longer. */
  readonly timeLimitMs: number;
  /** @throws NotSent; errors of systems and libraries */
  send(signal: AbortSignal): Promise<void>;
}

/** What all channels tell. */
export interface Told {
  readonly job: Job;
  /** Without secrets in its texts. */
  readonly result: JobResult;
  readonly description: ResultDescription;
  readonly secrets: SecretValues;
  /** The report for people, where there is one. */
  readonly reportHtmlFile?: string | undefined;
}
