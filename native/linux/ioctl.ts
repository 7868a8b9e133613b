import type { PinnedBuffer } from '../types.ts';
import { bind } from './libc.ts';
import { lastError } from './errors.ts';

const call = bind('ioctl', 'int', ['int', 'size_t', 'size_t']);

/**
 * A request code as `_IOC` of asm-generic/ioctl.h makes it.
 * @param direction 1: the kernel reads the argument, 2: it writes it, 3: both
 */
export function request(direction: 1 | 2 | 3, type: number, number: number, bytes: number): number {
  return ((direction << 30) | (bytes << 16) | (type << 8) | number) >>> 0;
}

/** ioctl(2). @throws NativeError */
export function ioctl(name: string, handle: number, code: number, argument: PinnedBuffer, path: string): void {
  if (call(handle, code, argument.address) < 0) throw lastError(name, path);
}
