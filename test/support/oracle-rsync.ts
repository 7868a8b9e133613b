import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { listTree } from './listing.ts';

/** Without a negative window rsync compares whole seconds only. */
const KEEP_ALL = ['-aHAX', '--checksum', '--modify-window=-1'];

/** A second opinion by a tool that users trust. Sockets are not kept, so they are left out on both sides. */
export function expectRsyncFindsNothing(source: string, copy: string): void {
  const flags = [...KEEP_ALL, '--dry-run', '--itemize-changes', '--delete', ...withoutSockets(source)];
  const result = spawnSync('rsync', [...flags, `${source}/`, `${copy}/`], { encoding: 'latin1' });
  expect(result.stderr, 'rsync').to.equal('');
  expect(result.stdout.split('\n').filter((line) => line !== '')).to.deep.equal([]);
}

/** Makes the generation rsync would make of the same source, to compare what shares an inode with what. */
export function rsyncGeneration(source: string, target: string, base: string | null): void {
  const link = base === null ? [] : [`--link-dest=${base}/`];
  const flags = [...KEEP_ALL, ...withoutSockets(source), ...link];
  const result = spawnSync('rsync', [...flags, `${source}/`, `${target}/`], { encoding: 'latin1' });
  if (result.status !== 0) throw new Error(`rsync: ${result.stderr}`);
}

/** The paths that are the same inode in both trees: what the newer generation shares with the older one. */
export function sharedPaths(older: string, newer: string): string[] {
  const before = listTree(older, { content: false });
  const after = listTree(newer, { content: false });
  return [...after.values()]
    .filter((item) => item.type !== 'directory' && before.get(item.path)?.inode === item.inode)
    .map((item) => item.path)
    .sort();
}

function withoutSockets(source: string): string[] {
  const sockets = [...listTree(source, { content: false }).values()].filter((item) => item.type === 'socket');
  return sockets.flatMap((item) => ['--exclude', `/${escapePattern(item.path)}`]);
}

function escapePattern(path: string): string {
  return path.replace(/[[\]*?\\]/g, '\\$&');
}
