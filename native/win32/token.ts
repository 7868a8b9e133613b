/**
 * What the system knows about the account a process runs as.
 * https://learn.microsoft.com/windows/win32/api/securitybaseapi/nf-securitybaseapi-gettokeninformation
 */
import { bind, closeHandle, lastCode } from './library.ts';
import { allocate } from './memory.ts';
import { nativeError } from './native-error.ts';

const openProcessToken = bind('advapi32', 'OpenProcessToken', 'int', ['int64', 'uint', 'size_t']);
const getTokenInformation = bind('advapi32', 'GetTokenInformation', 'int', [
  'int64',
  'int',
  'size_t',
  'uint',
  'size_t',
]);

const CURRENT_PROCESS = -1;
const TOKEN_QUERY = 8;
const SIZE = 512;
/** TOKEN_INFORMATION_CLASS. */
export const TokenKind = { User: 1, Elevation: 20 } as const;

/** One answer about this process. Addresses in it point into the same memory. */
export function tokenInformation(kind: number): ReturnType<typeof allocate> {
  const token = allocate(8);
  if (openProcessToken(CURRENT_PROCESS, TOKEN_QUERY, token.address) === 0)
    throw nativeError('OpenProcessToken', lastCode());
  const handle = Number(token.bytes.readBigInt64LE(0));
  const answer = allocate(SIZE);
  const length = allocate(8);
  const isRead = getTokenInformation(handle, kind, answer.address, SIZE, length.address) !== 0;
  const code = isRead ? 0 : lastCode();
  closeHandle(handle);
  if (!isRead) throw nativeError('GetTokenInformation', code);
  return answer;
}

/** Everybody may make a folder in %ProgramData%, which administrators and services would then not trust. */
export function mayKeepMachineState(): boolean {
  // TOKEN_ELEVATION: one number.
  return tokenInformation(TokenKind.Elevation).bytes.readUInt32LE(0) !== 0;
}
