import type { Entry, Native } from '../../native/index.ts';
import { FileType, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { describeLoss } from '../fidelity/describe-loss.ts';
import { KIND_BITS } from '../fidelity/loss-reasons.ts';
import type { ItemFidelityLoss } from '../types/protocol.ts';
import type { DamagedItem, ItemName, Place } from './damaged-item.ts';
import { notHealed, REASON, type Healed } from './healed.ts';
import type { Inspector } from './inspect.ts';
import type { NamePlacer } from './name-placer.ts';
import type { Places } from './places.ts';
import type { Workshop } from './workshop.ts';

export type MustHave = 'Content' | 'Metadata';

/** Heals an item by fresh copies, from the first place that still has its content. */
export class ItemCopier {
  readonly #native: Native;
  readonly #places: Places;
  readonly #inspector: Inspector;
  readonly #placer: NamePlacer;
  /** Missing for a plan. */
  readonly #workshop: Workshop | undefined;

  constructor(
    native: Native,
    places: Places,
    inspector: Inspector,
    placer: NamePlacer,
    workshop: Workshop | undefined,
  ) {
    this.#native = native;
    this.#places = places;
    this.#inspector = inspector;
    this.#placer = placer;
    this.#workshop = workshop;
  }

  /** @param mustHave what a fresh copy has to have as it was recorded, or it does not take the place of the damaged one */
  heal(item: DamagedItem, damaged: ItemName[], mustHave: MustHave, origins: readonly Place[]): Healed {
    const refusals: string[] = [];
    for (const place of origins) {
      const healed = this.#workshop
        ? this.#copyFrom(this.#workshop, place, item, damaged, mustHave, refusals)
        : this.#planFrom(place, item, damaged, refusals);
      if (healed) return healed;
    }
    const why = refusals.at(-1);
    return notHealed(damaged, `There is no good copy of it${why === undefined ? '' : `; looked at last: ${why}`}.`);
  }

  #planFrom(place: Place, item: DamagedItem, damaged: ItemName[], refusals: string[]): Healed | undefined {
    const origin = this.#placer.text(place);
    const isGood = this.#inspector.hasContent(place, item.record);
    if (isGood) return { kind: 'Healed', left: damaged, origin, reason: REASON[place.root], losses: [] };
    refusals.push(`'${origin}', which has other content`);
    return undefined;
  }

  #copyFrom(
    workshop: Workshop,
    place: Place,
    item: DamagedItem,
    damaged: ItemName[],
    mustHave: MustHave,
    refusals: string[],
  ): Healed | undefined {
    const placer = this.#placer;
    const losses: ItemFidelityLoss[] = [];
    const refuse = (why: string): string => {
      refusals.push(`'${placer.text(place)}': ${why}`);
      return why;
    };
    const make = (): boolean =>
      this.#places.with(
        place,
        (origin) =>
          this.#withDonors(damaged, item.record, (donors) => {
            const made = workshop.make(origin, place.name, item.record, [...donors, origin]);
            if (made.kind === 'Refused') {
              refuse(made.why);
              return false;
            }
            losses.splice(0, losses.length, ...this.#describe(made.losses, made.attributes, item.record));
            const lost = made.losses & ~item.record[Word.Losses] & item.kept;
            if (mustHave === 'Content' || lost === 0) return true;
            workshop.discard();
            refuse(losses.at(0)?.reason ?? 'its owner and mode cannot be set');
            return false;
          }),
        (code) => {
          refuse(placer.why(code));
          return false;
        },
      );
    let names = damaged;
    while (names.length > 0) {
      if (!make()) {
        if (names === damaged) return undefined;
        return notHealed(names, `No further copy could be made: ${refusals.at(-1) ?? 'unknown'}.`);
      }
      const left = placer.placeMade(workshop, names);
      workshop.discard();
      if (left === undefined) break;
      // A file can have so many names only: the others get a further copy.
      if (left.code !== 'TooManyLinks' || left.names.length === names.length)
        return { ...notHealed(left.names, placer.why(left.code)), losses };
      names = left.names;
    }
    return { kind: 'Healed', left: [], origin: placer.text(place), reason: REASON[place.root], losses };
  }

  /** The damaged file may still have what the manifest has but a digest of; it has one of these names. */
  #withDonors<T>(damaged: readonly ItemName[], record: Uint32Array, use: (donors: Entry[]) => T): T {
    const found = new Uint32Array(RECORD_WORDS);
    const isThere = ({ directory, names, name }: Entry): boolean =>
      this.#native.stat(directory, names, name, found, 0) === 0 &&
      ((found[Word.Mode] ^ record[Word.Mode]) & FileType.Mask) === 0;
    const donor = damaged
      .map((name) => this.#placer.placeOf(name))
      .find((place) => this.#places.with(place, isThere, () => false));
    if (!donor) return use([]);
    return this.#places.with(
      donor,
      (entry) => use([entry]),
      () => use([]),
    );
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
}
