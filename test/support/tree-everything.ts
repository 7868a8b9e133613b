import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAttributes, buildHardLinks, buildModesOwnersTimes } from './tree-metadata.ts';
import { buildEmpty, buildNodes, buildSymlinks, writeSparse } from './tree-special.ts';

/** A tree with one of nearly everything a Linux file system can hold. Needs root. */
export function buildEverything(root: string): void {
  mkdirSync(root, { recursive: true });
  buildModesOwnersTimes(join(root, 'modes'));
  buildAttributes(join(root, 'attributes'));
  buildHardLinks(join(root, 'links'));
  buildSymlinks(join(root, 'symlinks'));
  buildNodes(join(root, 'nodes'));
  buildEmpty(join(root, 'empty'));
  writeSparse(join(root, 'sparse'), 1 << 20, [300_000]);
}

/** A plain tree by description: text for a file, an object for a directory. */
export interface Tree {
  [name: string]: string | Tree;
}

export function buildTree(root: string, tree: Tree): string {
  mkdirSync(root, { recursive: true });
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'string') writeFileSync(join(root, name), value);
    else buildTree(join(root, name), value);
  }
  return root;
}

/** `folders` directories of `files` files each, every file different. */
export function buildMany(root: string, folders: number, files: number, bytes = 100): string {
  for (let folder = 0; folder < folders; folder++) {
    mkdirSync(join(root, `folder${folder}`), { recursive: true });
    for (let file = 0; file < files; file++) {
      writeFileSync(
        join(root, `folder${folder}`, `file${file}`),
        `${folder}/${file} `.repeat(bytes / 4).slice(0, bytes),
      );
    }
  }
  return root;
}
