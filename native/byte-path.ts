/**
 * Relative paths inside the engine are *byte strings*: JavaScript strings whose code units are the bytes of the path
 * (latin1). They compare, concatenate and slice as fast as any string and lose nothing.
 */
import { bytesToText, textToBytes } from './path-text.ts';

/** A string of code units 0–255, each one byte of a path; components separated by `/`. */
export type BytePath = string;

export function byteFromText(text: string): BytePath {
  return textToBytes(text).latin1Slice();
}

export function textFromByte(path: BytePath): string {
  return bytesToText(Buffer.from(path, 'latin1'));
}

export function joinByte(parent: BytePath, name: BytePath): BytePath {
  return parent === '' ? name : `${parent}/${name}`;
}
