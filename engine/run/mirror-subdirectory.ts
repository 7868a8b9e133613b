import { joinByte, type BytePath } from '../../native/byte-path.ts';
import { FileType, ItemFlag, NO_BLOCK, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { markSubtree } from '../manifest/mark-subtree.ts';
import { INDEX_WORDS, IndexWord } from '../manifest/format.ts';
import { Difference, compareRecords, inheritDigest, sameDigest, sameFile } from '../plan/compare-records.ts';
import { CHANGE_COUNTER, Counter } from './counters.ts';
import type { CurrentItem } from './current-item.ts';
import { packChange, type DirectoryChange } from './directory-change.ts';
import { reportFailure } from './item-failure.ts';
import { TaskMode } from './mirror-plan.ts';
import type { ThreadContext } from './thread-context.ts';

/** The directory's past: the block of its children and its path in the base. */
interface DirectoryPast {
  block: number;
  path: BytePath;
  /** It was found under another path. */
  moved: boolean;
}

/** The differences of a directory that are told: its size and times follow from its entries. */
const VISIBLE = Difference.Mode | Difference.Owner | Difference.Metadata;

const NOTHING: DirectoryPast = { block: NO_BLOCK, path: '', moved: false };

/** Handles a directory as an entry of its parent: finds its past, creates it and queues its visit. */
export class SubdirectoryMirror {
  readonly #context: ThreadContext;
  readonly #item: CurrentItem;

  constructor(context: ThreadContext, item: CurrentItem) {
    this.#context = context;
    this.#item = item;
  }

  /**
   * @param matched number of its record in the base's block at hand, or -1
   * @param source number of the source
   * @param parent block its record goes to
   */
  mirror(matched: number, source: number, parent: number): boolean {
    const context = this.#context;
    const { words, at } = this.#item;
    const missing = this.#missing(source);
    // As a live run sees it.
    if (missing === 'Mount') words[at + Word.Flags] |= ItemFlag.MountRoot;
    const base = context.base?.cursor.block;
    const baseAt = base && matched >= 0 ? base.at(matched) : -1;
    const wasDirectory =
      base !== undefined && baseAt >= 0 && (base.words[baseAt + Word.Mode] & FileType.Mask) === FileType.Directory;
    let difference: number = Difference.Type;
    if (base && wasDirectory) difference = compareRecords(words, at, base.words, baseAt);
    const code = this.#describeMetadata(wasDirectory ? base?.words : undefined, baseAt, difference);
    if (code !== 0) {
      reportFailure(context, this.#item.path, code, 'could not be read');
      if (!base || !wasDirectory) return false;
      return this.carry(base.words, baseAt, source, parent);
    }
    if (base && wasDirectory && !sameDigest(words, at, base.words, baseAt)) difference |= Difference.Metadata;
    if (base && wasDirectory && this.#mountVanished(base.words, baseAt)) {
      reportFailure(
        context,
        this.#item.path,
        0,
        'had another file system mounted on it that is gone; what the last generation has below it is carried forward',
        'MountVanished',
      );
      return this.carry(base.words, baseAt, source, parent);
    }
    if (missing === 'Subvolume' && base && wasDirectory && this.#holdsItems(base.words, baseAt)) {
      reportFailure(
        context,
        this.#item.path,
        0,
        'is a subvolume of its own and not in the snapshot; what the last generation has below it is carried forward',
        'SubvolumeNotInSnapshot',
      );
      return this.carry(base.words, baseAt, source, parent);
    }
    const past = this.#past(base?.words, baseAt, wasDirectory, missing === undefined);
    const change = this.#changeOf(matched >= 0, wasDirectory, difference, past);
    const mode = this.#isBoundary() || missing ? TaskMode.Boundary : TaskMode.Mirror;
    if (!this.#create(past, source, parent, mode | (change ? packChange(change, difference & VISIBLE) : 0)))
      return false;
    if (change) context.counters[CHANGE_COUNTER[change]]++;
    return true;
  }

  /** Takes a directory over from the base, as part of one that cannot be read. */
  carry(words: Uint32Array, from: number, source: number, parent: number): boolean {
    const record = this.#item.words;
    const { at } = this.#item;
    record.set(words.subarray(from, from + RECORD_WORDS), at);
    const past = { block: words[from + Word.Child], path: this.#basePath(), moved: false };
    record[at + Word.Flags] |= ItemFlag.Stale;
    this.#context.counters[Counter.stale]++;
    return this.#create(past, source, parent, TaskMode.Carry);
  }

  /** An excluded entry that the base has: what lies below it was not deleted. */
  exclude(matched: number): void {
    const { base } = this.#context;
    if (!base || matched < 0) return;
    const child = base.cursor.block.words[base.cursor.block.at(matched) + Word.Child];
    if (child !== NO_BLOCK) markSubtree(base.fileIds.reader, child, base.seen);
  }

  #describeMetadata(past: Uint32Array | undefined, pastAt: number, difference: number): number {
    const { native } = this.#context;
    const { source, names, name, words, at } = this.#item;
    if (past && (difference & Difference.Touched) === 0) {
      inheritDigest(words, at, past, pastAt);
      return 0;
    }
    return native.digestMetadata(source, names, name, words, at);
  }

  #isBoundary(): boolean {
    const { words, at } = this.#item;
    return (words[at + Word.Flags] & ItemFlag.MountRoot) !== 0 && !this.#context.plan.options.crossMount;
  }

  /** A file system was mounted here, with content in the base, and is not any more. */
  #mountVanished(past: Uint32Array, pastAt: number): boolean {
    const { words, at } = this.#item;
    return (
      (past[pastAt + Word.Flags] & ItemFlag.MountRoot) !== 0 &&
      (words[at + Word.Flags] & ItemFlag.MountRoot) === 0 &&
      this.#holdsItems(past, pastAt)
    );
  }

  /** Whether a directory of the base has entries there. */
  #holdsItems(past: Uint32Array, pastAt: number): boolean {
    const { base } = this.#context;
    const child = past[pastAt + Word.Child];
    return (
      base !== undefined &&
      child !== NO_BLOCK &&
      base.cursor.block.manifest.index[child * INDEX_WORDS + IndexWord.Count] > 0
    );
  }

  /** Whether the frozen view shows the folder empty, because it belongs to another volume. */
  #missing(source: number): 'Mount' | 'Subvolume' | undefined {
    const { missing } = this.#context.plan.sources[source];
    if (missing === undefined || missing.size === 0) return undefined;
    const { visit, names, name, length } = this.#item;
    return missing.get(joinByte(visit.sourcePath, names.bytes.latin1Slice(name, name + length)));
  }

  /**
   * The same directory wherever it was in the base; else the one that had its name.
   * @param hasOwnId its file id is its own, not one that all folders of its kind share
   */
  #past(baseWords: Uint32Array | undefined, baseAt: number, wasDirectory: boolean, hasOwnId: boolean): DirectoryPast {
    const { words, at } = this.#item;
    const { base } = this.#context;
    if (!base) return NOTHING;
    const byName = baseWords && wasDirectory;
    if (byName && sameFile(words, at, baseWords, baseAt))
      return { block: baseWords[baseAt + Word.Child], path: this.#basePath(), moved: false };
    if (!hasOwnId)
      return byName ? { block: baseWords[baseAt + Word.Child], path: this.#basePath(), moved: false } : NOTHING;
    const found = base.fileIds.find(words[at + Word.FileId], words[at + Word.FileIdHi], (candidate) => {
      const past = base.fileIds.reader.words;
      return (
        (past[candidate + Word.Mode] & FileType.Mask) === FileType.Directory && sameFile(words, at, past, candidate)
      );
    });
    if (found) {
      const block = base.fileIds.reader.words[base.fileIds.reader.at(found.record) + Word.Child];
      const path = joinByte(base.paths.of(found.block), base.fileIds.reader.name(found.record));
      return { block, path, moved: true };
    }
    return byName ? { block: baseWords[baseAt + Word.Child], path: this.#basePath(), moved: false } : NOTHING;
  }

  #basePath(): BytePath {
    const { visit, names, name, length, path } = this.#item;
    // The same string: then it costs nothing to see that they are equal.
    return visit.isMoved ? joinByte(visit.basePath, names.bytes.latin1Slice(name, name + length)) : path;
  }

  #create(past: DirectoryPast, source: number, parent: number, mode: number): boolean {
    const context = this.#context;
    const { names, name, words, at, path } = this.#item;
    const code = context.applier.makeDirectory(names, name, words, at);
    if (code !== 0) {
      if (context.native.isFull(code)) context.startMeasuring(4096);
      else {
        reportFailure(context, path, code, 'could not be created');
        return false;
      }
    }
    const block = context.control.allocateBlock();
    words[at + Word.Child] = block;
    words[at + Word.Introduced] = context.plan.introduced;
    const isPlain = words[at + Word.MetadataDigest] === 0 && words[at + Word.MetadataDigest + 1] === 0;
    const isShared = past.block !== NO_BLOCK && context.base?.claimDirectory(past.block) === false;
    context.counters[Counter.directories]++;
    context.queue.push({
      path,
      other: past.path,
      numbers: [
        source,
        past.block,
        block,
        parent,
        context.block.count,
        mode | (isShared ? TaskMode.Shared : 0) | (isPlain ? TaskMode.Plain : 0),
        words[at + Word.Mode],
      ],
    });
    return true;
  }

  /** What {@link DirectoryMirror} is to tell of it, packed; undefined when nothing. */
  #changeOf(
    wasThere: boolean,
    wasDirectory: boolean,
    difference: number,
    past: DirectoryPast,
  ): DirectoryChange['change'] | undefined {
    if (wasThere && !wasDirectory) return 'TypeChanged';
    if (past.moved) return 'Renamed';
    if (!wasThere) return 'Added';
    return (difference & VISIBLE) === 0 ? undefined : 'MetadataChanged';
  }
}
