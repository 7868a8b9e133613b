/**
 * A program or argument as a word of `ExecStart=`: `%` and `$` stand for themselves, and what separates words is quoted.
 *
 * @see https://www.freedesktop.org/software/systemd/man/systemd.service.html#Command%20lines
 */
export function commandWord(text: string): string {
  return quoteWord(text.replaceAll('$', '$$$$'));
}

/** A word in which nothing but `%` is replaced: the program of `ExecStart=`, an assignment of `Environment=`. */
export function quoteWord(text: string): string {
  const escaped = plainText(text).replace(/[\\"]/g, '\\$&');
  return /^[^\s"'\\;]+$/.test(text) ? escaped : `"${escaped}"`;
}

/** Text in which `%` is no specifier. */
export function plainText(text: string): string {
  return text.replaceAll('%', '%%');
}
