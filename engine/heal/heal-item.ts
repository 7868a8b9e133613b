import { NativeError, type Directory, type Entry, type Native, type NativeCode } from '../../native/index.ts';
import { joinByte, textFromByte } from '../../native/byte-path.ts';
import { FileType, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { paths } from '../../native/paths.ts';
import { describeLoss } from '../fidelity/describe-loss.ts';
import { KIND_BITS } from '../fidelity/loss-reasons.ts';
import { sameFile } from '../plan/compare-records.ts';
import type { ItemFidelityLoss } from '../types/protocol.ts';
import type { DamagedItem, ItemName, Place } from './damaged-item.ts';
import type { Candidate } from './find-copies.ts';
import { hashText } from './hash-text.ts';
import type { Condition, Inspector } from './inspect.ts';
import type { Places } from './places.ts';
import type { Placed, Workshop } from './workshop.ts';

/** Where good content may be. */
export interface Origins {
  copies: readonly Candidate[];
  source: Place | undefined;
  elsewhere: readonly Place[];
}

export interface Healed {
  kind: 'Whole' | 'Healed' | 'NotHealed';
  /** Names that are as damaged as before. */
  left: ItemName[];
  origin: string | undefined;
  reason: string;
  losses: ItemFidelityLoss[];
}

type Linked = Placed | 'TooManyLinks';

interface Good {
  place: Place;
  inode: string;
}

/** Heals one damaged item after the other, or finds out from what they could be healed. */
export class ItemHealer {
  readonly #native: Native;
  readonly #set: string;
  readonly #places: Places;
  readonly #inspector: Inspector;
  /** Missing for a plan. */
  readonly #workshop: Workshop | undefined;

  constructor(native: Native, set: string, places: Places, inspector: Inspector, workshop: Workshop | undefined) {
    this.#native = native;
    this.#set = set;
    this.#places = places;
    this.#inspector = inspector;
    this.#workshop = workshop;
  }

  heal(item: DamagedItem, origins: Origins): Healed {
    this.#inspector.forget();
    const states = item.names.map((name) => ({ name, condition: this.#look(this.placeOf(name), item) }));
    const blocked = states.filter(({ condition }) => condition.kind === 'Blocked');
    const damaged = states.filter(({ condition }) => condition.kind === 'Damaged').map(({ name }) => name);
    const whole = states.filter(({ condition }) => condition.kind === 'Whole').map(({ name }) => name);
    if (this.#workshop) for (const name of whole) this.#restoreFolderTime(name);
    if (damaged.length === 0) return this.#nothingToHeal(blocked);
    const result = this.#healNames(item, damaged, origins, states);
    const first = blocked.at(0);
    if (first === undefined) return result;
    const left = [...result.left, ...blocked.map(({ name }) => name)];
    return {
      ...result,
      kind: 'NotHealed',
      left,
      reason: `${result.reason} ${blockedText(first.name, first.condition)}`,
    };
  }

  placeOf({ generation, folder, name }: ItemName): Place {
    return { root: 'Set', rootPath: this.#set, folder: joinByte(generation, folder), name };
  }

  #nothingToHeal(blocked: { name: ItemName; condition: Condition }[]): Healed {
    const nothing = { origin: undefined, losses: [] };
    const [first] = blocked;
    if (blocked.length === 0) return { ...nothing, kind: 'Whole', left: [], reason: 'It is whole again.' };
    const left = blocked.map(({ name }) => name);
    return { ...nothing, kind: 'NotHealed', left, reason: blockedText(first.name, first.condition) };
  }

  #healNames(
    item: DamagedItem,
    damaged: ItemName[],
    origins: Origins,
    states: readonly { name: ItemName; condition: Condition }[],
  ): Healed {
    if (hashText(item.record, 0) === undefined)
      return notHealed(damaged, 'No SHA-256 of it was recorded, so nothing can be known to be its content.');
    const siblings = [
      ...states.map(({ name }) => this.placeOf(name)),
      ...origins.copies.filter(({ record }) => isSameFile(record, item.record)).map(({ place }) => place),
    ];
    const good = this.#findGood(item, siblings);
    if (good) {
      const left = this.#placeAll(damaged, (name) => this.#linkTo(good, name));
      if (left === undefined)
        return { kind: 'Healed', left: [], origin: this.#text(good.place), reason: REASON.Set, losses: [] };
      if (left.code !== 'TooManyLinks') return notHealed(left.names, this.#why(left.code));
      damaged = left.names;
    }
    return this.#healByCopy(item, damaged, origins, good);
  }

  /** A name of the very file that is whole: the others become names of it again. */
  #findGood(item: DamagedItem, siblings: readonly Place[]): Good | undefined {
    for (const place of siblings) {
      const condition = this.#look(place, item);
      if (condition.kind === 'Whole' && condition.metadata === 'AsRecorded') return { place, inode: condition.inode };
    }
    return undefined;
  }

  #healByCopy(item: DamagedItem, damaged: ItemName[], origins: Origins, good: Good | undefined): Healed {
    const places = [
      ...(good ? [good.place] : []),
      ...origins.copies.map(({ place }) => place),
      ...(origins.source ? [origins.source] : []),
      ...origins.elsewhere,
    ];
    const refusals: string[] = [];
    for (const place of places) {
      const healed = this.#workshop
        ? this.#copyFrom(this.#workshop, place, item, damaged, refusals)
        : this.#planFrom(place, item, damaged, refusals);
      if (healed) return healed;
    }
    const why = refusals.at(-1);
    return notHealed(damaged, `There is no good copy of it${why === undefined ? '' : `; looked at last: ${why}`}.`);
  }

  #planFrom(place: Place, item: DamagedItem, damaged: ItemName[], refusals: string[]): Healed | undefined {
    const isGood = this.#inspector.hasContent(place, item.record);
    if (isGood)
      return { kind: 'Healed', left: damaged, origin: this.#text(place), reason: REASON[place.root], losses: [] };
    refusals.push(`'${this.#text(place)}', which has other content`);
    return undefined;
  }

  #copyFrom(
    workshop: Workshop,
    place: Place,
    item: DamagedItem,
    damaged: ItemName[],
    refusals: string[],
  ): Healed | undefined {
    const losses: ItemFidelityLoss[] = [];
    const refuse = (why: string): string => {
      refusals.push(`'${this.#text(place)}': ${why}`);
      return why;
    };
    const make = (): boolean =>
      this.#places.with(
        place,
        (origin) =>
          this.#withDonors(damaged, item.record, (donors) => {
            const made = workshop.make(origin, place.name, item.record, [...donors, origin]);
            if (made.kind === 'Refused') refuse(made.why);
            else losses.splice(0, losses.length, ...this.#describe(made.losses, made.attributes, item.record));
            return made.kind === 'Made';
          }),
        (code) => {
          refuse(this.#why(code));
          return false;
        },
      );
    let names = damaged;
    while (names.length > 0) {
      if (!make()) {
        if (names === damaged) return undefined;
        return notHealed(names, `No further copy could be made: ${refusals.at(-1) ?? 'unknown'}.`);
      }
      const left = this.#placeAll(names, (name) => this.#link(workshop, 'Made', undefined, name));
      workshop.discard();
      if (left === undefined) break;
      // A file can have so many names only: the others get a further copy.
      if (left.code !== 'TooManyLinks' || left.names.length === names.length)
        return {
          ...notHealed(left.names, left.code === 'TooManyLinks' ? 'It can have no name more.' : this.#why(left.code)),
          losses,
        };
      names = left.names;
    }
    return { kind: 'Healed', left: [], origin: this.#text(place), reason: REASON[place.root], losses };
  }

  /** The damaged file may still have what the manifest has but a digest of; it has one of these names. */
  #withDonors<T>(damaged: readonly ItemName[], record: Uint32Array, use: (donors: Entry[]) => T): T {
    const found = new Uint32Array(RECORD_WORDS);
    const isThere = ({ directory, names, name }: Entry): boolean =>
      this.#native.stat(directory, names, name, found, 0) === 0 &&
      ((found[Word.Mode] ^ record[Word.Mode]) & FileType.Mask) === 0;
    const donor = damaged
      .map((name) => this.placeOf(name))
      .find((place) => this.#places.with(place, isThere, () => false));
    if (!donor) return use([]);
    return this.#places.with(
      donor,
      (entry) => use([entry]),
      () => use([]),
    );
  }

  /** @returns what is left, and why; undefined when all was placed */
  #placeAll(
    names: readonly ItemName[],
    place: (name: ItemName) => Linked,
  ): { names: ItemName[]; code: Linked } | undefined {
    let failed: Linked = 0;
    const left: ItemName[] = [];
    for (const name of names) {
      const code: Linked = failed === 'TooManyLinks' ? failed : place(name);
      if (code === 0) continue;
      left.push(name);
      failed = code;
    }
    return left.length === 0 ? undefined : { names: left, code: failed };
  }

  #linkTo({ place, inode }: Good, name: ItemName): Linked {
    const workshop = this.#workshop;
    if (!workshop) return 0;
    return this.#places.with(
      place,
      (entry) => this.#link(workshop, entry, inode, name),
      (code) => code,
    );
  }

  #link(workshop: Workshop, from: Entry | 'Made', inode: string | undefined, name: ItemName): Linked {
    const folder = this.placeOf(name).folder;
    let directory: Directory;
    try {
      directory = this.#places.folder(this.#set, folder, 'fill');
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      return error.native.code;
    }
    try {
      const code: Placed = workshop.place(from, inode, directory, name.name);
      if (name.folderRecord) this.#native.applyWriteTime(directory, name.folderRecord, 0);
      return typeof code === 'number' && code !== 0 && isLinkLimit(this.#native, code) ? 'TooManyLinks' : code;
    } finally {
      this.#native.closeDirectory(directory);
    }
  }

  /** A repair that was killed may have left it at the time of the rename. */
  #restoreFolderTime(name: ItemName): void {
    const record = name.folderRecord;
    if (!record) return;
    const found = new Uint32Array(RECORD_WORDS);
    try {
      const directory = this.#places.folder(this.#set, this.placeOf(name).folder, 'fill');
      try {
        const isRead = this.#native.statDirectory(directory, found, 0) === 0;
        if (isRead && [0, 1, 2].some((i) => found[Word.WriteTime + i] !== record[Word.WriteTime + i]))
          this.#native.applyWriteTime(directory, record, 0);
      } finally {
        this.#native.closeDirectory(directory);
      }
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
    }
  }

  #look(place: Place, { record, granularityNs }: DamagedItem): Condition {
    return this.#inspector.inspect(place, record, granularityNs);
  }

  /** What could not be kept and was not lost before. */
  #describe(losses: number, attributes: 'AsRecorded' | 'Other', record: Uint32Array): ItemFidelityLoss[] {
    const fresh = losses & ~record[Word.Losses];
    const described = [...KIND_BITS]
      .filter(([, bit]) => (fresh & bit) !== 0)
      .map(([kind]) => describeLoss(this.#native, kind, this.#native.lossCause(KIND_BITS.get(kind) ?? 0)));
    if (attributes === 'Other' && described.length === 0)
      described.push({
        kind: 'ExtendedAttributes',
        cause: 'Source',
        reason: 'Nothing that is left has the ACL and extended attributes that were recorded.',
      });
    return described;
  }

  #text({ rootPath, folder, name }: Place): string {
    return paths.join(rootPath, textFromByte(joinByte(folder, name)));
  }

  #why(code: Linked): string {
    if (code === 'TooManyLinks') return 'It can have no name more.';
    if (code === 'Replaced') return 'What is whole was replaced while it was looked at.';
    const { text, name } = this.#native.describeError(code);
    return `${text} (${name}).`;
  }
}

const REASON: Readonly<Record<Place['root'], string>> = {
  Set: 'Another copy in the set is whole.',
  Source: 'The source still has it.',
  OtherSet: 'The other set has it.',
};

function notHealed(left: ItemName[], reason: string): Healed {
  return { kind: 'NotHealed', left, origin: undefined, reason, losses: [] };
}

function blockedText(name: ItemName, condition: Condition): string {
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
    candidate[Word.MetadataDigest] === record[Word.MetadataDigest] &&
    candidate[Word.MetadataDigest + 1] === record[Word.MetadataDigest + 1]
  );
}

function isLinkLimit(native: Native, code: NativeCode): boolean {
  return ['EMLINK', 'ERROR_TOO_MANY_LINKS'].includes(native.describeError(code).name);
}
