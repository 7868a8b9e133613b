import { joinByte, textFromByte, type BytePath } from '../../native/byte-path.ts';
import type { Native } from '../../native/index.ts';
import { FileType, ItemFlag, Word, readUnsigned64 } from '../../native/item-record.ts';
import { paths } from '../../native/paths.ts';
import type { ErrorId } from '../errors/catalogue.ts';
import type { LossTable } from '../fidelity/loss-table.ts';
import { itemTypeOf, timeText } from '../plan/describe-change.ts';
import type { Reports } from '../run/reports.ts';
import type { RestoreAction, RestoredItem } from '../types/protocol.ts';
import { RestoreCount, type RestoreAnchor } from './restore-plan.ts';

/** Warnings about single items that are given one by one. */
const MOST_WARNINGS = 20;

const COUNT_OF: Readonly<Record<RestoreAction, number>> = {
  Created: RestoreCount.Created,
  Overwritten: RestoreCount.Overwritten,
  Skipped: RestoreCount.Skipped,
  KeptBoth: RestoreCount.KeptBoth,
  Merged: RestoreCount.Merged,
  Conflict: RestoreCount.Conflicts,
};

/** What became of an item. */
export interface Outcome {
  action: RestoreAction;
  source: BytePath;
  anchor: number;
  /** Below the anchor. */
  destination: BytePath;
  words: Uint32Array;
  at: number;
  isVerified: boolean;
  isDamaged: boolean;
  /** The word of the record that came out of copying. */
  losses: number;
}

/** Counts what became of items, and tells it. */
export class RestoreReport {
  withheldWarnings = 0;
  readonly #native: Native;
  readonly #anchors: readonly RestoreAnchor[];
  readonly #counts: Float64Array;
  readonly #reports: Reports;
  readonly #losses: LossTable;
  #warnings = 0;

  constructor(
    native: Native,
    anchors: readonly RestoreAnchor[],
    counts: Float64Array,
    reports: Reports,
    losses: LossTable,
  ) {
    this.#native = native;
    this.#anchors = anchors;
    this.#counts = counts;
    this.#reports = reports;
    this.#losses = losses;
  }

  count(action: RestoreAction): void {
    this.#counts[COUNT_OF[action]]++;
  }

  item(outcome: Outcome): void {
    const { words, at, losses } = outcome;
    this.count(outcome.action);
    const isFile = (words[at + Word.Mode] & FileType.Mask) === FileType.File;
    const item: RestoredItem = {
      action: outcome.action,
      itemType: itemTypeOf(words, at),
      path: textFromByte(outcome.source),
      destination: this.destinationText(outcome.anchor, outcome.destination),
      length: isFile ? readUnsigned64(words, at + Word.Size) : 0,
      lastWriteTime: timeText(words, at + Word.WriteTime),
      verified: outcome.isVerified,
      condition: conditionOf(words[at + Word.Flags], outcome.isDamaged),
    };
    if (losses !== 0) {
      item.fidelityLosses = this.#losses.describe(this.#losses.mark(losses));
      this.#reports.losses({ path: item.path, fidelityLosses: item.fidelityLosses });
    }
    this.#reports.restored(item);
    if (outcome.action !== 'Skipped' && outcome.action !== 'Conflict') this.#warn(item);
  }

  failure(id: ErrorId, source: BytePath, what: string, code = 0): void {
    const path = textFromByte(source);
    const native = code === 0 ? undefined : this.#native.describeError(code);
    this.#counts[RestoreCount.Failed]++;
    this.#reports.failure({
      id,
      message: `'${path}' was not restored${what}${native ? `: ${native.text} (${native.name})` : ''}.`,
      path,
      native,
    });
  }

  destinationText(anchor: number, path: BytePath): string {
    const { text } = this.#anchors[anchor];
    return path === '' ? text : paths.join(text, textFromByte(path));
  }

  #warn({ path, condition }: RestoredItem): void {
    if (condition === 'Intact') return;
    if (++this.#warnings > MOST_WARNINGS) {
      this.withheldWarnings++;
      return;
    }
    const { id, what } = conditions[condition];
    this.#reports.warning({ id, message: `'${path}' ${what}.`, path });
  }
}

const conditions = {
  Stale: {
    id: 'ItemStale',
    what: 'could not be read when the generation was made; what was restored is what an older generation had',
  },
  Torn: { id: 'ItemTorn', what: 'kept changing while it was backed up; what was restored may mix its states' },
  Damaged: {
    id: 'ItemDamaged',
    what: 'is not what was backed up: the copy in the generation is damaged. It was restored as it is',
  },
} as const;

function conditionOf(flags: number, isDamaged: boolean): RestoredItem['condition'] {
  if (isDamaged) return 'Damaged';
  if ((flags & ItemFlag.Stale) !== 0) return 'Stale';
  return (flags & ItemFlag.Torn) !== 0 ? 'Torn' : 'Intact';
}

export function destinationOf(folder: { path: BytePath }, name: BytePath): BytePath {
  return joinByte(folder.path, name);
}
