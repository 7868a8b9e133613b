import { FileType, Word } from '../../native/item-record.ts';
import { sameDigest, sameFile } from '../plan/compare-records.ts';
import type { ItemCopier } from './copy-item.ts';
import type { DamagedItem, ItemName, Place } from './damaged-item.ts';
import type { Candidate } from './find-copies.ts';
import type { FolderHealer } from './heal-folder.ts';
import { hashText } from './hash-text.ts';
import { notHealed, REASON, type Healed } from './healed.ts';
import type { Condition, Inspector } from './inspect.ts';
import type { Good, NamePlacer } from './name-placer.ts';

/** Where good content may be. */
export interface Origins {
  copies: readonly Candidate[];
  source: Place | undefined;
  elsewhere: readonly Place[];
}

interface NameState {
  name: ItemName;
  condition: Condition;
}

/** Heals one damaged item after the other, or finds out from what they could be healed. */
export class ItemHealer {
  readonly #inspector: Inspector;
  readonly #placer: NamePlacer;
  readonly #copier: ItemCopier;
  readonly #folders: FolderHealer;

  constructor(inspector: Inspector, placer: NamePlacer, copier: ItemCopier, folders: FolderHealer) {
    this.#inspector = inspector;
    this.#placer = placer;
    this.#copier = copier;
    this.#folders = folders;
  }

  heal(item: DamagedItem, origins: Origins): Healed {
    this.#inspector.forget();
    const healedFolder = isFolder(item.record) ? this.#folders.heal(item) : undefined;
    if (healedFolder) return healedFolder;
    const states = item.names.map((name) => ({ name, condition: this.#look(this.#placer.placeOf(name), item) }));
    const blocked = states.filter(({ condition }) => condition.kind === 'Blocked');
    const damaged = states.filter(({ condition }) => condition.kind === 'Damaged' || isChanged(condition));
    const whole = states.filter((state) => state.condition.kind === 'Whole' && !damaged.includes(state));
    for (const { name } of whole) this.#placer.restoreFolderTime(name);
    if (damaged.length === 0) return nothingToHeal(blocked);
    const result = this.#healNames(item, states, damaged, origins);
    const first = blocked.at(0);
    if (first === undefined) return result;
    const left = [...result.left, ...blocked.map(({ name }) => name)];
    return { ...result, kind: 'NotHealed', left, reason: `${result.reason} ${blockedText(first)}` };
  }

  #healNames(
    item: DamagedItem,
    states: readonly NameState[],
    damagedStates: readonly NameState[],
    origins: Origins,
  ): Healed {
    let damaged = damagedStates.map(({ name }) => name);
    if (hashText(item.record, 0) === undefined)
      return notHealed(damaged, 'No SHA-256 of it was recorded, so nothing can be known to be its content.');
    const siblings = [
      ...states.map(({ name }) => this.#placer.placeOf(name)),
      ...origins.copies.filter(({ record }) => isSameFile(record, item.record)).map(({ place }) => place),
    ];
    const good = this.#findGood(item, siblings);
    if (good) {
      const left = this.#placer.linkAll(good, damaged);
      if (left === undefined)
        return { kind: 'Healed', left: [], origin: this.#placer.text(good.place), reason: REASON.Set, losses: [] };
      if (left.code !== 'TooManyLinks') return notHealed(left.names, this.#placer.why(left.code));
      damaged = left.names;
    }
    const own = damagedStates
      .filter(({ condition }) => isChanged(condition))
      .map(({ name }): Place => ({ ...this.#placer.placeOf(name), root: 'Own' }));
    const whole = [...(good ? [good.place] : []), ...own];
    // Where nothing else is wrong, a copy that has no better owner and mode is of no use.
    if (own.length === damagedStates.length) return this.#copier.heal(item, damaged, 'Metadata', whole);
    return this.#copier.heal(item, damaged, 'Content', [
      ...whole,
      ...origins.copies.map(({ place }) => place),
      ...(origins.source ? [origins.source] : []),
      ...origins.elsewhere,
    ]);
  }

  /** A name of the very file that is whole: the others become names of it again. */
  #findGood(item: DamagedItem, siblings: readonly Place[]): Good | undefined {
    for (const place of siblings) {
      const condition = this.#look(place, item);
      if (condition.kind === 'Whole' && condition.metadata === 'AsRecorded') return { place, inode: condition.inode };
    }
    return undefined;
  }

  #look(place: Place, item: DamagedItem): Condition {
    return this.#inspector.inspect(place, item);
  }
}

function isFolder(record: Uint32Array): boolean {
  return (record[Word.Mode] & FileType.Mask) === FileType.Directory;
}

/** The content is good, and the owner or mode of the file is not. */
function isChanged(condition: Condition): boolean {
  return condition.kind === 'Whole' && condition.metadata === 'Changed';
}

function nothingToHeal(blocked: readonly NameState[]): Healed {
  const [first] = blocked;
  if (blocked.length === 0)
    return { kind: 'Whole', left: [], origin: undefined, reason: 'It is whole again.', losses: [] };
  return notHealed(
    blocked.map(({ name }) => name),
    blockedText(first),
  );
}

function blockedText({ name, condition }: NameState): string {
  return `'${name.generation}/${name.text}' was left alone, because ${condition.kind === 'Blocked' ? condition.why : 'it is whole'}.`;
}

/** The same file of the source, unchanged: it had one copy. */
function isSameFile(candidate: Uint32Array, record: Uint32Array): boolean {
  const isFile = (record[Word.Mode] & FileType.Mask) === FileType.File;
  return (
    isFile &&
    sameFile(candidate, 0, record, 0) &&
    [Word.WriteTime, Word.WriteTimeHi, Word.WriteTimeNs, Word.Mode, Word.Owner, Word.Group].every(
      (word) => candidate[word] === record[word],
    ) &&
    sameDigest(candidate, 0, record, 0)
  );
}
