import { NativeError, type Native, type NativeCode, type PinnedBuffer } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { RECORD_WORDS, Word } from '../../native/item-record.ts';
import { decide, describeConflict } from './decide.ts';
import type { Folder } from './folder.ts';
import { isTaken } from './is-taken.ts';
import { freeName } from './kept-both-name.ts';
import type { PlaceOptions } from './place-actor.ts';
import { destinationOf } from './restore-report.ts';
import type { TargetTree } from './target-tree.ts';
import { pinned, writeName, type WorkFolder } from './work-folder.ts';

const NOTHING_BELOW = '; nothing below it was';

/** Makes folders, or finds that they are there, and gives them their metadata when all is in them. */
export class FolderMaker {
  readonly #options: PlaceOptions;
  readonly #native: Native;
  readonly #staged: PinnedBuffer;
  readonly #finalName: PinnedBuffer;
  readonly #displaced: PinnedBuffer;
  readonly #record = new Uint32Array(RECORD_WORDS);

  constructor(options: PlaceOptions) {
    this.#options = options;
    this.#native = options.native;
    this.#staged = pinned(options.native, 'folder');
    this.#finalName = pinned(options.native, ' '.repeat(1023));
    this.#displaced = pinned(options.native, 'displaced');
  }

  settle(folder: Folder): void {
    try {
      if (folder.parent) this.#settleBelow(folder, folder.parent);
      else this.#settleAnchor(folder);
      if (folder.kind === 'Merged' || !folder.parent) this.#examine(folder);
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      this.#fail(folder, error.native.code);
    }
  }

  /** Metadata last: what is put into a folder changes its times. */
  leave(folder: Folder): void {
    const target = this.#target(folder);
    if (folder.mount === folder.path) target.dropWork(folder.mount);
    const { record } = folder;
    if (!record) return;
    let losses = 0;
    const isOverwritten = folder.kind === 'Merged' && folder.isItem && this.#options.conflict === 'Overwrite';
    // An anchor was made where it is, and has inherited what its parent passes on.
    const kind = isOverwritten || !folder.parent ? 'Merged' : 'New';
    if (folder.kind === 'New' || isOverwritten) {
      try {
        losses = this.#finish(folder, target, record, kind);
      } catch (error) {
        if (!(error instanceof NativeError)) throw error;
        this.#fail(folder, error.native.code, ' with its metadata');
      }
    }
    if (folder.kind === 'Merged' && !folder.isItem) return;
    this.#options.report.item({
      action: folder.action,
      source: folder.source,
      anchor: folder.anchor,
      destination: folder.path,
      words: record,
      at: 0,
      isVerified: false,
      isDamaged: false,
      losses,
    });
  }

  #settleAnchor(folder: Folder): void {
    const isNew = folder.record !== undefined && this.#options.anchors[folder.anchor].isNew;
    folder.kind = isNew ? 'New' : 'Merged';
    folder.action = isNew ? 'Created' : 'Merged';
  }

  #freeName(parent: Folder, folder: Folder): BytePath {
    const target = this.#target(folder);
    return freeName(folder.name, this.#options.generation, (name) => target.isTaken(parent.path, name));
  }

  #settleBelow(folder: Folder, parent: Folder): void {
    folder.path = destinationOf(parent, folder.name);
    folder.mount = parent.mount;
    folder.device = parent.device;
    if (parent.kind === 'New') return this.#make(folder, parent, folder.name, 'Created');
    const found = this.#target(folder).look(parent.path, folder.name);
    if (found.kind === 'Failed') return this.#fail(folder, found.code);
    const decision = decide('Directory', found.occupant, 'Merged', this.#options.conflict);
    if (decision === 'Merge') {
      folder.kind = 'Merged';
      folder.action = 'Merged';
    } else if (decision === 'Create') this.#make(folder, parent, folder.name, 'Created');
    else if (decision === 'KeepBoth') this.#make(folder, parent, this.#freeName(parent, folder), 'KeptBoth');
    else if (decision === 'Replace') this.#replace(folder, parent);
    else if (decision === 'Skip') this.#skip(folder);
    else
      this.#block(folder, 'ItemExists', ` to '${this.#where(folder)}', because ${describeConflict(decision.conflict)}`);
  }

  /** In the work folder first: there it inherits nothing from the folder it goes to. */
  #make(folder: Folder, parent: Folder, name: BytePath, action: 'Created' | 'KeptBoth' | 'Overwritten'): void {
    const work = this.#target(folder).work(folder.mount);
    const code = this.#makeIn(work, folder.record ?? this.#record, parent, folder, name);
    if (isTaken(this.#native, code)) {
      const why = describeConflict(parent.kind === 'New' ? 'SameName' : 'Exists');
      return this.#block(folder, 'ItemExists', ` to '${this.#where(folder)}', because ${why}`);
    }
    if (code !== 0) return this.#fail(folder, code);
    folder.path = destinationOf(parent, name);
    folder.kind = 'New';
    folder.action = action;
  }

  #makeIn(work: WorkFolder, record: Uint32Array, parent: Folder, folder: Folder, name: BytePath): NativeCode {
    const native = this.#native;
    const made = native.makeDirectory(work.temporary, this.#staged, 0, record, 0);
    if (made !== 0) return made;
    writeName(this.#finalName, name);
    const directory = this.#target(folder).directory(parent.path);
    const code = native.rename(work.temporary, this.#staged, 0, directory, this.#finalName, 0);
    if (code !== 0) native.removeDirectory(work.temporary, this.#staged, 0);
    return code;
  }

  /** What is in its place is moved away first, and comes back if the folder cannot take the place. */
  #replace(folder: Folder, parent: Folder): void {
    const native = this.#native;
    const target = this.#target(folder);
    const work = target.work(folder.mount);
    writeName(this.#finalName, folder.name);
    const directory = target.directory(parent.path);
    const moved = native.rename(directory, this.#finalName, 0, work.temporary, this.#displaced, 0);
    if (moved !== 0) return this.#fail(folder, moved);
    this.#make(folder, parent, folder.name, 'Overwritten');
    if (folder.kind === 'New') native.removeFile(work.temporary, this.#displaced, 0);
    else native.rename(work.temporary, this.#displaced, 0, target.directory(parent.path), this.#finalName, 0);
  }

  /** A folder that was there: is it the set itself, does another file system begin in it? */
  #examine(folder: Folder): void {
    const { set } = this.#options;
    const { record, isMount } = this.#target(folder).examine(folder.path);
    const device = record[Word.Device];
    if (
      device === set[Word.Device] &&
      record[Word.FileId] === set[Word.FileId] &&
      record[Word.FileIdHi] === set[Word.FileIdHi]
    )
      return this.#block(
        folder,
        'ItemNotRestored',
        ` to '${this.#where(folder)}', because that is the backup set itself`,
      );
    if (!folder.parent || isMount || device !== folder.device) folder.mount = folder.path;
    folder.device = device;
  }

  #finish(folder: Folder, target: TargetTree, from: Uint32Array, kind: 'New' | 'Merged'): number {
    const native = this.#native;
    const record = this.#record;
    record.set(from);
    record[Word.Losses] = 0;
    const directory = target.directory(folder.path);
    const isPlain = record[Word.MetadataDigest] === 0 && record[Word.MetadataDigest + 1] === 0;
    if (kind === 'Merged') native.clearInheritance(directory);
    // A plain one has nothing that the record does not have: the generation's folder need not be opened.
    const source = isPlain && kind === 'New' ? directory : this.#options.source.directory(folder.source);
    const code = native.finishDirectory(source, directory, record, 0, isPlain && kind === 'New');
    if (code !== 0) this.#fail(folder, code, ' with its metadata');
    return record[Word.Losses];
  }

  #skip(folder: Folder): void {
    folder.kind = 'Blocked';
    if (!folder.record) return;
    this.#options.report.item({
      action: 'Skipped',
      source: folder.source,
      anchor: folder.anchor,
      destination: folder.path,
      words: folder.record,
      at: 0,
      isVerified: false,
      isDamaged: false,
      losses: 0,
    });
  }

  #block(folder: Folder, id: 'ItemExists' | 'ItemNotRestored', what: string): void {
    folder.kind = 'Blocked';
    this.#options.report.failure(id, folder.source, `${what}${NOTHING_BELOW}`);
  }

  #fail(folder: Folder, code: NativeCode, what?: string): void {
    if (this.#native.isFull(code)) {
      folder.kind = 'Blocked';
      return this.#options.onFull(folder.anchor);
    }
    if (what === undefined) folder.kind = 'Blocked';
    const { report } = this.#options;
    report.failure(
      'ItemNotRestored',
      folder.source,
      what ?? ` to '${this.#where(folder)}', nor what is below it`,
      code,
    );
  }

  #where(folder: Folder): string {
    return this.#options.report.destinationText(folder.anchor, folder.path);
  }

  #target(folder: Folder): TargetTree {
    return targetOf(this.#options, folder);
  }
}

export function targetOf({ targets }: Pick<PlaceOptions, 'targets'>, { anchor }: Folder): TargetTree {
  const target = targets[anchor];
  if (!target) throw new Error('Something is restored into a folder that was not to be used.');
  return target;
}
