import type { Native } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { applyPolicy, type Decision } from '../retention/apply-policy.ts';
import { findClockDoubt } from '../retention/clock-doubt.ts';
import type { GenerationFacts } from '../retention/generation-facts.ts';
import { machineTimeZone } from '../retention/machine-time-zone.ts';
import { isEmptyPolicy } from '../retention/policy.ts';
import { describeReason } from '../retention/reason.ts';
import { clockNotTrusted } from '../retention/refuse-clock.ts';
import type { RemovalResult, RetentionPolicy } from '../types/protocol.ts';
import { openSet, saveSettings, type BackupSet } from './backup-set.ts';
import type { Layout } from './layout.ts';
import { generationNames, tryReadGeneration } from './list.ts';
import { openRemoval, type Removal, type RemovalListener } from './open-removal.ts';
import { policyFacts, timeZoneOf } from './policy-facts.ts';
import { keepOne, removeOne } from './remove-one.ts';

export interface PruneRequest {
  setPath: string;
  policy: RetentionPolicy;
  /** Default: that of the set. */
  timeZone?: string | undefined;
  maximumRemovals?: number | undefined;
  /** Also when the clock cannot be trusted. */
  force: boolean;
  whatIf: boolean;
  /** With `whatIf`: a generation that will be there by then, and counts as if it were. */
  expected?: GenerationFacts | undefined;
}

export interface PruneOutcome {
  results: RemovalResult[];
  timeZone: string;
}

/**
 * Removes the generations that a policy does not keep. What goes is decided while the set is locked. With `whatIf` what
 * would stop it is told beside what it would do.
 * @throws EngineError PolicyEmpty, TimeZoneUnknown, ClockNotTrusted, TooManyRemovals before anything is removed
 */
export async function pruneGenerations(
  native: Native,
  request: PruneRequest,
  listener: RemovalListener,
  signal: AbortSignal,
): Promise<PruneOutcome> {
  if (isEmptyPolicy(request.policy))
    throw new EngineError('PolicyEmpty', { message: 'The policy has no rule that keeps generations.' });
  const timeZone = timeZoneOf(openSet(request.setPath), request.timeZone);
  return openRemoval(native, request, listener, signal, (removal) => prune(removal, request, timeZone));
}

async function prune(removal: Removal, request: PruneRequest, timeZone: string): Promise<PruneOutcome> {
  const { set, whatIf, listener } = removal;
  const { layout } = set;
  const names = generationNames(layout);
  const facts = names.flatMap((name) => factsOf(layout, name, listener) ?? []);
  if (whatIf && request.expected) facts.push(request.expected);
  const decisions = new Map(applyPolicy(facts, request.policy, timeZone).map((each) => [each.name, each]));
  const refusals = refuse(layout, request, facts, [...decisions.values()]);
  if (!whatIf) {
    if (refusals.length > 0) throw refusals[0];
    if (set.settings.timeZone === undefined) recordZone(set);
  }
  const results: RemovalResult[] = [];
  for (const name of names) {
    const decision = decisions.get(name);
    if (!decision) results.push(keepOne(removal, name, ['no manifest tells what it is']));
    else if (decision.action === 'Keep') results.push(keepOne(removal, name, decision.reasons.map(describeReason)));
    else results.push(await removeOne(removal, name, decision.reasons.map(describeReason)));
  }
  for (const refusal of refusals) listener.itemError(refusal);
  return { results, timeZone };
}

/** No policy judges a generation whose manifest cannot be read: it may even be somebody's own folder. */
function factsOf(layout: Layout, name: string, listener: RemovalListener): GenerationFacts | undefined {
  const generation = tryReadGeneration(layout, name, ({ id, message, path }) =>
    listener.warning({ id, message: `${message} No policy removes it.`, ...(path !== undefined && { path }) }),
  );
  return generation && policyFacts(generation);
}

function refuse(
  layout: Layout,
  { force, maximumRemovals }: PruneRequest,
  facts: readonly GenerationFacts[],
  decisions: readonly Decision[],
): EngineError[] {
  const refusals: EngineError[] = [];
  const doubt = force ? undefined : findClockDoubt(facts, Date.now());
  if (doubt) refusals.push(clockNotTrusted(doubt, layout.text(doubt.name)));
  const removals = decisions.filter(({ action }) => action === 'Remove').length;
  if (maximumRemovals !== undefined && removals > maximumRemovals)
    refusals.push(
      new EngineError('TooManyRemovals', {
        message: `The policy would remove ${removals} of the ${facts.length} generations of '${layout.set}'; at most ${maximumRemovals} may go at once.`,
        path: layout.set,
        details: { removals, maximumRemovals },
      }),
    );
  return refusals;
}

/** From now on it no longer depends on where a policy is applied. */
function recordZone(set: BackupSet): void {
  set.settings.timeZone = machineTimeZone();
  saveSettings(set);
}
