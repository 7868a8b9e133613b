import { DateTime } from 'luxon';
import { html, type Markup } from './markup.ts';

const LOCALE = { locale: 'en-US', numberingSystem: 'latn', outputCalendar: 'iso8601' } as const;

/** `26 Nov 2026, 14:30` in the zone of the set. */
export function timeText(time: string, zone: string): string {
  return DateTime.fromISO(time, { zone, ...LOCALE }).toFormat('d LLL yyyy, HH:mm');
}

/** The same, for programs too. */
export function timeMark(time: string, zone: string): Markup {
  return html`<time datetime="${time}">${timeText(time, zone)}</time>`;
}

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const STEPS = [
  ['minute', 60, 90 * 60],
  ['hour', 3600, 48 * 3600],
  ['day', 86_400, 90 * 86_400],
  ['month', 30.44 * 86_400, 730 * 86_400],
  ['year', 365.25 * 86_400, Infinity],
] as const;

/** `5 hours ago`. */
export function agoText(seconds: number): string {
  if (seconds < 60) return 'just now';
  const [unit, length] = STEPS.find(([, , below]) => seconds < below) ?? STEPS[0];
  return RELATIVE.format(-Math.floor(seconds / length), unit);
}

/** Control characters, line and paragraph separators, and the marks that reorder bidirectional text. */
// eslint-disable-next-line no-control-regex -- names may hold them
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A name as it can be shown anywhere: such characters as the bytes of their UTF-8 form, as paths write other bytes. */
export function displayText(text: string): string {
  return text.replace(UNSAFE, (character) =>
    [...Buffer.from(character, 'utf8')].map((byte) => `␛${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

/** A path in a page: it neither changes the direction of what is around it nor makes the page wider. */
export function pathMark(path: string): Markup {
  return html`<bdi class="path">${displayText(path)}</bdi>`;
}
