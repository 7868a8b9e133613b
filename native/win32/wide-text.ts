import type { PinnedBuffer } from '../types.ts';
import { allocate } from './memory.ts';

/** A NUL-terminated string of UTF-16 units for calls that take its address. */
export function wideText(text: string): PinnedBuffer {
  const memory = allocate((text.length + 1) * 2);
  memory.bytes.write(`${text}\0`, 'utf16le');
  return memory;
}

/** The NUL-terminated string at the beginning of some memory. */
export function textIn(memory: PinnedBuffer): string {
  const units = new Uint16Array(memory.words.buffer);
  return memory.bytes.toString('utf16le', 0, units.indexOf(0) * 2);
}
