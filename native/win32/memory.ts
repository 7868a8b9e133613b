import type { PinnedBuffer } from '../types.ts';
import { addressOf } from './library.ts';

/**
 * Memory whose address can be handed to system calls. An ArrayBuffer's backing store does not move, and it lives as
 * long as the returned object: never keep the address without the object.
 */
export function allocate(bytes: number): PinnedBuffer {
  // Small typed arrays may live inside the garbage-collected heap, where they do move.
  const memory = new ArrayBuffer(Math.max(4096, (bytes + 7) & ~7));
  const buffer = Buffer.from(memory);
  return { bytes: buffer, words: new Uint32Array(memory), address: addressOf(buffer) };
}
