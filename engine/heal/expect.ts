import { byteFromText } from '../../native/byte-path.ts';
import { RECORD_WORDS, Word } from '../../native/item-record.ts';
import type { DamagedCopy, DamagedName } from '../damage/damaged-copy.ts';
import { EngineError } from '../errors/engine-error.ts';
import { lossBits } from '../fidelity/loss-reasons.ts';
import { generationNames } from '../generation/list.ts';
import type { Layout } from '../generation/layout.ts';
import { closeManifest, openManifest } from '../manifest/manifest-file.ts';
import { RecordFinder, type FoundItem } from '../manifest/record-finder.ts';
import type { DamagedItem, ItemName } from './damaged-item.ts';

/** A damaged copy of which no manifest says what it should be. */
export interface UnknownCopy {
  copy: DamagedCopy;
  reason: string;
}

export interface Expectations {
  items: DamagedItem[];
  unknown: UnknownCopy[];
  /** Copies none of whose generations exists any more. */
  gone: DamagedCopy[];
}

interface Found extends FoundItem {
  kept: number;
  granularityNs: number;
}

/** What decides whether two records describe one file. */
const SAME = [Word.Size, Word.SizeHi, Word.WriteTime, Word.WriteTimeHi, Word.WriteTimeNs, Word.Mode, Word.Owner];
const SAME_TOO = [Word.Group, Word.Special, Word.MetadataDigest, Word.MetadataDigest + 1];

/**
 * Looks up in the manifests what damaged copies should be. One manifest is open at a time.
 * @param kept what the set keeps of owners and modes as it is mounted now: bits of {@link FidelityLoss}
 */
export function expectItems(layout: Layout, copies: readonly DamagedCopy[], kept: number): Expectations {
  const known = new Set(generationNames(layout));
  const found = new Map<DamagedName, Found | string>();
  for (const generation of known)
    findIn(
      layout,
      generation,
      copies.flatMap(({ names }) => names.filter((name) => name.generation === generation)),
      kept,
      found,
    );
  const result: Expectations = { items: [], unknown: [], gone: [] };
  for (const copy of copies) {
    const names = copy.names.filter(({ generation }) => known.has(generation));
    if (names.length === 0) result.gone.push(copy);
    else sort({ ...copy, names }, found, result);
  }
  return result;
}

function findIn(
  layout: Layout,
  generation: string,
  names: readonly DamagedName[],
  keptNow: number,
  found: Map<DamagedName, Found | string>,
): void {
  if (names.length === 0) return;
  const text = layout.text(layout.manifest(generation));
  try {
    const manifest = openManifest(layout.path(layout.manifest(generation)), text);
    try {
      const finder = new RecordFinder(manifest);
      const { timeGranularityNs, kept } = manifest.summary;
      for (const name of names) {
        const item = finder.find(byteFromText(name.path));
        if (item) found.set(name, { ...item, granularityNs: timeGranularityNs, kept: lossBits(kept) & keptNow });
        else found.set(name, `The manifest of ${generation} has no such item.`);
      }
    } finally {
      closeManifest(manifest);
    }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    for (const name of names) if (!found.has(name)) found.set(name, error.message);
  }
}

/** Names of one copy whose records differ are not one file. */
function sort(copy: DamagedCopy, found: ReadonlyMap<DamagedName, Found | string>, result: Expectations): void {
  const items = new Map<string, DamagedItem>();
  const newestFirst = [...copy.names].sort((a, b) => (a.generation < b.generation ? 1 : -1));
  for (const name of newestFirst) {
    const item = found.get(name);
    if (item === undefined || typeof item === 'string') {
      result.unknown.push({ copy: { ...copy, names: [name] }, reason: item ?? 'It is unknown.' });
      continue;
    }
    const key = [...SAME, ...SAME_TOO, ...hashWords()].map((word) => item.record[word].toString(36)).join();
    const known = items.get(key);
    if (known) known.names.push(itemName(name, item));
    else
      items.set(key, {
        kind: copy.kind,
        foundAt: copy.foundAt,
        names: [itemName(name, item)],
        record: item.record,
        kept: item.kept,
        granularityNs: item.granularityNs,
      });
  }
  result.items.push(...items.values());
}

function hashWords(): number[] {
  return Array.from({ length: RECORD_WORDS - Word.ContentHash }, (_, i) => Word.ContentHash + i);
}

function itemName({ generation, path }: DamagedName, { folder }: FoundItem): ItemName {
  const bytes = byteFromText(path);
  const cut = bytes.lastIndexOf('/');
  return {
    generation,
    text: path,
    folder: bytes.slice(0, Math.max(cut, 0)),
    name: bytes.slice(cut + 1),
    folderRecord: folder,
  };
}
