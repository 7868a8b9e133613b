/** https://learn.microsoft.com/windows/win32/api/fileapi/ns-fileapi-by_handle_file_information */
import { bind } from './library.ts';
import { allocate } from './memory.ts';

const getByHandle = bind('kernel32', 'GetFileInformationByHandle', 'int', ['int64', 'size_t']);
const answer = allocate(52);
const SERIAL_WORD = 7;

/** Serial number of the volume an open item is on; 0 where it has none. */
export function volumeSerial(handle: number): number {
  return getByHandle(handle, answer.address) === 0 ? 0 : answer.words[SERIAL_WORD];
}
