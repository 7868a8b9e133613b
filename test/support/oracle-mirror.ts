import { expect } from 'chai';
import { listTree } from './listing.ts';
import type { Listed } from './listing.ts';

export interface MirrorOptions {
  /** Left out on the source's side: what was excluded or could not be kept. Sockets always are. */
  except?: (path: string) => boolean;
}

/** Fails unless `copy` holds everything of `source`: types, data, targets, modes, owners, times, xattrs, ACLs, links. */
export function expectMirror(source: string, copy: string, options: MirrorOptions = {}): void {
  const skip = options.except ?? ((): boolean => false);
  const wanted = listTree(source, { skip });
  const found = listTree(copy);
  for (const [path, item] of wanted) if (item.type === 'socket') wanted.delete(path);
  expectSameLines(comparable(found), comparable(wanted), `mirror of ${source}`);
  expect(linkGroups(found)).to.deep.equal(linkGroups(wanted), 'hard links inside the generation');
}

/** Compares two sorted listings and fails with the differing lines only. */
export function expectSameLines(found: string[], wanted: string[], what: string): void {
  const inFound = new Set(found);
  const inWanted = new Set(wanted);
  const lost = wanted.filter((line) => !inFound.has(line)).map((line) => `- ${line}`);
  const extra = found.filter((line) => !inWanted.has(line)).map((line) => `+ ${line}`);
  expect([...lost, ...extra].sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1)).slice(0, 20), what).to.deep.equal([]);
}

/** What must be equal between an item and its copy, as one line per item so that a failure reads like a diff. */
export function comparable(tree: Map<string, Listed>): string[] {
  return [...tree.values()].map(describe).sort();
}

/** Everything but the inode's own bookkeeping: proof that a finished generation was not written to. */
export function frozen(root: string): string[] {
  return [...listTree(root).values()].map((item) => `${describe(item)} inode=${item.inode}`).sort();
}

/**
 * The listing of everything below a directory, inodes, change times and link counts included. A directory's change time
 * is not: who tries out a destination and puts everything back cannot put back that. Nor is the lock, which is noted in.
 */
export function untouched(root: string): string[] {
  const exact = (item: Listed): string =>
    `inode=${item.inode} links=${item.links}${item.type === 'directory' ? '' : ` changed=${item.changedNs}`}`;
  const items = [...listTree(root).values()].filter(({ path }) => !path.endsWith('.mirrorbackup/lock'));
  return items.map((item) => `${describe(item)} ${exact(item)}`).sort();
}

/** Paths that share an inode, as sorted groups of two and more. Directories cannot. */
export function linkGroups(tree: Map<string, Listed>): string[][] {
  const groups = new Map<string, string[]>();
  for (const item of tree.values()) {
    if (item.type === 'directory') continue;
    const key = `${item.device}:${item.inode}`;
    groups.set(key, [...(groups.get(key) ?? []), item.path]);
  }
  const shared = [...groups.values()].filter((paths) => paths.length > 1).map((paths) => paths.sort());
  return shared.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}

function describe(item: Listed): string {
  const size = item.type === 'file' ? ` size=${item.size}` : '';
  const node = item.node === '' ? '' : ` node=${item.node}`;
  const xattrs = item.xattrs.map(([name, value]) => ` ${name}=${value}`).join('');
  const owner = `${item.uid}:${item.gid}`;
  const text = `${item.type} ${item.mode.toString(8)} ${owner} ${item.modifiedNs}${size}${node}${xattrs}`;
  return `${item.path}: ${text} ${item.content}`.trimEnd();
}
