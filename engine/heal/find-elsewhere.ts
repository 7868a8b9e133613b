import { byteFromText, joinByte } from '../../native/byte-path.ts';
import { EngineError } from '../errors/engine-error.ts';
import { openSet } from '../generation/backup-set.ts';
import type { Layout } from '../generation/layout.ts';
import { generationNames } from '../generation/list.ts';
import { closeManifest, openManifest, readSummary } from '../manifest/manifest-file.ts';
import { RecordFinder } from '../manifest/record-finder.ts';
import { sameContentHash } from '../plan/compare-records.ts';
import type { SourceIdentity } from '../manifest/summary.ts';
import type { DamagedItem, Place } from './damaged-item.ts';
import { hashText } from './hash-text.ts';

/** Where the sources of generations were, as their manifests say. */
export class SourcePaths {
  readonly #layout: Layout;
  readonly #known = new Map<string, readonly SourceIdentity[]>();

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** Where the item was backed up from. */
  placeOf({ names: [name] }: DamagedItem): Place | undefined {
    const [first, ...folders] = name.folder.split('/');
    const source = this.#of(name.generation).find((one) => byteFromText(one.name) === first);
    return source && { root: 'Source', rootPath: source.path, folder: folders.join('/'), name: name.name };
  }

  #of(generation: string): readonly SourceIdentity[] {
    let sources = this.#known.get(generation);
    if (!sources) {
      const manifest = this.#layout.manifest(generation);
      sources = readSummary(this.#layout.path(manifest), this.#layout.text(manifest)).sources;
      this.#known.set(generation, sources);
    }
    return sources;
  }
}

/** Where a second set has items under the same path, with the content that the damaged ones should have. */
export function findInSet(
  setPath: string,
  items: readonly DamagedItem[],
  signal: AbortSignal,
): Map<DamagedItem, Place[]> {
  const found = new Map<DamagedItem, Place[]>(items.map((item) => [item, []]));
  const { layout } = openSet(setPath);
  for (const generation of generationNames(layout).reverse()) {
    signal.throwIfAborted();
    try {
      const manifest = openManifest(layout.path(layout.manifest(generation)), layout.text(layout.manifest(generation)));
      try {
        const finder = new RecordFinder(manifest);
        for (const [item, places] of found) addPlaces(finder, layout, generation, item, places);
      } finally {
        closeManifest(manifest);
      }
    } catch (error) {
      // The others may have it.
      if (!(error instanceof EngineError)) throw error;
    }
  }
  return found;
}

function addPlaces(finder: RecordFinder, layout: Layout, generation: string, item: DamagedItem, places: Place[]): void {
  if (hashText(item.record, 0) === undefined) return;
  const paths = new Set(item.names.map(({ folder, name }) => joinByte(folder, name)));
  for (const path of paths) {
    const other = finder.find(path);
    if (!other || hashText(other.record, 0) === undefined || !sameContentHash(other.record, 0, item.record, 0))
      continue;
    const cut = path.lastIndexOf('/');
    const folder = joinByte(generation, path.slice(0, Math.max(cut, 0)));
    places.push({ root: 'OtherSet', rootPath: layout.set, folder, name: path.slice(cut + 1) });
  }
}
