import { NativeError, type Directory, type Native } from '../../native/index.ts';
import { joinByte } from '../../native/byte-path.ts';
import { FidelityLoss, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { changedMetadata } from '../plan/visible-metadata.ts';
import type { DamagedItem } from './damaged-item.ts';
import { notHealed, type Healed } from './healed.ts';
import type { NamePlacer } from './name-placer.ts';
import type { Places } from './places.ts';

/**
 * Gives folders their owner, group and mode back. A folder belongs to one generation: unlike a file, which others may have
 * a name of, it is changed where it is.
 */
export class FolderHealer {
  readonly #native: Native;
  readonly #places: Places;
  readonly #placer: NamePlacer;
  readonly #mode: 'Plan' | 'Heal';
  readonly #found = new Uint32Array(RECORD_WORDS);

  constructor(native: Native, places: Places, placer: NamePlacer, mode: 'Plan' | 'Heal') {
    this.#native = native;
    this.#places = places;
    this.#placer = placer;
    this.#mode = mode;
  }

  /** @returns undefined where something else than its metadata is wrong */
  heal(item: DamagedItem): Healed | undefined {
    const [name] = item.names;
    const { rootPath, folder, name: last } = this.#placer.placeOf(name);
    let directory: Directory;
    try {
      directory = this.#places.folder(rootPath, joinByte(folder, last), 'reference');
    } catch (error) {
      if (error instanceof NativeError) return undefined;
      throw error;
    }
    try {
      return this.#healOpened(directory, item);
    } finally {
      this.#native.closeDirectory(directory);
    }
  }

  #healOpened(directory: Directory, { kind, names, record, kept }: DamagedItem): Healed | undefined {
    const native = this.#native;
    const found = this.#found;
    if (native.statDirectory(directory, found, 0) !== 0) return undefined;
    const changed = changedMetadata(native, found, record, 0, kept & ~record[Word.Losses]);
    if (changed === 0 && kind !== 'MetadataChanged') return undefined;
    if (changed === 0) return { kind: 'Whole', left: [], origin: undefined, reason: 'It is whole again.', losses: [] };
    const words: number[] = (changed & FidelityLoss.Owner) !== 0 ? [Word.Owner, Word.Group] : [];
    if ((changed & ~FidelityLoss.Owner) !== 0) words.push(Word.Mode, Word.Attributes);
    for (const word of words) found[word] = record[word];
    const code = this.#mode === 'Heal' ? native.applyToDirectory(directory, found, 0) : 0;
    if (code !== 0) return notHealed(names, `Its owner and mode cannot be set: ${this.#placer.why(code)}`);
    const left = this.#mode === 'Heal' ? [] : names;
    return { kind: 'Healed', left, origin: undefined, reason: 'The manifest has its owner and mode.', losses: [] };
  }
}
