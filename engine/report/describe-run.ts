import type { Generation, Space } from '../types/protocol.ts';
import type { ReportGeneration } from '../types/report.ts';

/**
 * What a report tells of one generation.
 * @param damagedItems its names of copies that are known to be damaged
 */
export function describeRun(generation: Generation, space: Space, damagedItems: number): ReportGeneration {
  const { fidelityLosses } = generation;
  return {
    name: generation.name,
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
    damagedItems,
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
