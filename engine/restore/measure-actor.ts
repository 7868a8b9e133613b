import type { Native } from '../../native/index.ts';
import { NativeError } from '../../native/index.ts';
import { textFromByte, type BytePath } from '../../native/byte-path.ts';
import { FileType, Word, readUnsigned64 } from '../../native/item-record.ts';
import { paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { ConflictAction } from '../types/protocol.ts';
import { decide, describeConflict, type Decision, type Occupant } from './decide.ts';
import type { Actor, Folder, Item } from './folder.ts';
import { freeName } from './kept-both-name.ts';
import { linkKey } from './link-key.ts';
import { RestoreCount, type RestoreStage } from './restore-plan.ts';
import { destinationOf, type RestoreReport } from './restore-report.ts';
import type { SourceTree } from './source-tree.ts';
import type { TargetTree } from './target-tree.ts';
import { pinned, writeName } from './work-folder.ts';

const BLOCK = 4096;
/** Below this a file has hardly anything to save. */
const LEAST_SPARSE = 64 * 1024;

/** Finds out what a restore would do, and how much room it takes, without writing anything. */
export class MeasureActor implements Actor {
  readonly neededBytes: number[];
  /** By anchor: something goes there. */
  readonly isUsed: boolean[];
  readonly #native: Native;
  readonly #source: SourceTree;
  /** By anchor; undefined where there is nothing yet. */
  readonly #targets: readonly (TargetTree | undefined)[];
  readonly #conflict: ConflictAction;
  readonly #stage: Extract<RestoreStage, { kind: 'Measure' }>;
  readonly #generation: string;
  readonly #report: RestoreReport;
  readonly #counts: Float64Array;
  readonly #linked = new Set<string>();
  readonly #name;
  readonly #found = new Uint32Array(64);
  /** Where selected items go to, where several patterns could have the same destination. */
  readonly #claims: Map<string, BytePath> | undefined;

  constructor(options: {
    native: Native;
    source: SourceTree;
    targets: readonly (TargetTree | undefined)[];
    conflict: ConflictAction;
    stage: Extract<RestoreStage, { kind: 'Measure' }>;
    generation: string;
    report: RestoreReport;
    counts: Float64Array;
    claims: Map<string, BytePath> | undefined;
  }) {
    this.#native = options.native;
    this.#source = options.source;
    this.#targets = options.targets;
    this.#conflict = options.conflict;
    this.#stage = options.stage;
    this.#generation = options.generation;
    this.#report = options.report;
    this.#counts = options.counts;
    this.#claims = options.claims;
    this.#name = pinned(options.native, ' '.repeat(1023));
    this.neededBytes = options.targets.map(() => 0);
    this.isUsed = options.targets.map(() => false);
  }

  settle(folder: Folder): void {
    const { parent } = folder;
    if (!parent) {
      this.isUsed[folder.anchor] = true;
      folder.kind = this.#targets[folder.anchor] ? 'Merged' : 'New';
      folder.action = folder.kind === 'Merged' ? 'Merged' : 'Created';
      return this.#tellFolder(folder);
    }
    folder.path = destinationOf(parent, folder.name);
    if (folder.isItem) this.#claim(folder.anchor, folder.path, folder.source);
    const decision = this.#decide(parent, folder.name, 'Directory', folder.source);
    if (decision === 'Merge') {
      folder.kind = 'Merged';
      folder.action = 'Merged';
    } else if (decision === 'Create' || decision === 'Replace' || decision === 'KeepBoth') {
      if (decision === 'KeepBoth') folder.path = destinationOf(parent, this.#freeName(parent, folder.name));
      folder.kind = 'New';
      folder.action = decision === 'Create' ? 'Created' : decision === 'Replace' ? 'Overwritten' : 'KeptBoth';
      this.neededBytes[folder.anchor] += BLOCK;
    } else {
      folder.kind = 'Blocked';
      if (folder.record) this.#tell(decision, folder.source, folder.anchor, folder.path, folder.record, 0);
      return;
    }
    this.#tellFolder(folder);
  }

  place(folder: Folder, item: Item): void {
    const destination = destinationOf(folder, item.name);
    this.#claim(folder.anchor, destination, item.path);
    const decision = this.#decide(folder, item.name, 'Other', item.path);
    const isFile = (item.words[item.at + Word.Mode] & FileType.Mask) === FileType.File;
    this.#counts[RestoreCount.Items]++;
    if (decision === 'Create' || decision === 'KeepBoth' || decision === 'Replace') {
      if (isFile) this.#addSize(folder, item, decision === 'Replace' ? this.#targets[folder.anchor]?.freed : 0);
      const path = decision === 'KeepBoth' ? destinationOf(folder, this.#freeName(folder, item.name)) : destination;
      return this.#tell(decision, item.path, folder.anchor, path, item.words, item.at);
    }
    this.#tell(decision, item.path, folder.anchor, destination, item.words, item.at);
  }

  leave(): void {
    // Nothing was made.
  }

  #decide(folder: Folder, name: BytePath, kind: 'Directory' | 'Other', source: BytePath): Decision | 'Failed' {
    if (folder.kind === 'New') return 'Create';
    const found = this.#targets[folder.anchor]?.look(folder.path, name);
    if (found?.kind === 'Failed') {
      if (this.#stage.conflicts !== 'Silent')
        this.#report.failure('ItemNotRestored', source, ', because its place cannot be looked at', found.code);
      return 'Failed';
    }
    const occupant: Occupant = found?.occupant ?? 'Nothing';
    return decide(kind, occupant, 'Merged', this.#conflict);
  }

  #freeName(folder: Folder, name: BytePath): BytePath {
    const target = this.#targets[folder.anchor];
    return freeName(name, this.#generation, (other) => target?.isTaken(folder.path, other) ?? false);
  }

  #addSize(folder: Folder, item: Item, freed = 0): void {
    const { words, at } = item;
    const size = readUnsigned64(words, at + Word.Size);
    this.#counts[RestoreCount.Bytes] += size;
    this.neededBytes[folder.anchor] += this.#sizeOnDisk(item, size) - freed;
  }

  #sizeOnDisk({ path, name, words, at }: Item, size: number): number {
    const rounded = Math.ceil(size / BLOCK) * BLOCK;
    if (this.#stage.sizes === 'Recorded') return rounded;
    const key = linkKey(words, at);
    if (key !== undefined) {
      if (this.#linked.has(key)) return 0;
      this.#linked.add(key);
    }
    if (size < LEAST_SPARSE) return rounded;
    try {
      writeName(this.#name, name);
      const directory = this.#source.directory(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
      return this.#native.stat(directory, this.#name, 0, this.#found, 0) === 0
        ? Math.min(rounded, this.#native.allocatedBytes())
        : 0;
    } catch (error) {
      if (error instanceof NativeError) return 0;
      throw error;
    }
  }

  #claim(anchor: number, destination: BytePath, source: BytePath): void {
    if (!this.#claims) return;
    for (let at = destination; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const key = paths.key(textFromByte(at));
      const other = this.#claims.get(key);
      // What lies in a folder that was chosen goes there with it.
      if (other !== undefined && other !== source && !source.startsWith(`${other}/`)) {
        const where = this.#report.destinationText(anchor, at);
        throw new EngineError('RestoreConflict', {
          message: `'${textFromByte(other)}' and '${textFromByte(source)}' would both be restored as '${where}'.`,
          path: where,
        });
      }
      if (at === destination && other === undefined) this.#claims.set(key, source);
      if (!at.includes('/')) return;
    }
  }

  #tellFolder(folder: Folder): void {
    this.#counts[RestoreCount.Items]++;
    if (!folder.record || (!folder.isItem && folder.kind === 'Merged')) return;
    const decision = folder.action === 'Merged' ? 'Merge' : folder.action;
    if (this.#stage.conflicts === 'Listed')
      this.#report.item({
        action: decision === 'Merge' ? 'Merged' : decision,
        source: folder.source,
        anchor: folder.anchor,
        destination: folder.path,
        words: folder.record,
        at: 0,
        isVerified: false,
        isDamaged: false,
        losses: 0,
      });
    else this.#report.count(folder.action);
  }

  #tell(
    decision: Decision | 'Failed',
    source: BytePath,
    anchor: number,
    destination: BytePath,
    words: Uint32Array,
    at: number,
  ): void {
    if (decision === 'Failed' || decision === 'Merge') return;
    const action = actionOf(decision);
    if (this.#stage.conflicts === 'Listed') {
      const outcome = { source, anchor, destination, words, at, isVerified: false, isDamaged: false, losses: 0 };
      return this.#report.item({ action, ...outcome });
    }
    this.#report.count(action);
    if (typeof decision === 'string' || this.#stage.conflicts !== 'Reported') return;
    const where = this.#report.destinationText(anchor, destination);
    this.#report.failure('ItemExists', source, ` to '${where}', because ${describeConflict(decision.conflict)}`);
  }
}

function actionOf(
  decision: Exclude<Decision, 'Merge'>,
): 'Created' | 'Skipped' | 'KeptBoth' | 'Overwritten' | 'Conflict' {
  switch (decision) {
    case 'Create':
      return 'Created';
    case 'Skip':
      return 'Skipped';
    case 'KeepBoth':
      return 'KeptBoth';
    case 'Replace':
      return 'Overwritten';
    default:
      return 'Conflict';
  }
}
