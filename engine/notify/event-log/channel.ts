import { NativeError, type LogEvent, type Native } from '../../../native/index.ts';
import type { JobState } from '../../types/protocol.ts';
import type { Channel, Told } from '../channel.ts';
import { NotSent } from '../not-sent.ts';
import { eventText } from './event-text.ts';

const SOURCE = 'MirrorBackup';
const TIME_LIMIT_MS = 30_000;

/**
 * 100 and the exit code of the job: docs/notifications.md. They stay as they are, as people filter by them. Windows'
 * message table of EventCreate.exe, which the source is registered with, ends at 1000.
 */
export const EVENTS: Readonly<Record<JobState, Pick<LogEvent, 'id' | 'kind'>>> = {
  Complete: { id: 100, kind: 'Information' },
  Failed: { id: 101, kind: 'Error' },
  Partial: { id: 103, kind: 'Warning' },
  Cancelled: { id: 230, kind: 'Warning' },
};

/** An entry in the Windows event log Application. The first entry of an administrator registers the source. */
export function eventLogChannel({ eventLog }: Native, told: Told): Channel {
  return {
    channel: 'EventLog',
    target: `Application, source ${SOURCE}`,
    timeLimitMs: TIME_LIMIT_MS,
    // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is to be a rejection.
    async send() {
      if (!eventLog) throw new NotSent('There is a Windows event log on Windows only. On Linux use syslog.');
      if (!eventLog.isRegistered(SOURCE)) register(eventLog);
      eventLog.report({ source: SOURCE, ...EVENTS[told.result.state], text: eventText(told) });
    },
  };
}

function register(eventLog: NonNullable<Native['eventLog']>): void {
  try {
    eventLog.register(SOURCE);
  } catch (error) {
    if (!(error instanceof NativeError)) throw error;
    throw new NotSent(
      `The source ${SOURCE} is not registered in the event log Application, and cannot be: ${error.message}. ` +
        'Run the job once as administrator, or as SYSTEM, which registers it.',
    );
  }
}
