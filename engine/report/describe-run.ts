import type { DamagedCopy } from '../damage/damage-record.ts';
import type { Generation, Space } from '../types/protocol.ts';
import type { ReportGeneration } from '../types/report.ts';

/** What a report tells of one generation. */
export function describeRun(generation: Generation, space: Space, damage: readonly DamagedCopy[]): ReportGeneration {
  const { name, fidelityLosses } = generation;
  return {
    name,
    createdAt: generation.createdAt,
    state: generation.state === 'Complete' ? 'Complete' : 'Partial',
    durationSeconds: generation.duration,
    base: generation.base,
    snapshot: generation.snapshot.kind,
    files: generation.files,
    directories: generation.directories,
    otherItems: generation.otherItems,
    bytes: generation.bytes,
    added: generation.added,
    modified: generation.modified,
    metadataChanged: generation.metadataChanged,
    renamed: generation.renamed,
    removed: generation.removed,
    typeChanged: generation.typeChanged,
    linkedFiles: generation.linkedFiles,
    copiedFiles: generation.copiedFiles,
    copiedBytes: generation.copiedBytes,
    rebasedFiles: generation.rebasedFiles,
    failed: generation.failed,
    stale: generation.stale,
    lostItems: fidelityLosses.reduce((sum, { items }) => sum + items, 0),
    damagedItems: damage.flatMap(({ names }) => names).filter((each) => each.generation === name).length,
    diskBytes: space.bytes,
    newBytes: space.introduced,
    uniqueBytes: space.uniqueBytes,
    estimated: space.estimated,
    pinned: generation.pinned,
    ...(generation.pinReason !== undefined && { pinReason: generation.pinReason }),
    warnings: generation.warnings.map(({ id, message }) => ({ id, message })),
    losses: fidelityLosses.map(({ kind, cause, reason, items, examples }) => ({
      kind,
      cause,
      reason,
      items,
      examples,
    })),
    engineVersion: generation.engineVersion,
  };
}
