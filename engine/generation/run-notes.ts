import type { GenerationCounts, SnapshotUse } from '../types/protocol.ts';
import type { ChosenBase } from './choose-base.ts';

/** What a run has decided, in sentences for the verbose stream. */
export const notes = {
  base(base: ChosenBase | undefined): string {
    if (!base) return 'There is no generation to compare with: everything is copied.';
    return `Compared with the generation ${base.name}, which has ${base.manifest.summary.generation.files} files.`;
  },

  /** @param staged names of interrupted runs */
  resumed(staged: readonly string[]): string[] {
    return staged.map((name) => `Files that the interrupted run ${name} has copied are not copied again.`);
  },

  snapshot({ kind, reason }: SnapshotUse): string {
    return kind === 'None'
      ? `No snapshot. ${reason ?? ''}`.trimEnd()
      : `Read from a snapshot (${kind}). ${reason ?? ''}`.trimEnd();
  },

  /** Why files were copied although they were there already. */
  copied({ linkFallbacks, rebasedFiles, reusedFiles }: GenerationCounts): string[] {
    return [
      ...(reusedFiles > 0 ? [`${reusedFiles} files were taken over from an interrupted run.`] : []),
      ...(linkFallbacks > 0
        ? [`${linkFallbacks} unchanged files were copied, because the system refused a link.`]
        : []),
      ...(rebasedFiles > 0
        ? [`${rebasedFiles} unchanged files were copied, because their copies have too many names.`]
        : []),
    ];
  },
};
