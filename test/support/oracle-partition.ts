import { expect } from 'chai';
import { listTree } from './listing.ts';
import type { Listed } from './listing.ts';
import { linkGroups } from './oracle-mirror.ts';

export interface Trees {
  /** The source as it was when the newer generation was made. */
  source: string;
  older: string;
  newer: string;
  /** Two generations rsync --link-dest made of the same states. */
  peerOlder: string;
  peerNewer: string;
}

/**
 * Compares what the two newer trees share with their older ones. The engine may link more than rsync (renames), and must
 * link less where rsync merges files that are separate in the source; any other difference is a failure.
 */
export function expectSharing(trees: Trees): void {
  const ours = shared(trees.older, trees.newer);
  const peers = shared(trees.peerOlder, trees.peerNewer);
  const merged = wronglyMerged(trees.source, trees.peerNewer);
  const tooFew = [...peers].filter((path) => !ours.has(path) && !merged.has(path));
  expect(tooFew, 'rsync linked these, the engine copied them').to.deep.equal([]);
  const tooMany = [...ours].filter((path) => !peers.has(path));
  const old = listTree(trees.older);
  const now = listTree(trees.newer);
  for (const path of tooMany) expect(state(now.get(path)), path).to.equal(state(old.get(path)));
}

/** Paths that are the same inode in both trees. */
function shared(older: string, newer: string): Set<string> {
  const before = listTree(older, { content: false });
  const after = [...listTree(newer, { content: false }).values()];
  const kept = after.filter((item) => item.type !== 'directory' && before.get(item.path)?.inode === item.inode);
  return new Set(kept.map((item) => item.path));
}

/** Members of groups that rsync made of files which are not one file in the source. */
function wronglyMerged(source: string, peer: string): Set<string> {
  const real = listTree(source, { content: false });
  const groups = linkGroups(listTree(peer, { content: false }));
  return new Set(groups.filter((group) => new Set(group.map((path) => real.get(path)?.inode)).size > 1).flat());
}

function state(item: Listed | undefined): string {
  return item === undefined ? 'none' : [item.type, item.mode, item.uid, item.gid, item.modifiedNs, item.content].join();
}
