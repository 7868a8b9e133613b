// node bench/support/read-manifests.mjs SET [NAME…]: reads manifests once, each block checked, in the order of the file.
import { readdirSync } from 'node:fs';
import { BlockReader } from '../../engine/manifest/block-reader.ts';
import { closeManifest, openManifest } from '../../engine/manifest/manifest-file.ts';
import { INDEX_WORDS, IndexWord } from '../../engine/manifest/format.ts';

const [set, ...names] = process.argv.slice(2);
const folder = `${set}/.mirrorbackup/manifests`;
let records = 0;
for (const file of readdirSync(folder).filter((name) => name.endsWith('.manifest'))) {
  if (names.length > 0 && !names.includes(file.slice(0, -'.manifest'.length))) continue;
  const manifest = openManifest(`${folder}/${file}`, file);
  const reader = new BlockReader(manifest, true);
  const offset = (id) => manifest.index[id * INDEX_WORDS + IndexWord.Offset];
  const ids = Uint32Array.from({ length: manifest.blocks }, (_, id) => id).sort((a, b) => offset(a) - offset(b));
  for (const id of ids) {
    reader.load(id);
    records += reader.count;
  }
  closeManifest(manifest);
}
console.log(records);
