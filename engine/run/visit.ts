import type { Directory } from '../../native/index.ts';
import { joinByte, type BytePath } from '../../native/byte-path.ts';
import type { ThreadContext } from './thread-context.ts';

/** The directory a thread is working on. */
export class Visit {
  readonly context: ThreadContext;
  /** Below the generation: begins with the source's name. */
  readonly path: BytePath;
  /** Below the source's root. */
  readonly sourcePath: BytePath;
  /** Where the directory was in the base, below that generation. */
  readonly basePath: BytePath;
  /** It was somewhere else in the base. */
  readonly isMoved: boolean;
  readonly sourceNumber: number;
  source: Directory | undefined;
  /** Id of the block being filled; changes when a large directory goes on in another block. */
  block: number;
  /** The moment its files are of, in seconds since 1970: what is written later may leave the times they have now. */
  readonly scannedAt: number;
  #base: Directory | undefined;

  constructor(context: ThreadContext, path: BytePath, basePath: BytePath, sourceNumber: number, block: number) {
    this.context = context;
    this.path = path;
    this.basePath = basePath;
    this.isMoved = basePath !== path;
    this.sourceNumber = sourceNumber;
    this.block = block;
    this.scannedAt = context.plan.options.frozenAt ?? Date.now() / 1000;
    this.sourcePath = path.slice(context.plan.sources[sourceNumber].name.length + 1);
  }

  /** Path below the generation of an entry of this directory. */
  entryPath(names: Buffer, name: number, length: number): BytePath {
    return joinByte(this.path, names.latin1Slice(name, name + length));
  }

  /** The directory in the base generation, opened when first needed. @throws NativeError */
  base(): Directory {
    const { base } = this.context;
    if (!base) throw new Error('There is no base.');
    this.#base ??= base.chain.open(this.basePath);
    return this.#base;
  }
}
