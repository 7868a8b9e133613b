import { applyPolicy } from '../retention/apply-policy.ts';
import type { GenerationFacts } from '../retention/generation-facts.ts';
import { describeReason } from '../retention/reason.ts';
import type { RetentionPolicy } from '../types/protocol.ts';
import type { ReportRetention } from '../types/report.ts';

/** What a policy would keep and remove, and why: what Remove-BackupGeneration says of it. */
export function tellRetention(
  facts: readonly GenerationFacts[],
  policy: RetentionPolicy,
  zone: string,
): ReportRetention {
  const decisions = applyPolicy(facts, policy, zone).map(({ name, action, reasons }) => ({
    name,
    action,
    reasons: reasons.map(describeReason),
  }));
  const kept = decisions.filter(({ action }) => action === 'Keep').length;
  return { policy: { ...policy }, kept, removed: decisions.length - kept, decisions };
}
