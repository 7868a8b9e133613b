/**
 * Drive letters for devices. A letter belongs to the logon session that made it: an elevated program's letter is not there
 * for programs that are not elevated, and Explorer may show it as disconnected. It is gone after a restart.
 * https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-definedosdevicew
 */
import { Win32 } from './errors.ts';
import { bind, lastCode } from './library.ts';
import { allocate } from './memory.ts';
import { nativeError } from './native-error.ts';
import { textIn, wideText } from './wide-text.ts';

const defineDevice = bind('kernel32', 'DefineDosDeviceW', 'int', ['uint', 'size_t', 'size_t']);
const queryDevice = bind('kernel32', 'QueryDosDeviceW', 'uint', ['size_t', 'size_t', 'uint']);

const RAW_TARGET_PATH = 1;
const REMOVE_DEFINITION = 2;
const EXACT_MATCH_ON_REMOVE = 4;
const UNITS = 32768;

/**
 * What a letter stands for: `\Device\HarddiskVolumeShadowCopy7`.
 * @param letter `X:`
 * @returns undefined when it is free
 */
export function targetOfLetter(letter: string): string | undefined {
  const name = wideText(letter);
  const answer = allocate(UNITS * 2);
  return queryDevice(name.address, answer.address, UNITS) === 0 ? undefined : textIn(answer);
}

/**
 * Lets a letter lead to a device.
 * @param letter `X:`
 * @param device `\\?\GLOBALROOT\Device\…`, without a backslash at its end
 * @throws NativeError; ERROR_ALREADY_EXISTS when the letter is taken: a second definition would hide what is there
 */
export function mountLetter(letter: string, device: string): void {
  if (targetOfLetter(letter) !== undefined) throw nativeError('DefineDosDeviceW', Win32.ERROR_ALREADY_EXISTS, letter);
  define(RAW_TARGET_PATH, letter, device);
}

/**
 * Takes back what {@link mountLetter} made, and nothing else that the letter may stand for.
 * @returns false when the letter did not lead there
 * @throws NativeError
 */
export function unmountLetter(letter: string, device: string): boolean {
  if (targetOfLetter(letter)?.toLowerCase() !== rawTarget(device).toLowerCase()) return false;
  define(RAW_TARGET_PATH | REMOVE_DEFINITION | EXACT_MATCH_ON_REMOVE, letter, device);
  return true;
}

function define(flags: number, letter: string, device: string): void {
  const name = wideText(letter);
  const target = wideText(rawTarget(device));
  if (defineDevice(flags, name.address, target.address) === 0)
    throw nativeError('DefineDosDeviceW', lastCode(), letter);
}

/** The name in the namespace of the kernel. */
function rawTarget(device: string): string {
  return device.replace(/^\\\\\?\\GLOBALROOT/i, '').replace(/\\$/, '');
}
