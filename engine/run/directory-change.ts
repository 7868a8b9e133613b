import { reasonOf } from '../plan/describe-change.ts';
import type { ItemChange } from '../types/protocol.ts';

/** What is to be told of a directory. It travels with the directory's task: what it lost is known only at its end. */
export interface DirectoryChange {
  change: 'Added' | 'MetadataChanged' | 'Renamed' | 'TypeChanged';
  reason: string;
}

const KINDS: readonly DirectoryChange['change'][] = ['Added', 'MetadataChanged', 'Renamed', 'TypeChanged'];
const REASONS: Readonly<Record<DirectoryChange['change'], string>> = {
  Added: 'new',
  MetadataChanged: '',
  Renamed: 'moved',
  TypeChanged: 'type',
};

/** Bits of a task's mode, above those of {@link TaskMode}. */
const KIND_SHIFT = 4;
const KIND_MASK = 7;
const DIFFERENCE_SHIFT = 8;

/** @param difference what differs, where only metadata do */
export function packChange(change: ItemChange['change'], difference: number): number {
  const kind = KINDS.indexOf(change as DirectoryChange['change']) + 1;
  return (kind << KIND_SHIFT) | (change === 'MetadataChanged' ? difference << DIFFERENCE_SHIFT : 0);
}

/** @returns undefined where there is nothing to tell */
export function unpackChange(mode: number): DirectoryChange | undefined {
  const kind = (mode >> KIND_SHIFT) & KIND_MASK;
  if (kind === 0) return undefined;
  const change = KINDS[kind - 1];
  return { change, reason: change === 'MetadataChanged' ? reasonOf(mode >> DIFFERENCE_SHIFT) : REASONS[change] };
}
