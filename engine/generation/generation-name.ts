/** Names of generations: the UTC time to the second, which sorts as text. */
const PATTERN = /^\d{4}-\d{2}-\d{2}T\d{6}Z$/;

export function isGenerationName(text: string): boolean {
  return PATTERN.test(text);
}

export function nameOf(time: Date): string {
  const iso = time.toISOString();
  return `${iso.slice(0, 11)}${iso.slice(11, 19).replaceAll(':', '')}Z`;
}

export function timeOf(name: string): Date {
  return new Date(`${name.slice(0, 13)}:${name.slice(13, 15)}:${name.slice(15)}`);
}

/**
 * The name of a new generation: the current time, or one second after the newest where the clock is not later. Names
 * strictly increase whatever the clock does.
 */
export function nextName(now: Date, newest: string | undefined): { name: string; clockIsBehind: boolean } {
  const name = nameOf(now);
  if (newest === undefined || name > newest) return { name, clockIsBehind: false };
  return { name: nameOf(new Date(timeOf(newest).getTime() + 1000)), clockIsBehind: true };
}
