// node bench/support/synthetic-set.mjs FOLDER GENERATIONS FILES: manifests of a set, written by the engine's own writer,
// and generations without a file. From one to the next 1 % of the files change, and a few come and go.
import { mkdirSync, writeFileSync } from 'node:fs';
import { BlockBuilder } from '../../engine/manifest/block-builder.ts';
import { BlockWriter, mergeIndex } from '../../engine/manifest/block-writer.ts';
import { HEADER_BYTES } from '../../engine/manifest/format.ts';
import { createManifest, finishManifest } from '../../engine/manifest/manifest-file.ts';
import { FileType, ItemFlag, ItemOrigin, NO_BLOCK, Word } from '../../native/item-record.ts';

const PER_FOLDER = 20;
const SUBFOLDERS = 100;
const DAY = 86_400_000;
const BEGIN = Date.UTC(2026, 0, 1);

const [folder, generations, files] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
writeSet();

function writeSet() {
  for (const part of ['manifests', 'staging', 'work', 'trash', 'journal', 'logs'])
    mkdirSync(`${folder}/.mirrorbackup/${part}`, { recursive: true });
  const settings = {
    formatVersion: 1,
    id: 'b4c7e6a0-0000-4000-8000-000000000000',
    createdAt: timeOf(0),
    engineVersion: '0.1.0',
    sources: [],
  };
  writeFileSync(`${folder}/.mirrorbackup/set.json`, JSON.stringify(settings));
  const versions = new Uint32Array(files);
  const names = [];
  for (let g = 0; g < generations; g++) {
    const name = nameOf(g);
    names.push(name);
    for (let i = g % 100; g > 0 && i < files; i += 100) versions[i] = g;
    mkdirSync(`${folder}/${name}`);
    writeManifest(`${folder}/.mirrorbackup/manifests/${name}.manifest`, g, versions, names);
  }
}

function writeManifest(path, g, versions, names) {
  const file = createManifest(path);
  const end = new BigInt64Array(new SharedArrayBuffer(8));
  end[0] = BigInt(HEADER_BYTES);
  const writer = new BlockWriter(file, end);
  const folders = Math.ceil(files / PER_FOLDER);
  const tops = Math.ceil(folders / SUBFOLDERS);
  const block = new BlockBuilder();
  let next = 2 + tops;
  put(block, g, 'source', 1, 0, 1);
  writer.append(block, { id: 0, parentBlock: NO_BLOCK, parentRecord: 0 }, NO_BLOCK, 0);
  for (let top = 0; top < tops; top++) put(block, g, `t${pad(top)}`, 2 + top, 0, 2 + top);
  writer.append(block, { id: 1, parentBlock: 0, parentRecord: 0 }, NO_BLOCK, 0);
  // As the engine does: the last folder first, and ids by the order in which folders are met.
  for (let top = tops - 1; top >= 0; top--) {
    const count = Math.min(SUBFOLDERS, folders - top * SUBFOLDERS);
    const first = next;
    next += count;
    for (let i = 0; i < count; i++) put(block, g, `d${pad(i)}`, first + i, 0, 100_000 + top * SUBFOLDERS + i);
    writer.append(block, { id: 2 + top, parentBlock: 1, parentRecord: top }, NO_BLOCK, 0);
    for (let i = count - 1; i >= 0; i--) {
      const from = (top * SUBFOLDERS + i) * PER_FOLDER;
      for (let n = from; n < Math.min(files, from + PER_FOLDER); n++) putFile(block, g, n, versions[n]);
      writer.append(block, { id: first + i, parentBlock: 2 + top, parentRecord: i }, NO_BLOCK, 0);
    }
  }
  const summary = {
    formatVersion: 1,
    setId: '',
    generation: { name: names[g], createdAt: timeOf(g), base: g === 0 ? null : names[g - 1], directories: folders },
    sources: [{ name: 'source', path: '/source', volumeId: '', mountRoot: false, items: tops }],
    generations: [...names],
    timeGranularityNs: 1000,
    hash: 'Sha256',
    crossMount: false,
    folderBytes: folders * 4096,
  };
  const index = mergeIndex([writer.finish()], next);
  finishManifest(file, Number(end[0]), index, summary);
}

function putFile(block, g, n, version) {
  // One in a thousand is away every other day.
  if (n % 1000 === 7 && g % 2 === 1) return;
  const isNew = version === g || (n % 1000 === 7 && g % 2 === 0);
  const at = put(block, g, `file-${pad(n)}.dat`, NO_BLOCK, isNew ? g : version, 1_000_000 + n);
  const { words } = block;
  words[at + Word.Mode] = FileType.File | 0o644;
  words[at + Word.Size] = 1000 + ((n * 7919 + version) % 50_000);
  words[at + Word.WriteTime] = 1_700_000_000 + version;
  words[at + Word.Flags] = ItemFlag.Hashed | (isNew ? ItemOrigin.Copied : ItemOrigin.Linked);
  for (let i = 0; i < 8; i++) words[at + Word.ContentHash + i] = Math.imul(n + 1, 0x9e3779b1) ^ (version * 31 + i);
}

function put(block, g, name, child, introduced, id) {
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
  block.commit(Buffer.from(name), 0, name.length);
  return at;
}

function pad(number) {
  return String(number).padStart(6, '0');
}

function nameOf(g) {
  return new Date(BEGIN + g * DAY).toISOString().slice(0, 19).replaceAll(':', '') + 'Z';
}

function timeOf(g) {
  return new Date(BEGIN + g * DAY).toISOString();
}
