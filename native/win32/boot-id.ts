/** https://learn.microsoft.com/windows/win32/api/winternl/nf-winternl-ntquerysysteminformation */
import { codeOfStatus, nativeError } from './errors.ts';
import { bind } from './library.ts';
import { allocate } from './memory.ts';

const query = bind('ntdll', 'NtQuerySystemInformation', 'int', ['int', 'size_t', 'uint', 'size_t']);

const TIME_OF_DAY = 3;
/** SYSTEM_TIMEOFDAY_INFORMATION: time of the start, now, time zone (16 bytes), by how much the clock was set since. */
const SIZE = 48;
const STARTED = 0;
const SET_SINCE = 32;

/** When the machine was started, by the clock as it was then: setting the clock moves the time the system gives. */
export function bootId(): string {
  const answer = allocate(SIZE);
  const status = query(TIME_OF_DAY, answer.address, SIZE, 0);
  if (status < 0) throw nativeError('NtQuerySystemInformation', codeOfStatus(status));
  return (answer.bytes.readBigInt64LE(STARTED) - answer.bytes.readBigInt64LE(SET_SINCE)).toString(16);
}
