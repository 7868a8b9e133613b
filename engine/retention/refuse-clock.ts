import { EngineError } from '../errors/engine-error.ts';
import type { ClockDoubt } from './clock-doubt.ts';
import { describeSeconds } from '../text/durations.ts';

/** The error for times that no history should be removed by. */
export function clockNotTrusted(doubt: ClockDoubt, path: string): EngineError {
  return new EngineError('ClockNotTrusted', {
    message: describeDoubt(doubt),
    path,
    ...(doubt.kind === 'leap' && {
      hint: 'If the pause is real, use -Force once, or wait for the next generation. If not, set the clock right.',
    }),
    details: { ...doubt },
  });
}

function describeDoubt(doubt: ClockDoubt): string {
  switch (doubt.kind) {
    case 'future':
      return `The generation ${doubt.name} was made at ${time(doubt.createdAt)}, but it is only ${time(doubt.now)} now.`;
    case 'wentBack':
      return `The newest generation, ${doubt.name}, is dated ${time(doubt.createdAt)}, before the older ${doubt.earlier} (${time(doubt.earlierAt)}).`;
    case 'leap':
      return `The newest generation, ${doubt.name}, was made ${days(doubt.pauseMs)} after the one before it; no pause was longer than ${days(doubt.longestMs)} until then.`;
  }
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}

/** Long times to the day. */
function days(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return describeSeconds(seconds > 2 * 86_400 ? Math.round(seconds / 86_400) * 86_400 : Math.max(seconds, 1));
}
