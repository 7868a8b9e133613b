import type { Directory, Native } from '../../native/index.ts';
import { RECORD_WORDS, Word } from '../../native/item-record.ts';
import { isListed } from '../manifest/is-listed.ts';
import { changedMetadata } from '../plan/visible-metadata.ts';
import type { Task } from '../run/task-queue.ts';
import { describeMetadata } from './describe-copy.ts';
import type { VerifyPlan } from './verify-plan.ts';

/**
 * Compares owner, group and mode of folders with their records. What a folder has lost is in the last of its own blocks: so
 * what differs is taken along to when its entries are tested.
 */
export class FolderCheck {
  readonly #native: Native;
  readonly #plan: VerifyPlan;
  readonly #expected = new Uint32Array(RECORD_WORDS);
  readonly #found = new Uint32Array(RECORD_WORDS);

  constructor(native: Native, plan: VerifyPlan) {
    this.#native = native;
    this.#plan = plan;
  }

  /** @returns the numbers of the task that tests its entries */
  begin(found: Uint32Array, words: Uint32Array, at: number): number[] {
    const block = words[at + Word.Child];
    const changed = changedMetadata(this.#native, found, words, at, this.#plan.kept);
    // What could not be read of the source was not given its metadata either.
    if (changed === 0 || !isListed(this.#plan.manifest, block)) return [block];
    return [block, changed, words[at + Word.Mode], words[at + Word.Owner], words[at + Word.Group]];
  }

  /** @param losses of the folder itself @returns what it should be and what it is, undefined where it is as it should be */
  end({ numbers }: Task, directory: Directory, losses: number): { expected: string; actual: string } | undefined {
    const [, changed = 0, mode, owner, group] = numbers;
    const [expected, found] = [this.#expected, this.#found];
    if ((changed & ~losses) === 0 || this.#native.statDirectory(directory, found, 0) !== 0) return undefined;
    expected[Word.Mode] = mode;
    expected[Word.Owner] = owner;
    expected[Word.Group] = group;
    const left = changedMetadata(this.#native, found, expected, 0, changed & ~losses);
    if (left === 0) return undefined;
    return { expected: describeMetadata(expected, 0, left), actual: describeMetadata(found, 0, left) };
  }
}
