import type { Native } from '../../native/index.ts';
import { byteFromText } from '../../native/byte-path.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { Layout } from './layout.ts';
import { isInUse, renamePatiently } from './rename-patiently.ts';

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
  native.allowReaders(layout.text(layout.staging(generation)));
  try {
    renamePatiently(layout.path(layout.staging(generation)), layout.path(generation));
  } catch (error) {
    throw isInUse(error) ? delayed(layout, generation, error) : error;
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
