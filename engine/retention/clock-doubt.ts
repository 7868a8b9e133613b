import type { GenerationFacts } from './generation-facts.ts';

/** Why the times of the generations, or the clock, cannot be trusted. */
export type ClockDoubt =
  /** Made later than now: the clock was ahead then, or is behind now. */
  | { kind: 'future'; name: string; createdAt: number; now: number }
  /** The newest is dated before one that was made before it: the clock went back in between. */
  | { kind: 'wentBack'; name: string; createdAt: number; earlier: string; earlierAt: number }
  /** The newest came after a pause as there was none before: perhaps the clock is ahead. */
  | { kind: 'leap'; name: string; earlier: string; pauseMs: number; longestMs: number };

/** Several computers may write to a set; Kerberos wants their clocks to agree to within this time, too (RFC 4120, 8.2). */
const TOLERANCE_MS = 5 * 60_000;

const LONG_PAUSE_MS = 30 * 86_400_000;
const UNUSUAL = 10;
/** With fewer pauses there is no habit to differ from. */
const HABIT = 5;

/**
 * Looks for signs of a wrong clock. Rules count from the newest generation, never from now, so a clock that is wrong only
 * while a policy is applied does no harm; one that was wrong when a generation was made can make others look older than
 * they are.
 * @param now milliseconds since 1970
 */
export function findClockDoubt(generations: readonly GenerationFacts[], now: number): ClockDoubt | undefined {
  const inOrder = generations.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const latest = inOrder.reduce<GenerationFacts | undefined>(
    (found, each) => (found && found.createdAt >= each.createdAt ? found : each),
    undefined,
  );
  const newest = inOrder.at(-1);
  if (!latest || !newest) return undefined;
  if (latest.createdAt > now + TOLERANCE_MS)
    return { kind: 'future', name: latest.name, createdAt: latest.createdAt, now };
  if (newest.createdAt + TOLERANCE_MS < latest.createdAt)
    return {
      kind: 'wentBack',
      name: newest.name,
      createdAt: newest.createdAt,
      earlier: latest.name,
      earlierAt: latest.createdAt,
    };
  return findLeap(inOrder, newest);
}

function findLeap(inOrder: readonly GenerationFacts[], newest: GenerationFacts): ClockDoubt | undefined {
  const pauses = inOrder.slice(1).map(({ createdAt }, i) => createdAt - inOrder[i].createdAt);
  const pauseMs = pauses.pop() ?? 0;
  if (pauses.length < HABIT || pauseMs <= LONG_PAUSE_MS) return undefined;
  const longestMs = pauses.reduce((longest, each) => Math.max(longest, each), 0);
  if (pauseMs <= longestMs * UNUSUAL) return undefined;
  return { kind: 'leap', name: newest.name, earlier: inOrder[inOrder.length - 2].name, pauseMs, longestMs };
}
