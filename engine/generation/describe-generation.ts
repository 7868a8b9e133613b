import { randomUUID } from 'node:crypto';
import type { MirrorOutcome } from '../run/run-mirror.ts';
import type { FidelityLoss, Generation, SnapshotUse, WarningEntry } from '../types/protocol.ts';
import { engineVersion } from '../types/version.ts';
import type { Layout } from './layout.ts';
import type { PhaseClock } from './phase-clock.ts';
import type { ResolvedSource } from './resolve-sources.ts';

/** What is known of a run beside what was counted. */
export interface RunFacts {
  name: string;
  startedAt: Date;
  sources: readonly ResolvedSource[];
  base: string | undefined;
  snapshot: SnapshotUse;
  fidelityLosses: FidelityLoss[];
  warnings: WarningEntry[];
  clock: PhaseClock;
}

/** The result object of a run. Its warnings and phases go on changing until the run has ended. */
export function describeGeneration(layout: Layout, facts: RunFacts, outcome: MirrorOutcome): Generation {
  const { items: _items, missingBytes: _missing, folderBytes: _folders, ...counts } = outcome.totals;
  return {
    setPath: layout.set,
    name: facts.name,
    path: layout.text(facts.name),
    id: randomUUID(),
    createdAt: facts.startedAt.toISOString(),
    duration: facts.clock.elapsed,
    state: counts.failed > 0 || counts.stale > 0 ? 'Partial' : 'Complete',
    sources: facts.sources.map(({ nameText, pathText }) => ({ name: nameText, path: pathText })),
    snapshot: facts.snapshot,
    base: facts.base ?? null,
    ...counts,
    fidelityLosses: facts.fidelityLosses,
    pinned: false,
    engineVersion,
    warnings: facts.warnings,
    phases: facts.clock.phases,
  };
}

/** Whether a generation adds nothing to the one before it. */
export function isUnchanged(generation: Generation): boolean {
  const { added, modified, metadataChanged, renamed, removed, typeChanged, failed, stale } = generation;
  const changes = added + modified + metadataChanged + renamed + removed + typeChanged + failed + stale;
  // A copy without a change replaces one in the base that is damaged or has too many names.
  return changes + generation.copiedFiles + generation.reusedFiles === 0;
}
