import { min, pairs } from 'd3-array';
import { utcFormat } from 'd3-time-format';

/** The label of a tick: what tells it from its neighbours, and below it what it shares with those before. */
export interface TimeLabel {
  main: string;
  /** Only where it differs from the label before. */
  context: string;
}

const DAY = 86_400_000;
const FORMATS = [
  { below: DAY, main: utcFormat('%H:%M'), context: utcFormat('%-d %b') },
  { below: 27 * DAY, main: utcFormat('%-d %b'), context: utcFormat('%Y') },
  { below: 360 * DAY, main: utcFormat('%b'), context: utcFormat('%Y') },
  { below: Infinity, main: utcFormat('%Y'), context: (): string => '' },
];

/** Labels for ticks of a time axis, as fine as the ticks are close. */
export function timeLabels(ticks: readonly Date[]): TimeLabel[] {
  const gap = min(pairs(ticks, (a, b) => b.getTime() - a.getTime())) ?? 0;
  const { main, context } = FORMATS.find(({ below }) => gap < below) ?? FORMATS[0];
  let before = '';
  return ticks.map((tick) => {
    const shared = context(tick);
    const shown = shared === before ? '' : shared;
    before = shared;
    return { main: main(tick), context: shown };
  });
}

/** Room that a label needs, its distance to the next included. The widest is `30 Nov`. */
export const LABEL_ROOM = 54;
