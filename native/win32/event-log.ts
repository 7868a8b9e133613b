/** https://learn.microsoft.com/windows/win32/eventlog/event-logging */
import type { EventLogCalls, LogEvent } from '../types.ts';
import { nativeError } from './native-error.ts';
import { bind, lastCode } from './library.ts';
import { allocate } from './memory.ts';
import { readTextValues, writeValues } from './registry.ts';
import { wideText } from './wide-text.ts';

const registerSource = bind('advapi32', 'RegisterEventSourceW', 'int64', ['size_t', 'size_t']);
const deregisterSource = bind('advapi32', 'DeregisterEventSource', 'int', ['int64']);
const reportEvent = bind('advapi32', 'ReportEventW', 'int', [
  'int64',
  'uint',
  'uint',
  'uint',
  'size_t',
  'uint',
  'uint',
  'size_t',
  'size_t',
]);

/** https://learn.microsoft.com/windows/win32/eventlog/event-types */
const KINDS: Readonly<Record<LogEvent['kind'], number>> = { Error: 1, Warning: 2, Information: 4 };
const ALL_KINDS = 7;
const SOURCES = 'SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application';
/** Has a message `%1` for each id from 1 to 1000; without one Event Viewer complains about a missing description. */
const MESSAGES = '%SystemRoot%\\System32\\EventCreate.exe';

/** The event log Application. */
export const eventLog: EventLogCalls = {
  isRegistered: (source) => readTextValues(`${SOURCES}\\${source}`).has('EventMessageFile'),
  register(source) {
    writeValues(`${SOURCES}\\${source}`, { EventMessageFile: MESSAGES, TypesSupported: ALL_KINDS });
  },
  report({ source, kind, id, text }) {
    const name = wideText(source);
    const handle = registerSource(0, name.address);
    if (handle === 0) throw nativeError('RegisterEventSourceW', lastCode(), source);
    try {
      const string = wideText(text);
      const strings = allocate(8);
      strings.bytes.writeBigUInt64LE(BigInt(string.address));
      if (reportEvent(handle, KINDS[kind], 0, id, 0, 1, 0, strings.address, 0) === 0)
        throw nativeError('ReportEventW', lastCode(), source);
    } finally {
      deregisterSource(handle);
    }
  },
};
