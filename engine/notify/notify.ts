import type { Native } from '../../native/index.ts';
import type { Job } from '../jobs/job.ts';
import type { JobResult, NotificationResult } from '../types/protocol.ts';
import type { Channel, Told } from './channel.ts';
import { describeResult } from './describe-result.ts';
import { eventLogChannel } from './event-log/channel.ts';
import { mailChannel } from './mail/channel.ts';
import { oneLine } from './one-line.ts';
import { redactor, redactResult, type Redact } from './redact.ts';
import { secretValuesOf, type SecretValues } from './secrets.ts';
import { syslogChannel } from './syslog/channel.ts';
import { webhookChannel } from './webhook/channel.ts';

export interface NotifyOptions {
  /** Values of stored secrets, by `secretName`. */
  readonly secrets: SecretValues;
  /** The report for people, for those who get it attached. */
  readonly reportHtmlFile?: string | undefined;
}

/**
 * Tells about the result of a job on all its channels that want to hear of such a state, side by side.
 * @param signal stops the sending. Not that of a run that was cancelled: of that people want to hear, too.
 * @returns what became of each; a failure is a result, too
 */
export async function notify(
  native: Native,
  job: Job,
  result: JobResult,
  { secrets, reportHtmlFile }: NotifyOptions,
  signal: AbortSignal,
): Promise<NotificationResult[]> {
  const redact = redactor(secretValuesOf(job, secrets));
  const clean = redactResult(result, redact);
  const told: Told = { job, result: clean, description: describeResult(job, clean), secrets, reportHtmlFile };
  return Promise.all(channelsOf(native, told).map((channel) => attempt(channel, signal, redact)));
}

function channelsOf(native: Native, told: Told): Channel[] {
  const { mail, webhook = [], eventLog, syslog } = told.job.settings.notify ?? {};
  const isWanted = ({ when }: { when: readonly string[] }): boolean => when.includes(told.result.state);
  return [
    ...(mail && isWanted(mail) ? [mailChannel(mail, told)] : []),
    ...webhook.filter(isWanted).map((one) => webhookChannel(one, told)),
    ...(eventLog && isWanted(eventLog) && !isForOthers(native.eventLog, syslog) ? [eventLogChannel(native, told)] : []),
    ...(syslog && isWanted(syslog) && !isForOthers(native.logSockets, eventLog)
      ? [syslogChannel(native, syslog, told)]
      : []),
  ];
}

/** A job that names the log of both systems is meant for both: on each its own is written, and the other one not missed. */
function isForOthers(own: object | undefined, other: object | undefined): boolean {
  return own === undefined && other !== undefined;
}

async function attempt(channel: Channel, signal: AbortSignal, redact: Redact): Promise<NotificationResult> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), channel.timeLimitMs);
  const stop = AbortSignal.any([signal, limit.signal]);
  const common = { channel: channel.channel, target: oneLine(redact(channel.target)) };
  try {
    await Promise.race([channel.send(stop), aborted(stop)]);
    return { ...common, sent: true };
  } catch (error) {
    const message = limit.signal.aborted
      ? `It was given up: there was no answer within ${channel.timeLimitMs / 1000} s.`
      : signal.aborted
        ? 'It was stopped.'
        : error instanceof Error
          ? error.message
          : String(error);
    return { ...common, sent: false, message: oneLine(redact(message)) };
  } finally {
    clearTimeout(timer);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new Error('stopped'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
