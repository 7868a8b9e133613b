import { EngineError } from '../errors/engine-error.ts';
import type { BackupSet } from './backup-set.ts';

/**
 * Where a disk is not mounted its mount point is an empty folder on another one: a new set there would fill that up.
 * @param expected the id of the set that must be there; undefined where any may
 * @throws EngineError DestinationChanged
 */
export function checkSetId(path: string, found: BackupSet | undefined, expected: string | undefined): void {
  const id = found?.settings.id;
  if (expected === undefined || id?.toLowerCase() === expected.toLowerCase()) return;
  throw new EngineError('DestinationChanged', {
    message:
      id === undefined
        ? `There is no backup set in '${path}'; the set ${expected} was expected there.`
        : `The backup set in '${path}' is ${id}; the set ${expected} was expected there.`,
    path,
    details: { expected, ...(id !== undefined && { found: id }) },
  });
}
