import type { Native } from '../../../native/index.ts';
import { EngineError } from '../../errors/engine-error.ts';
import { findSet, type BackupSet } from '../../generation/backup-set.ts';
import { checkSetId } from '../../generation/check-set-id.ts';
import { freeBytesAt, inUnits } from '../../generation/free-space.ts';
import { listGenerations } from '../../generation/list-generations.ts';
import { nearestExisting, probeDestination } from '../../generation/probe-destination.ts';
import type { JobSettings } from '../../types/job.ts';
import { failed, failedBy, passed, warning, type Finding } from './check.ts';

/** How many runs tell what the next one may bring. */
const LOOKED_AT = 10;

/**
 * Whether the set is the one that is expected, its place takes links, and the next run finds room.
 * @param knownId the id of the set that the job met first on this machine
 */
export function checkDestination(native: Native, settings: JobSettings, knownId: string | undefined): Finding[] {
  const path = settings.destination;
  const expected = settings.setId ?? knownId;
  let set: BackupSet | undefined;
  try {
    set = findSet(path);
    checkSetId(path, set, expected);
  } catch (error) {
    if (error instanceof EngineError) return [failedBy('SetId', error)];
    throw error;
  }
  const identity = passed('SetId', identityText(path, set, expected), path);
  const linkable = checkLinks(native, path);
  return [identity, linkable, ...(linkable.status === 'Failed' ? [] : [checkSpace(native, path, set)])];
}

function identityText(path: string, set: BackupSet | undefined, expected: string | undefined): string {
  if (set === undefined) return `There is no set in '${path}' yet; the first run makes one.`;
  const { id } = set.settings;
  return expected === undefined
    ? `The set is ${id}; the first run of the job expects it from then on.`
    : `The set is ${id}, as expected.`;
}

function checkLinks(native: Native, path: string): Finding {
  try {
    probeDestination(native, path);
    return passed('Destination', `'${path}' can be written to, and takes hard links.`, path);
  } catch (error) {
    if (error instanceof EngineError) return failedBy('Destination', error);
    throw error;
  }
}

function checkSpace(native: Native, path: string, set: BackupSet | undefined): Finding {
  const free = freeBytesAt(native, nearestExisting(path));
  const isFree = `${inUnits(free)} are free at '${path}'`;
  if (free === 0) return failed('Space', `There is no free space at '${path}'.`, { path });
  const runs = set ? listGenerations(path, { latest: false }, () => undefined).slice(-LOOKED_AT) : [];
  const last = runs.at(-1);
  if (last === undefined) return passed('Space', `${isFree}; there is no run yet to compare that with.`, path);
  // The first run copies everything, and says nothing about the next one.
  const largest = Math.max(...runs.filter(({ base }) => base !== undefined).map(({ copiedBytes }) => copiedBytes), 0);
  const needs = `; the last run copied ${inUnits(last.copiedBytes)}, the largest of late ${inUnits(largest)}`;
  const hint = 'Remove generations, or let retention keep fewer.';
  return free < largest
    ? warning('Space', `${isFree}${needs}.`, { path, hint })
    : passed('Space', `${isFree}${needs}.`, path);
}
