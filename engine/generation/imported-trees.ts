import { byteFromText, textFromByte } from '../../native/byte-path.ts';
import { NativeError, type Native } from '../../native/index.ts';
import { RECORD_WORDS, Word } from '../../native/item-record.ts';
import { EngineError } from '../errors/engine-error.ts';
import { nameOf } from './generation-name.ts';
import type { ResolvedSource } from './resolve-sources.ts';

/**
 * The name of a generation made of an older backup. Names strictly increase, so generations are imported oldest first, and
 * none of the future, which would come before all that is made from now on.
 * @param existing names of the generations in the set, oldest first
 * @throws EngineError ImportInFuture, GenerationExists, ImportOutOfOrder
 */
export function importedName(createdAt: Date, existing: readonly string[], set: string): string {
  const name = nameOf(createdAt);
  const newest = existing.at(-1);
  if (createdAt.getTime() > Date.now())
    throw new EngineError('ImportInFuture', {
      message: `The time of the backup, ${name}, is in the future.`,
      path: set,
    });
  if (existing.includes(name))
    throw new EngineError('GenerationExists', {
      message: `The set '${set}' already has a generation of that time, ${name}.`,
      path: set,
    });
  if (newest !== undefined && name < newest)
    throw new EngineError('ImportOutOfOrder', {
      message: `The backup is of ${name}, and the set '${set}' already has a newer generation, ${newest}.`,
      path: set,
      details: { name, newest },
    });
  return name;
}

/** The file system a folder is on, as records number it. @throws NativeError */
export function deviceOf(native: Native, folder: string): number {
  const path = byteFromText(folder);
  const record = new Uint32Array(RECORD_WORDS);
  const directory = native.openRoot(path, 'reference');
  try {
    const code = native.statDirectory(directory, record, 0);
    if (code !== 0) throw new NativeError('stat', native.describeError(code), path);
    return record[Word.Device];
  } finally {
    native.closeDirectory(directory);
  }
}

export function readFrom({ reading }: ResolvedSource): string {
  return `'${textFromByte(reading.path)}'`;
}
