import { cpSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HEADER_BYTES } from '../../engine/manifest/format.ts';
import { createManifest, finishManifest, readSummary } from '../../engine/manifest/manifest-file.ts';
import { nameOf } from '../../engine/generation/generation-name.ts';
import type { BackupSet } from './backup-set.ts';
import type { Generation, State } from './wire.ts';

/**
 * Gives a set a generation of another time, as if one had been made then: hard links to all files of a real one, and a
 * manifest that tells of no items. It can be listed, pinned and removed; for a base it is too little.
 */
export function addDated(
  set: BackupSet,
  like: Generation,
  createdAt: string,
  more: { state?: State; name?: string } = {},
): string {
  const { name = nameOf(new Date(createdAt)), state = 'Complete' } = more;
  linkTree(set.at(like), join(set.path, name));
  const manifests = join(set.path, '.mirrorbackup/manifests');
  const from = join(manifests, `${like.name}.manifest`);
  const summary = readSummary(from, from);
  const changed = { name, createdAt: new Date(createdAt).toISOString(), state };
  summary.generation = { ...summary.generation, ...changed } as typeof summary.generation;
  finishManifest(createManifest(join(manifests, `${name}.manifest`)), HEADER_BYTES, new Uint32Array(0), summary);
  return name;
}

function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isFile()) linkSync(source, target);
    else cpSync(source, target, { verbatimSymlinks: true });
  }
}
