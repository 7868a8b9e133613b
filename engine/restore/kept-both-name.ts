import type { BytePath } from '../../native/byte-path.ts';

/** Bytes a name may have on most file systems. */
const LONGEST = 255;
const MOST_ATTEMPTS = 1000;

/** The first of these names that is free. */
export function freeName(name: BytePath, generation: string, isTaken: (name: BytePath) => boolean): BytePath {
  for (let attempt = 1; ; attempt++) {
    const result = keptBothName(name, generation, attempt);
    if (attempt === MOST_ATTEMPTS || !isTaken(result)) return result;
  }
}

/**
 * The name of an item that is restored beside what has its name: `report (restored 2026-11-23T101500Z).txt`.
 * @param attempt counts from 1; later ones are told apart by their number
 */
function keptBothName(name: BytePath, generation: string, attempt: number): BytePath {
  const dot = name.lastIndexOf('.');
  // `.profile` is all name; what follows the last dot of a sentence is no extension.
  const cut = dot > 0 && name.length - dot <= 16 ? dot : name.length;
  const suffix = ` (restored ${generation}${attempt === 1 ? '' : ` ${attempt}`})`;
  const extension = name.slice(cut);
  return shortened(name.slice(0, cut), LONGEST - suffix.length - extension.length) + suffix + extension;
}

/** Cuts between characters, not within one: bytes 80h to BFh go on with a character of UTF-8. */
function shortened(stem: BytePath, most: number): BytePath {
  if (stem.length <= most) return stem;
  let cut = most;
  while (cut > 0 && (stem.charCodeAt(cut) & 0xc0) === 0x80) cut--;
  return stem.slice(0, cut);
}
