import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { byteFromText } from '../../native/byte-path.ts';
import { FileType, ItemFlag, ItemOrigin, NO_BLOCK, Word } from '../../native/item-record.ts';
import { nameOf } from '../../engine/generation/generation-name.ts';
import { incompleteGeneration } from '../../engine/generation/list.ts';
import { FOLDERS, Layout } from '../../engine/generation/layout.ts';
import { BlockBuilder } from '../../engine/manifest/block-builder.ts';
import { BlockWriter, mergeIndex } from '../../engine/manifest/block-writer.ts';
import { HEADER_BYTES } from '../../engine/manifest/format.ts';
import { createManifest, finishManifest } from '../../engine/manifest/manifest-file.ts';
import type { Generation } from '../../engine/types/protocol.ts';

const MIB = 2 ** 20;
const FILES_PER_FOLDER = 8;

export interface SyntheticOptions {
  generations: number;
  /** When the newest was made. */
  end: Date;
  /** Between two generations. */
  hours?: number;
  /** Names of folders, as text. */
  folders?: readonly string[];
  sourcePath?: string;
  /** What one generation is given beside what is made up for it. */
  more?: (g: number) => Partial<Generation>;
}

/**
 * A set of many generations with manifests written by the engine's own writer, and none of the files they tell of: what
 * is told from manifests alone works on it as on any other. From one generation to the next a few files change.
 * @returns names of the generations, oldest first
 */
export function writeSyntheticSet(folder: string, options: SyntheticOptions): string[] {
  const { generations, end, hours = 24, folders = ['Documents', 'Pictures', 'Projects', 'Mail'] } = options;
  const layout = new Layout(folder);
  for (const part of Object.values(FOLDERS)) mkdirSync(layout.path(part), { recursive: true });
  const times = Array.from(
    { length: generations },
    (_, g) => new Date(end.getTime() - (generations - 1 - g) * hours * 3_600_000),
  );
  const sources = [{ name: 'ann', path: options.sourcePath ?? '/home/ann' }];
  writeFileSync(
    layout.path(layout.settings),
    JSON.stringify({
      formatVersion: 1,
      id: 'b4c7e6a0-0000-4000-8000-000000000000',
      createdAt: times[0] ?? end,
      engineVersion: '0.1.0',
      sources,
      timeZone: 'Europe/Berlin',
    }),
  );
  const names = times.map(nameOf);
  const files = folders.length * FILES_PER_FOLDER;
  const versions = new Uint32Array(files);
  const random = randomFrom(7);
  for (let g = 0; g < generations; g++) {
    let changed = g === 0 ? files : 0;
    for (let n = 0; n < files && g > 0; n++)
      if (random() < 0.03) {
        versions[n] = g;
        changed++;
      }
    mkdirSync(join(folder, names[g]));
    const bytes = versions.reduce((sum, version, n) => sum + sizeOf(n, version), 0);
    const generation: Generation = {
      ...incompleteGeneration(layout, names[g]),
      createdAt: times[g].toISOString(),
      state: 'Complete',
      duration: 40 + random() * 60 + (g === 0 ? 2400 : 0),
      sources,
      base: g === 0 ? null : names[g - 1],
      files: 118_000 + g * 37 + Math.floor(random() * 400),
      directories: folders.length + 1,
      bytes,
      copiedFiles: changed * 20,
      copiedBytes: versions.reduce((sum, version, n) => (version === g ? sum + sizeOf(n, version) : sum), 0),
      added: g === 0 ? 118_000 : Math.floor(random() * 90) + changed * 30,
      modified: g === 0 ? 0 : Math.floor(random() * 160),
      removed: g === 0 ? 0 : Math.floor(random() ** 4 * 240),
      ...options.more?.(g),
    };
    writeManifest(layout, g, versions, names.slice(0, g + 1), folders, generation);
  }
  return names;
}

function writeManifest(
  layout: Layout,
  g: number,
  versions: Uint32Array,
  names: string[],
  folders: readonly string[],
  generation: Generation,
): void {
  const file = createManifest(layout.path(layout.manifest(names[g])));
  const end = new BigInt64Array(new SharedArrayBuffer(8));
  end[0] = BigInt(HEADER_BYTES);
  const writer = new BlockWriter(file, end);
  const block = new BlockBuilder();
  put(block, 'ann', 1, 0, 1);
  writer.append(block, { id: 0, parentBlock: NO_BLOCK, parentRecord: 0 }, NO_BLOCK, 0);
  const sorted = folders.toSorted((a, b) => (byteFromText(a) < byteFromText(b) ? -1 : 1));
  sorted.forEach((name, f) => put(block, name, 2 + f, 0, 10 + f));
  writer.append(block, { id: 1, parentBlock: 0, parentRecord: 0 }, NO_BLOCK, 0);
  for (let f = sorted.length - 1; f >= 0; f--) {
    for (let i = 0; i < FILES_PER_FOLDER; i++) {
      const n = f * FILES_PER_FOLDER + i;
      const version = versions[n];
      const at = put(block, `file ${i}.dat`, NO_BLOCK, version, 1000 + n);
      block.words[at + Word.Mode] = FileType.File | 0o644;
      const size = sizeOf(n, version);
      block.words[at + Word.Size] = size % 2 ** 32;
      block.words[at + Word.Size + 1] = Math.floor(size / 2 ** 32);
      block.words[at + Word.WriteTime] = 1_700_000_000 + version;
      block.words[at + Word.Flags] = version === g ? ItemOrigin.Copied : ItemOrigin.Linked | ItemFlag.Hashed;
    }
    writer.append(block, { id: 2 + f, parentBlock: 1, parentRecord: f }, NO_BLOCK, 0);
  }
  const index = mergeIndex([writer.finish()], 2 + folders.length);
  finishManifest(file, Number(end[0]), index, {
    formatVersion: 1,
    setId: '',
    generation,
    sources: [{ name: 'ann', path: '/home/ann', volumeId: '', mountRoot: false, items: folders.length }],
    generations: names,
    timeGranularityNs: 1000,
    hash: 'None',
    selection: {} as never,
    crossMount: false,
    folderBytes: (folders.length + 2) * 4096,
  });
}

function sizeOf(n: number, version: number): number {
  return Math.floor((40 + ((n * 7919) % 1900) + ((version * (n + 3)) % 260) + version * 0.4) * MIB);
}

/** The record of a file or folder, whose fields may be changed still. */
function put(block: BlockBuilder, name: string, child: number, introduced: number, id: number): number {
  block.reserve();
  const at = block.next;
  block.words.fill(0, at, at + 35);
  block.words[at + Word.Mode] = FileType.Directory | 0o755;
  block.words[at + Word.FileId] = id;
  block.words[at + Word.BirthTime] = 1_600_000_000;
  block.words[at + Word.WriteTime] = 1_700_000_000;
  block.words[at + Word.Links] = 1;
  block.words[at + Word.Introduced] = introduced;
  block.words[at + Word.Child] = child;
  const bytes = Buffer.from(byteFromText(name), 'latin1');
  block.commit(bytes, 0, bytes.length);
  return at;
}

/** The same numbers in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
