import { NativeError, type CopyProgress } from '../../native/index.ts';
import { FileType, ItemFlag, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { Difference, inheritDigest, sameContentHash, sameDigest, sameFile } from '../plan/compare-records.ts';
import type { CurrentItem } from './current-item.ts';
import type { Past } from './past.ts';
import type { ThreadContext } from './thread-context.ts';

/** An item could not be read; carries the native code. */
export class Unreadable {
  readonly code: number;

  constructor(code: number) {
    this.code = code;
  }
}

/**
 * Looks closer at items that show no difference: at ACLs and attributes when the change time or the file differ, at the
 * content when it could have changed without its times telling.
 */
export class DifferenceSettler {
  readonly #context: ThreadContext;
  readonly #item: CurrentItem;
  readonly #progress: CopyProgress;
  readonly #scratch = new Uint32Array(RECORD_WORDS);

  constructor(context: ThreadContext, item: CurrentItem, progress: CopyProgress) {
    this.#context = context;
    this.#item = item;
    this.#progress = progress;
  }

  /** @returns the difference (never {@link Difference.Touched}), or why it cannot be told */
  settle(past: Past, touched: boolean): number | Unreadable {
    const { words, at } = this.#item;
    let result: number = Difference.None;
    if (touched) {
      const attributes = this.#settleAttributes(past);
      if (attributes instanceof Unreadable) return attributes;
      result = attributes;
    } else {
      inheritDigest(words, at, past.words, past.at);
    }
    if (result !== Difference.None) return result;
    return this.#mustReadContent(past, touched) ? this.settleContent(past) : Difference.None;
  }

  /**
   * The change time moves with every write, also where the write time was set back afterwards. It moves with names, too:
   * a file that was moved, or that has another number of names now, is not read for that.
   */
  #mustReadContent(past: Past, touched: boolean): boolean {
    const { words, at, type } = this.#item;
    const racy = (past.words[past.at + Word.Flags] & ItemFlag.Racy) !== 0;
    if (type === FileType.SymbolicLink) return touched || racy;
    if (type !== FileType.File) return false;
    const { adoption, compareContent } = this.#context.plan.options;
    if (adoption && sameFile(words, at, past.words, past.at) && (!touched || this.#isItsCopy(past)))
      return compareContent;
    const namesChanged = past.isMoved || words[at + Word.Links] !== past.words[past.at + Word.Links];
    return racy || (touched && !namesChanged) || compareContent;
  }

  /** Whether the item itself is what the base holds: what is taken over keeps being one file in several trees. */
  #isItsCopy(past: Past): boolean {
    const { words, at } = this.#item;
    const scratch = this.#scratch;
    try {
      if (this.#context.native.stat(past.directory(), past.names, past.name, scratch, 0) !== 0) return false;
    } catch (error) {
      if (error instanceof NativeError) return false;
      throw error;
    }
    return scratch[Word.Device] === words[at + Word.Device] && sameFile(words, at, scratch, 0);
  }

  settleContent(past: Past): number | Unreadable {
    const { native } = this.#context;
    const { source, names, name, words, at } = this.#item;
    const code = native.hashContent(source, names, name, words, at, this.#progress);
    if (code !== 0) return new Unreadable(code);
    if ((past.words[past.at + Word.Flags] & ItemFlag.Hashed) !== 0)
      return sameContentHash(words, at, past.words, past.at) ? Difference.None : Difference.Content;
    // The base was made without hashes: read its copy. Unreadable is as good as different.
    const scratch = this.#scratch;
    const readable =
      native.stat(past.directory(), past.names, past.name, scratch, 0) === 0 &&
      native.hashContent(past.directory(), past.names, past.name, scratch, 0, this.#progress) === 0;
    return readable && sameContentHash(words, at, scratch, 0) ? Difference.None : Difference.Content;
  }

  #settleAttributes(past: Past): number | Unreadable {
    const { source, names, name, words, at } = this.#item;
    const code = this.#context.native.digestMetadata(source, names, name, words, at);
    if (code !== 0) return new Unreadable(code);
    let result: number = sameDigest(words, at, past.words, past.at) ? Difference.None : Difference.Metadata;
    const parted = words[at + Word.Links] === 1 && past.words[past.at + Word.Links] > 1;
    // Its copy in the base may still serve the other names, whose file it no longer is.
    if (parted && !sameFile(words, at, past.words, past.at) && this.#hasOtherName(past)) result |= Difference.Partition;
    return result;
  }

  /** Names of a file are counted wherever they are: only those in the base matter, and where it was taken over most are not. */
  #hasOtherName(past: Past): boolean {
    const fileIds = this.#context.base?.fileIds;
    if (!fileIds) return false;
    const { words, at } = past;
    let block = -1;
    let first = -1;
    const other = fileIds.find(words[at + Word.FileId], words[at + Word.FileIdHi], (candidate) => {
      const { reader } = fileIds;
      if (!sameFile(words, at, reader.words, candidate)) return false;
      if (first >= 0) return reader.id !== block || candidate !== first;
      block = reader.id;
      first = candidate;
      return false;
    });
    return other !== undefined;
  }
}
