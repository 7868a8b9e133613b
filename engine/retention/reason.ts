import { describeSeconds } from '../text/durations.ts';
import type { PeriodRule } from './policy.ts';

/** Why a generation is kept. */
export type KeepReason =
  | { kind: 'pinned'; reason: string }
  | { kind: 'newest' }
  | { kind: 'newestComplete' }
  | { kind: 'last'; position: number; count: number }
  | { kind: 'within'; seconds: number }
  /** `position` counts the periods that hold generations, newest first, from 1. */
  | {
      kind: 'period';
      rule: PeriodRule;
      period: string;
      position: number;
      count: number;
      state: 'Complete' | 'Partial';
    };

/** Why a rule does not keep a generation. */
export type RemoveReason =
  | { kind: 'beyondLast'; count: number }
  | { kind: 'beyondWithin'; seconds: number }
  | { kind: 'beyondPeriods'; rule: PeriodRule; period: string; count: number }
  /** `by` is the generation that the rule keeps for the period. */
  | { kind: 'superseded'; rule: PeriodRule; period: string; by: string };

/** The reason in words. No commas: lists of reasons are joined with them. */
export function describeReason(reason: KeepReason | RemoveReason): string {
  switch (reason.kind) {
    case 'pinned':
      return reason.reason === '' ? 'pinned' : `pinned: ${reason.reason}`;
    case 'newest':
      return 'the newest generation';
    case 'newestComplete':
      return 'the newest complete generation';
    case 'last':
      return `last ${reason.position} of ${reason.count}`;
    case 'within':
      return `within ${describeSeconds(reason.seconds)} of the newest`;
    case 'period': {
      const missing = reason.state === 'Partial' ? ' (none is complete)' : '';
      return `${reason.rule} ${reason.position} of ${reason.count}: ${reason.period}${missing}`;
    }
    case 'beyondLast':
      return `not in the last ${reason.count}`;
    case 'beyondWithin':
      return `not within ${describeSeconds(reason.seconds)} of the newest`;
    case 'beyondPeriods':
      return `${reason.rule}: ${reason.period} is older than the newest ${reason.count}`;
    case 'superseded':
      return `${reason.rule}: ${reason.by} is kept for ${reason.period}`;
  }
}
