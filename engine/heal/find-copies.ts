import { joinByte } from '../../native/byte-path.ts';
import { RECORD_WORDS } from '../../native/item-record.ts';
import { EngineError } from '../errors/engine-error.ts';
import { generationNames } from '../generation/list.ts';
import type { Layout } from '../generation/layout.ts';
import { BlockReader } from '../manifest/block-reader.ts';
import { DirectoryPaths } from '../manifest/directory-path.ts';
import { closeManifest, openManifest, type ManifestFile } from '../manifest/manifest-file.ts';
import type { DamagedItem, Place } from './damaged-item.ts';
import { hashText } from './hash-text.ts';

/** Names with the wanted content, with what their manifest has of them. */
export interface Candidate {
  place: Place;
  generation: string;
  record: Uint32Array;
}

/** More names of one content are not kept: an empty file may have thousands. */
const MOST = 64;

/**
 * Where in the set the contents of damaged items are, too, by the hash that all manifests have of them: one pass over
 * the manifests, one block in memory.
 */
export function findCopies(
  layout: Layout,
  items: readonly DamagedItem[],
  signal: AbortSignal,
): Map<string, Candidate[]> {
  const wanted = new Map<string, Candidate[]>();
  const damaged = new Set<string>();
  for (const { record, names } of items) {
    const hash = hashText(record, 0);
    if (hash !== undefined) wanted.set(hash, []);
    for (const { generation, folder, name } of names) damaged.add(`${generation}/${joinByte(folder, name)}`);
  }
  if (wanted.size === 0) return wanted;
  for (const generation of generationNames(layout).reverse()) {
    signal.throwIfAborted();
    try {
      const manifest = openManifest(layout.path(layout.manifest(generation)), layout.text(layout.manifest(generation)));
      try {
        findIn(manifest, layout, generation, wanted, damaged);
      } finally {
        closeManifest(manifest);
      }
    } catch (error) {
      // The others may have it.
      if (!(error instanceof EngineError)) throw error;
    }
  }
  return wanted;
}

function findIn(
  manifest: ManifestFile,
  layout: Layout,
  generation: string,
  wanted: ReadonlyMap<string, Candidate[]>,
  damaged: ReadonlySet<string>,
): void {
  const reader = new BlockReader(manifest, true);
  const paths = new DirectoryPaths(manifest);
  for (let block = 0; block < manifest.blocks; block++) {
    reader.load(block);
    for (let record = 0; record < reader.count; record++) {
      const at = reader.at(record);
      const hash = hashText(reader.words, at);
      const found = hash === undefined ? undefined : wanted.get(hash);
      if (!found || found.length >= MOST) continue;
      const folder = paths.of(block);
      const name = reader.name(record);
      if (damaged.has(`${generation}/${joinByte(folder, name)}`)) continue;
      found.push({
        place: { root: 'Set', rootPath: layout.set, folder: joinByte(generation, folder), name },
        generation,
        record: reader.words.slice(at, at + RECORD_WORDS),
      });
    }
  }
}
