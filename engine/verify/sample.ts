import { slotOf } from './checked-copies.ts';

/** A part of the copies. It moves on by its own width every day, so that each copy has its turn every 100 / percent days. */
export interface Sample {
  percent: number;
  /** Days since 1970, in UTC. */
  day: number;
}

export const SECONDS_PER_DAY = 86_400;

/** Whether a copy has its turn on that day. What decides is its file id: the same copy always has the same place. */
export function isInSample({ percent, day }: Sample, high: number, low: number): boolean {
  const place = (slotOf(high | 0, low | 0) / 2 ** 32) * 100;
  const start = (day * percent) % 100;
  return (place - start + 100) % 100 < percent;
}
