import type { Snapshot } from '../snapshot/provider.ts';
import type { Layout } from './layout.ts';
import { writeWhole } from './write-file.ts';

/**
 * Keeps beside the manifest what came with the snapshot: the documents of writers, which a restore of their data needs, and
 * what was left out at their wish. JSON with `documents` and `exclusions`.
 */
export function writeSnapshotNotes(layout: Layout, generation: string, { documents, exclusions }: Snapshot): void {
  if (documents.length + exclusions.length === 0) return;
  writeWhole(layout.path(layout.snapshot(generation)), `${JSON.stringify({ documents, exclusions }, null, 2)}\n`);
}
