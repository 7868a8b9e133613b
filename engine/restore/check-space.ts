import { byteFromText } from '../../native/byte-path.ts';
import type { Native } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { freeBytesAt, inUnits } from '../generation/free-space.ts';
import { nearestExisting } from '../generation/probe-destination.ts';
import type { RestoreAnchor } from './restore-plan.ts';

/** A volume without enough room. */
export interface Shortage {
  path: string;
  neededBytes: number;
  freeBytes: number;
}

/** @returns the first volume on which not all fits that goes there */
export function findShortage(
  native: Native,
  anchors: readonly RestoreAnchor[],
  neededBytes: readonly number[],
): Shortage | undefined {
  const volumes = new Map<string, Shortage>();
  anchors.forEach(({ text, isUsed }, number) => {
    if (!isUsed) return;
    const path = nearestExisting(text);
    const id = volumeIdOf(native, path);
    const volume = volumes.get(id) ?? { path: text, neededBytes: 0, freeBytes: freeBytesAt(native, path) };
    volume.neededBytes += neededBytes[number];
    volumes.set(id, volume);
  });
  return [...volumes.values()].find((volume) => volume.neededBytes > volume.freeBytes);
}

/** Nothing was written yet. */
export function tooLittleSpace({ path, neededBytes, freeBytes }: Shortage): EngineError {
  const missingBytes = neededBytes - freeBytes;
  return new EngineError('DestinationFull', {
    message: `There is too little space at '${path}': ${inUnits(neededBytes)} are needed and ${inUnits(freeBytes)} are free, so ${inUnits(missingBytes)} are missing. Nothing was restored.`,
    path,
    hint: HINT,
    details: { missingBytes, neededBytes, freeBytes },
  });
}

/** Something else filled the volume meanwhile, or it took more than could be foreseen. */
export function becameFull(path: string, leftBytes: number): EngineError {
  return new EngineError('DestinationFull', {
    message: `There is no space left at '${path}'. What was restored is whole; about ${inUnits(leftBytes)} were not restored.`,
    path,
    hint: HINT,
    details: { unwrittenBytes: leftBytes },
  });
}

const HINT =
  'Make room there, or restore less or to another place. With -Conflict Skip a restore goes on where it was.';

function volumeIdOf(native: Native, path: string): string {
  const directory = native.openRoot(byteFromText(path), 'reference');
  try {
    return native.volumeOf(directory).id;
  } finally {
    native.closeDirectory(directory);
  }
}
