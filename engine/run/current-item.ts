import type { Directory, PinnedBuffer } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { FileType, Word, readUnsigned64 } from '../../native/item-record.ts';
import type { BlockBuilder } from '../manifest/block-builder.ts';
import type { Visit } from './visit.ts';

/** The item a thread is working on: one object, moved from item to item, so that nothing is allocated per item. */
export class CurrentItem {
  readonly #block: BlockBuilder;
  #visit: Visit | undefined;
  #path: BytePath | undefined;
  names: PinnedBuffer;
  /** Byte offset of the name in {@link names}. */
  name = 0;
  length = 0;
  /** Word offset of the record in {@link words}. */
  at = 0;

  constructor(block: BlockBuilder, names: PinnedBuffer) {
    this.#block = block;
    this.names = names;
  }

  moveTo(visit: Visit, names: PinnedBuffer, name: number, length: number): void {
    this.#visit = visit;
    this.#path = undefined;
    this.names = names;
    this.name = name;
    this.length = length;
    this.at = this.#block.next;
  }

  get words(): Uint32Array {
    return this.#block.words;
  }

  get visit(): Visit {
    if (!this.#visit) throw new Error('There is no current item.');
    return this.#visit;
  }

  get source(): Directory {
    const { source } = this.visit;
    if (!source) throw new Error('The source directory is not open.');
    return source;
  }

  /** Path below the generation; made when it is first asked for. */
  get path(): BytePath {
    return (this.#path ??= this.visit.entryPath(this.names.bytes, this.name, this.length));
  }

  get type(): number {
    return this.words[this.at + Word.Mode] & FileType.Mask;
  }

  get isFile(): boolean {
    return this.type === FileType.File;
  }

  /** Bytes of content; 0 for all but regular files. */
  get size(): number {
    return this.isFile ? readUnsigned64(this.words, this.at + Word.Size) : 0;
  }

  get hasSeveralNames(): boolean {
    return this.words[this.at + Word.Links] > 1;
  }
}
