import { NativeError, type Native, type NativeCode, type PinnedBuffer } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { FileType, Word, readUnsigned64 } from '../../native/item-record.ts';
import type { ConflictAction } from '../types/protocol.ts';
import { decide, describeConflict, type Decision } from './decide.ts';
import type { Actor, Folder, Item } from './folder.ts';
import { FolderMaker, targetOf } from './make-folder.ts';
import { isTaken } from './is-taken.ts';
import { freeName } from './kept-both-name.ts';
import { RestoreCount, type RestoreAnchor } from './restore-plan.ts';
import { destinationOf, type RestoreReport } from './restore-report.ts';
import type { SourceTree } from './source-tree.ts';
import { ItemStager, type Staged } from './stage-item.ts';
import type { TargetTree } from './target-tree.ts';
import { pinned, writeName, type WorkFolder } from './work-folder.ts';

export interface PlaceOptions {
  native: Native;
  source: SourceTree;
  anchors: readonly RestoreAnchor[];
  /** By anchor; undefined for those nothing goes to. */
  targets: readonly (TargetTree | undefined)[];
  conflict: ConflictAction;
  damaged: 'Refused' | 'Placed';
  generation: string;
  granularityNs: number;
  report: RestoreReport;
  counts: Float64Array;
  /** Asked between the pieces of a long copy. */
  isStopped: () => boolean;
  /** The volume of an anchor has no room left: nothing more is to be placed. */
  onFull: (anchor: number) => void;
  /** Device and file id of the set, which nothing is restored into. */
  set: Uint32Array;
}

/** Restores: each item is made whole in the work folder, then gets its place by a rename. */
export class PlaceActor implements Actor {
  readonly #options: PlaceOptions;
  readonly #native: Native;
  readonly #report: RestoreReport;
  readonly #counts: Float64Array;
  readonly #stager: ItemStager;
  readonly #folders: FolderMaker;
  readonly #finalName: PinnedBuffer;
  #bytesBefore = 0;

  constructor(options: PlaceOptions) {
    this.#options = options;
    this.#native = options.native;
    this.#report = options.report;
    this.#counts = options.counts;
    this.#folders = new FolderMaker(options);
    this.#finalName = pinned(options.native, ' '.repeat(1023));
    this.#stager = new ItemStager(options.native, options.source, options.granularityNs, (bytes) => {
      this.#counts[RestoreCount.Bytes] += bytes;
      return !options.isStopped();
    });
  }

  settle(folder: Folder): void {
    this.#counts[RestoreCount.Items]++;
    this.#folders.settle(folder);
  }

  leave(folder: Folder): void {
    this.#folders.leave(folder);
  }

  place(folder: Folder, item: Item): void {
    this.#counts[RestoreCount.Items]++;
    this.#bytesBefore = this.#counts[RestoreCount.Bytes];
    const decision = this.#decide(folder, item);
    if (decision === undefined) return;
    if (typeof decision === 'object') return this.#conflict(folder, item, decision.conflict);
    if (decision === 'Skip') {
      return this.#tell('Skipped', folder, item, item.name, {
        kind: 'Staged',
        isVerified: false,
        isDamaged: false,
        losses: 0,
        key: undefined,
      });
    }
    let work: WorkFolder;
    try {
      work = this.#target(folder).work(folder.mount);
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      return this.#fail(folder, item, error.native.code);
    }
    const staged = this.#stager.stage(item, work, this.#options.damaged);
    this.#settleBytes(item);
    if (staged.kind === 'Staged') return this.#putInPlace(folder, item, decision, work, staged);
    if (staged.kind === 'Damaged')
      return this.#report.failure('ItemDamaged', item.path, `: its copy in the generation ${staged.what}`);
    if (staged.kind === 'Failed') this.#fail(folder, item, staged.code, staged.side);
  }

  #decide(folder: Folder, item: Item): Decision | undefined {
    if (folder.kind === 'New') return 'Create';
    const found = this.#target(folder).look(folder.path, item.name);
    if (found.kind === 'Found') return decide('Other', found.occupant, 'Merged', this.#options.conflict);
    this.#fail(folder, item, found.code);
    return undefined;
  }

  #putInPlace(
    folder: Folder,
    item: Item,
    decision: Decision,
    work: WorkFolder,
    staged: Extract<Staged, { kind: 'Staged' }>,
  ): void {
    if (staged.key !== undefined && !staged.isDamaged) this.#stager.offer(work, staged.key);
    let name = item.name;
    let code: NativeCode;
    try {
      if (decision === 'Replace') code = this.#rename(folder, work, name, 'Over');
      else if (decision === 'KeepBoth') {
        const target = this.#target(folder);
        name = freeName(item.name, this.#options.generation, (other) => target.isTaken(folder.path, other));
        code = this.#rename(folder, work, name, 'Beside');
      } else code = this.#rename(folder, work, name, 'Beside');
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      code = error.native.code;
    }
    if (code !== 0) {
      this.#stager.discard(work);
      if (isTaken(this.#native, code))
        return this.#conflict(folder, item, folder.kind === 'New' ? 'SameName' : 'Exists');
      return this.#fail(folder, item, code);
    }
    const action = decision === 'Replace' ? 'Overwritten' : decision === 'KeepBoth' ? 'KeptBoth' : 'Created';
    if ((item.words[item.at + Word.Mode] & FileType.Mask) === FileType.File) {
      this.#counts[RestoreCount.Files]++;
      this.#counts[RestoreCount.PlacedBytes] += readUnsigned64(item.words, item.at + Word.Size);
    }
    this.#tell(action, folder, item, name, staged);
  }

  #rename(folder: Folder, work: WorkFolder, name: BytePath, how: 'Over' | 'Beside'): NativeCode {
    const directory = this.#target(folder).directory(folder.path);
    writeName(this.#finalName, name);
    return how === 'Over'
      ? this.#native.renameOver(work.staged, this.#stager.name, 0, directory, this.#finalName, 0)
      : this.#native.rename(work.staged, this.#stager.name, 0, directory, this.#finalName, 0);
  }

  /** A link copies nothing, and a copy that failed was still dealt with. */
  #settleBytes({ words, at }: Item): void {
    if ((words[at + Word.Mode] & FileType.Mask) !== FileType.File) return;
    this.#counts[RestoreCount.Bytes] = this.#bytesBefore + readUnsigned64(words, at + Word.Size);
  }

  #tell(
    action: 'Created' | 'Overwritten' | 'KeptBoth' | 'Skipped',
    folder: Folder,
    item: Item,
    name: BytePath,
    { isVerified, isDamaged, losses }: Extract<Staged, { kind: 'Staged' }>,
  ): void {
    this.#report.item({
      action,
      source: item.path,
      anchor: folder.anchor,
      destination: destinationOf(folder, name),
      words: item.words,
      at: item.at,
      isVerified,
      isDamaged,
      losses,
    });
  }

  #conflict(folder: Folder, item: Item, conflict: 'Exists' | 'FolderInPlace' | 'SameName'): void {
    const where = this.#report.destinationText(folder.anchor, destinationOf(folder, item.name));
    this.#report.failure('ItemExists', item.path, ` to '${where}', because ${describeConflict(conflict)}`);
  }

  #fail(folder: Folder, item: Item, code: NativeCode, side: 'source' | 'target' = 'target'): void {
    if (side === 'target' && this.#native.isFull(code)) return this.#options.onFull(folder.anchor);
    const where = this.#report.destinationText(folder.anchor, destinationOf(folder, item.name));
    const what = side === 'source' ? ', because its copy in the generation cannot be read' : ` to '${where}'`;
    this.#report.failure('ItemNotRestored', item.path, what, code);
  }

  #target(folder: Folder): TargetTree {
    return targetOf(this.#options, folder);
  }
}
