import { existsSync } from 'node:fs';
import { execa } from 'execa';
import type { LogSockets, Native } from '../../../native/index.ts';
import type { Syslog } from '../../types/job.ts';
import type { Channel, Told } from '../channel.ts';
import { NotSent } from '../not-sent.ts';
import { oneLine } from '../one-line.ts';
import { IDENTIFIER, journalEntry, syslogEntry, type LoggerCall } from './entries.ts';

const TIME_LIMIT_MS = 30_000;

/**
 * An entry in the journal of systemd or, where there is none, in syslog: by `logger` of util-linux, which knows both.
 * A `logger` that was built without the journal leads to syslog, too, which the journal listens to.
 */
export function syslogChannel({ logSockets }: Native, syslog: Syslog, told: Told): Channel {
  const journal = logSockets !== undefined && existsSync(logSockets.journal);
  return {
    channel: 'Syslog',
    target: `${journal ? 'journald' : 'syslog'}, ${IDENTIFIER}, facility ${syslog.facility}`,
    timeLimitMs: TIME_LIMIT_MS,
    async send(signal) {
      if (!logSockets) throw new NotSent('There is no syslog on Windows. Use eventLog there.');
      if (!journal) return log(syslogEntry(told, syslog.facility, reachable(logSockets)), signal);
      try {
        await log(journalEntry(told, syslog.facility), signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!existsSync(logSockets.syslog)) throw error;
        await log(syslogEntry(told, syslog.facility, logSockets.syslog), signal);
      }
    },
  };
}

function reachable({ journal, syslog }: LogSockets): string {
  if (existsSync(syslog)) return syslog;
  throw new NotSent(`No system log listens here: there is neither ${journal} nor ${syslog}.`);
}

async function log({ arguments: args, input }: LoggerCall, signal: AbortSignal): Promise<void> {
  const result = await execa('logger', args, { input, cancelSignal: signal, reject: false, all: true });
  if (!result.failed) return;
  if (result.code === 'ENOENT')
    throw new NotSent('There is no program logger. Install the package util-linux, or bsdutils on Debian.');
  throw new NotSent(`logger ended with ${result.exitCode ?? result.signal ?? result.code}: ${oneLine(result.all)}`);
}
