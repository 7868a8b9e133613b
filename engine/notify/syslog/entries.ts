/** https://man7.org/linux/man-pages/man1/logger.1.html, https://www.freedesktop.org/software/systemd/man/systemd.journal-fields.html */
import type { Syslog } from '../../types/job.ts';
import type { JobState } from '../../types/protocol.ts';
import type { Told } from '../channel.ts';
import { oneLine } from '../one-line.ts';
import { resultLine } from '../result-text.ts';

/** How to call `logger`; what is logged comes by its input, where other users do not see it. */
export interface LoggerCall {
  readonly arguments: readonly string[];
  readonly input: string;
}

export const IDENTIFIER = 'mirrorbackup';

/** Of https://datatracker.ietf.org/doc/html/rfc5424#section-6.2.1: number and name. */
const LEVELS: Readonly<Record<JobState, readonly [number, string]>> = {
  Complete: [6, 'info'],
  Cancelled: [5, 'notice'],
  Partial: [4, 'warning'],
  Failed: [3, 'err'],
};
const FACILITIES: Readonly<Record<Syslog['facility'], number>> = {
  user: 1,
  daemon: 3,
  cron: 9,
  local0: 16,
  local1: 17,
  local2: 18,
  local3: 19,
  local4: 20,
  local5: 21,
  local6: 22,
  local7: 23,
};

/** `journalctl MESSAGE_ID=…`: docs/notifications.md. They stay as they are. */
export const MESSAGE_IDS: Readonly<Record<JobState, string>> = {
  Complete: '2f0c7f6d6b1e4c0c9a4a5d1f3b8e7c10',
  Partial: '7c9e4b0a5d3f4f6e8b2a1c6d9e0f3a21',
  Failed: 'c41d8a7e90b24d5f9e6b3a2c7f18d532',
  Cancelled: 'e85a3b6c1f7d4928ac0e5d9b46f27143',
};

/** What most daemons take as one message. */
const LONGEST_LINE = 8192;
/** For priority, time and tag. */
const HEADER = 128;

/** An entry of the journal, with fields to search for. Each is a line, so none may contain one. */
export function journalEntry({ result, description }: Told, facility: Syslog['facility']): LoggerCall {
  const { state, generation, problems, logFile } = result;
  const fields: Record<string, string | undefined> = {
    MESSAGE: resultLine(description),
    MESSAGE_ID: MESSAGE_IDS[state],
    PRIORITY: String(LEVELS[state][0]),
    SYSLOG_IDENTIFIER: IDENTIFIER,
    SYSLOG_FACILITY: String(FACILITIES[facility]),
    MIRRORBACKUP_JOB: result.job,
    MIRRORBACKUP_STATE: state,
    MIRRORBACKUP_EXIT_CODE: String(result.exitCode),
    MIRRORBACKUP_DESTINATION: result.destination,
    MIRRORBACKUP_GENERATION: generation?.name,
    MIRRORBACKUP_PROBLEM: problems[0]?.id,
    MIRRORBACKUP_LOG: logFile,
    MIRRORBACKUP_RESULT: JSON.stringify(result),
  };
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value = '']) => `${name}=${oneLine(value)}\n`);
  return { arguments: ['--journald'], input: lines.join('') };
}

/** A line of syslog, to a socket. */
export function syslogEntry({ result, description }: Told, facility: Syslog['facility'], socket: string): LoggerCall {
  return {
    arguments: [
      ...['--socket', socket, '--socket-errors=on'],
      ...['--tag', IDENTIFIER, '--id'],
      ...['--priority', `${facility}.${LEVELS[result.state][1]}`],
      ...['--size', String(LONGEST_LINE)],
    ],
    input: `${shortened(resultLine(description), LONGEST_LINE - HEADER)}\n`,
  };
}

/** At most so many bytes, without half a character at the end. */
function shortened(text: string, bytes: number): string {
  const whole = Buffer.from(text);
  if (whole.length <= bytes) return text;
  return `${new TextDecoder().decode(whole.subarray(0, bytes - 6), { stream: true })}…`;
}
