import { min, pairs } from 'd3-array';
import { utcFormat } from 'd3-time-format';

/** The label of a tick: what tells it from its neighbours, and below it what it shares with those before. */
export interface TimeLabel {
  main: string;
  /** Only where it differs from the label before. */
  context: string;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** From the coarsest: a label says no less than when the tick is. */
const FORMATS = [
  {
    atLeast: 360 * DAY,
    isExact: (tick: Date) => isFirst(tick) && tick.getUTCMonth() === 0,
    main: utcFormat('%Y'),
    context: () => '',
  },
  { atLeast: 27 * DAY, isExact: isFirst, main: utcFormat('%b'), context: utcFormat('%Y') },
  { atLeast: DAY / 2, isExact: () => true, main: utcFormat('%-d %b'), context: utcFormat('%Y') },
  { atLeast: MINUTE, isExact: () => true, main: utcFormat('%H:%M'), context: utcFormat('%-d %b') },
  { atLeast: 0, isExact: () => true, main: utcFormat('%H:%M:%S'), context: utcFormat('%-d %b') },
];

/** Labels for ticks of a time axis, as fine as the ticks are close. */
export function timeLabels(ticks: readonly Date[]): TimeLabel[] {
  const gap = min(pairs(ticks, (a, b) => b.getTime() - a.getTime())) ?? DAY;
  const format = FORMATS.find(({ atLeast, isExact }) => gap >= atLeast && ticks.every(isExact)) ?? FORMATS[4];
  let before = '';
  return ticks.map((tick) => {
    const shared = format.context(tick);
    const shown = shared === before ? '' : shared;
    before = shared;
    return { main: format.main(tick), context: shown };
  });
}

function isFirst(tick: Date): boolean {
  return tick.getUTCDate() === 1 && tick.getTime() % DAY === 0;
}

/** Room that a label needs, its distance to the next included. The widest is `23:59:59`. */
export const LABEL_ROOM = 60;
