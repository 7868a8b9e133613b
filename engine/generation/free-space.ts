import type { Native } from '../../native/index.ts';
import { byteFromText } from '../../native/byte-path.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { MirrorOutcome } from '../run/run-mirror.ts';

/** Kept free at the destination, so that directories, the manifest and other programs still find room. */
const RESERVE_BYTES = 16 * 1024 * 1024;
const RESERVE_SHARE = 0.01;

/** Bytes a run may still write to the volume of an existing folder. */
export function freeBytesAt(native: Native, folder: string): number {
  const directory = native.openRoot(byteFromText(folder), 'reference');
  try {
    const { freeBytes, totalBytes } = native.volumeOf(directory);
    return Math.max(0, Math.floor(freeBytes - Math.min(RESERVE_BYTES, totalBytes * RESERVE_SHARE)));
  } finally {
    native.closeDirectory(directory);
  }
}

/** Why a run ended early because of its destination: what was left to write, and what is missing for it. */
export function destinationFull(native: Native, setPath: string, outcome: MirrorOutcome): EngineError {
  const { missingBytes: unwritten } = outcome.totals;
  const free = freeBytesAt(native, setPath);
  const missing = Math.max(unwritten - free, 0);
  return new EngineError('DestinationFull', {
    message: `The destination '${setPath}' is full: ${inUnits(unwritten)} could not be written, so about ${inUnits(missing)} more must be free.`,
    path: setPath,
    details: { missingBytes: missing, unwrittenBytes: unwritten, freeBytes: free },
  });
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A size as people read it: `12.3 MiB`. */
export function inUnits(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power]}`;
}
