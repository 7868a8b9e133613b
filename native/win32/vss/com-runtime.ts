/**
 * COM as a requester needs it.
 * https://learn.microsoft.com/windows/win32/vss/security-considerations-for-requesters
 */
import { addressOf, bind } from '../library.ts';
import { comError } from './com-object.ts';
import { hresult } from '../../vss/hresults.ts';

// Calls run on pool threads, none of which may be the one that initialises COM: as long as the process uses the
// multithreaded apartment, threads that belong to no other are in it.
const keepApartment = bind('ole32', 'CoIncrementMTAUsage', 'int', ['size_t']);
const setSecurity = bind('ole32', 'CoInitializeSecurity', 'int', [
  'size_t',
  'int',
  'size_t',
  'size_t',
  'uint',
  'uint',
  'size_t',
  'uint',
  'size_t',
]);

const ANY_SERVICE = -1;
const RPC_C_AUTHN_LEVEL_PKT_PRIVACY = 6;
const RPC_C_IMP_LEVEL_IDENTIFY = 2;

let isStarted = false;

/**
 * Once per process; it lasts as long as the process.
 * @throws NativeError
 */
export function startCom(): void {
  if (isStarted) return;
  const cookie = Buffer.alloc(4096);
  check('CoIncrementMTAUsage', keepApartment(addressOf(cookie)));
  // Writers call back: no descriptor lets all of them in.
  const code = setSecurity(0, ANY_SERVICE, 0, 0, RPC_C_AUTHN_LEVEL_PKT_PRIVACY, RPC_C_IMP_LEVEL_IDENTIFY, 0, 0, 0);
  if (code !== hresult('RPC_E_TOO_LATE')) check('CoInitializeSecurity', code);
  isStarted = true;
}

function check(call: string, code: number): void {
  if (code < 0) throw comError(call, code);
}
