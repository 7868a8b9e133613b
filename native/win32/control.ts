/** Control codes of file systems: https://learn.microsoft.com/windows/win32/api/ioapiset/nf-ioapiset-deviceiocontrol */
import type { NativeCode } from '../types.ts';
import { bind, lastCode } from './library.ts';
import { allocate } from './memory.ts';

const deviceIoControl = bind('kernel32', 'DeviceIoControl', 'int', [
  'int64',
  'uint',
  'size_t',
  'uint',
  'size_t',
  'uint',
  'size_t',
  'size_t',
]);

/** Values of winioctl.h. */
export const Control = {
  SetCompression: 0x9c040,
  SetReparsePoint: 0x900a4,
  GetReparsePoint: 0x900a8,
  SetSparse: 0x900c4,
  QueryAllocatedRanges: 0x940cf,
} as const;

const returned = allocate(8);

export function control(
  handle: number,
  code: number,
  input: number,
  inputSize: number,
  output: number,
  outputSize: number,
): NativeCode {
  returned.words[0] = 0;
  const done = deviceIoControl(handle, code, input, inputSize, output, outputSize, returned.address, 0);
  return done === 0 ? lastCode() : 0;
}

/** Bytes the last call put out. */
export function controlBytes(): number {
  return returned.words[0];
}
