/**
 * Names between the engine's bytes (WTF-8, https://simonsapin.github.io/wtf-8/) and the UTF-16 units of the system, which
 * need not be valid. Both sides are pinned memory; nothing is allocated for a name.
 */
import type { PinnedBuffer } from '../types.ts';
import { allocate } from './memory.ts';

/** Pinned memory that holds UTF-16 units. */
export interface WideBuffer {
  readonly memory: PinnedBuffer;
  readonly units: Uint16Array;
}

export function allocateWide(units: number): WideBuffer {
  const memory = allocate(units * 2);
  return { memory, units: new Uint16Array(memory.words.buffer) };
}

/**
 * Writes a NUL-terminated name as NUL-terminated units.
 * @param at first unit to write
 * @returns the unit behind the last one, that of the NUL
 */
export function writeName(names: PinnedBuffer, name: number, target: WideBuffer, at: number): number {
  const { bytes } = names;
  const { units } = target;
  let to = at;
  for (let from = name, lead = bytes[from]; lead !== 0; lead = bytes[from]) {
    if (lead < 0x80) {
      units[to++] = lead;
      from += 1;
    } else if (lead < 0xe0) {
      units[to++] = ((lead & 0x1f) << 6) | (bytes[from + 1] & 0x3f);
      from += 2;
    } else if (lead < 0xf0) {
      units[to++] = ((lead & 0x0f) << 12) | ((bytes[from + 1] & 0x3f) << 6) | (bytes[from + 2] & 0x3f);
      from += 3;
    } else {
      const high = ((lead & 0x07) << 18) | ((bytes[from + 1] & 0x3f) << 12);
      const point = high | ((bytes[from + 2] & 0x3f) << 6) | (bytes[from + 3] & 0x3f);
      units[to++] = 0xd7c0 + (point >> 10);
      units[to++] = 0xdc00 | (point & 0x3ff);
      from += 4;
    }
  }
  units[to] = 0;
  return to;
}

/** Most bytes a unit becomes. */
export const BYTES_PER_UNIT = 3;

/**
 * Writes units as a NUL-terminated name; there must be room for {@link BYTES_PER_UNIT} each and the NUL.
 * @returns the offset of the NUL
 */
export function readName(units: Uint16Array, from: number, length: number, bytes: Uint8Array, at: number): number {
  const end = from + length;
  let to = at;
  for (let i = from; i < end; i++) {
    const unit = units[i];
    if (unit < 0x80) bytes[to++] = unit;
    else if (unit < 0x800) {
      bytes[to++] = 0xc0 | (unit >> 6);
      bytes[to++] = 0x80 | (unit & 0x3f);
    } else if ((unit & 0xfc00) === 0xd800 && i + 1 < end && (units[i + 1] & 0xfc00) === 0xdc00) {
      const point = ((unit - 0xd7c0) << 10) | (units[++i] & 0x3ff);
      bytes[to++] = 0xf0 | (point >> 18);
      bytes[to++] = 0x80 | ((point >> 12) & 0x3f);
      bytes[to++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[to++] = 0x80 | (point & 0x3f);
    } else {
      bytes[to++] = 0xe0 | (unit >> 12);
      bytes[to++] = 0x80 | ((unit >> 6) & 0x3f);
      bytes[to++] = 0x80 | (unit & 0x3f);
    }
  }
  bytes[to] = 0;
  return to;
}

/** A NUL-terminated name (WTF-8) as text; an unpaired surrogate stays one. */
export function textOfName(names: PinnedBuffer, name: number): string {
  return textOfBytes(names.bytes.subarray(name, names.bytes.indexOf(0, name)));
}

/** WTF-8 as text; an unpaired surrogate stays one. */
export function textOfBytes(bytes: Buffer): string {
  if (bytes.indexOf(0xed) < 0) return bytes.toString('utf8');
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at];
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (lead === 0xed && bytes[at + 1] >= 0xa0)
      text += String.fromCharCode(0xd000 | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f));
    else text += bytes.toString('utf8', at, at + length);
    at += length;
  }
  return text;
}
