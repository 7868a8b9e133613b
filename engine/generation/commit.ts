import { chmodSync, renameSync } from 'node:fs';
import type { Native } from '../../native/index.ts';
import { byteFromText } from '../../native/byte-path.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { Layout } from './layout.ts';

const ATTEMPTS = 5;
const PAUSE_MS = 200;
/** Everyone may look into a generation; who may look into a source is the source's own affair. */
const GENERATION_MODE = 0o755;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Makes all that was written to the set's file system durable: before {@link publish}, and only once per run. */
export function flush(native: Native, layout: Layout): void {
  const directory = native.openRoot(byteFromText(layout.set), 'list');
  try {
    native.syncVolume(directory);
  } finally {
    native.closeDirectory(directory);
  }
}

/**
 * The commit point: one rename from staging into the set, then made durable. The manifest must be in place and durable.
 * @throws EngineError CommitDelayed when something holds the folder open; the next run commits it
 */
export function publish(native: Native, layout: Layout, generation: string): void {
  const from = layout.path(layout.staging(generation));
  chmodSync(from, GENERATION_MODE);
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(from, layout.path(generation));
      break;
    } catch (error) {
      // On NTFS a folder cannot be renamed while a virus scanner has a file below it open.
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EPERM' && code !== 'EACCES' && code !== 'EBUSY') throw error;
      if (attempt === ATTEMPTS) throw delayed(layout, generation, error);
      Atomics.wait(sleeper, 0, 0, PAUSE_MS * attempt);
    }
  }
  const directory = native.openRoot(byteFromText(layout.set), 'list');
  try {
    native.syncDirectory(directory);
  } finally {
    native.closeDirectory(directory);
  }
}

function delayed(layout: Layout, generation: string, error: unknown): EngineError {
  const native = describeSystemError(error);
  return new EngineError('CommitDelayed', {
    message: `The generation ${generation} is complete, but could not be moved into the set: ${native.text} (${native.name}).`,
    path: layout.text(layout.staging(generation)),
    native,
  });
}
