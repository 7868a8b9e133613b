/** Control characters, line ends of Unicode, and marks that turn the direction of what follows them. */
const UNSAFE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/** A text that cannot begin a line, a header or a field of its own wherever it is put. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(UNSAFE, ' ').trim();
}
