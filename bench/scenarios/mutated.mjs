import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LARGE_TREE, prepareBase, warm } from '../support/base.mjs';
import { ownRows, rsyncRows, secondBackups } from '../support/participants.mjs';
import { measureInTurns, toRows } from '../support/rounds.mjs';
import { atMost, timesFaster } from '../support/targets.mjs';
import { sum } from '../support/timed.mjs';

/**
 * A second generation after some days of work: 1 % changed, 0.5 % gone, 0.5 % new, a project of 2 % renamed. The tree is
 * changed once; everyone backs it up again and again from the backup of before.
 */
export const mutated = {
  id: 'mutated',
  leastFiles: LARGE_TREE,
  async run(bench) {
    const base = await prepareBase(bench);
    const { changes, changed } = await mutate(bench, base);
    const participants = [limitOf(bench, base, changed), ...secondBackups(bench, base)];
    const rows = toRows(rowsOf(bench), await measureInTurns(bench, participants));
    return { title: `Mutated: ${bench.options.files} files, ${changes}`, rows, targets: targetsFor(rows) };
  },
};

/** Changes the tree; `changed` is a folder with a copy of each file that has new content, and nothing else. */
async function mutate(bench, { source }) {
  const list = bench.path('changed.list');
  const changed = bench.path('changed');
  const changes = (await bench.tree('mutate', source, list)).trim();
  const paths = readFileSync(list, 'utf8').split('\n').filter(Boolean);
  mkdirSync(changed);
  paths.forEach((path, i) => copyFileSync(path, join(changed, String(i))));
  await warm(bench, [source]);
  return { changes, changed };
}

/** Linking as much as there was before, and copying what changed, as if one knew without looking. */
function limitOf(bench, { set, newest, previous }, changed) {
  const linked = bench.path('limit');
  const copied = bench.path('limit-copied');
  return {
    name: 'limit',
    async run() {
      const link = await bench.timedLimit('link', join(set, newest, 'source'), previous, linked, 2);
      const limit = sum(link, await bench.timedLimit('copy', changed, copied, 2));
      return { limit, limitFlushed: sum(limit, await bench.timedFlush()) };
    },
    async clean() {
      await bench.limit('del', linked, 2);
      await bench.limit('del', copied, 2);
    },
  };
}

function rowsOf(bench) {
  return [
    ['limit', 'limit: link, copy changed, 2 threads', 'limit'],
    ['limitFlushed', 'limit + sync -f', 'limit'],
    ...ownRows,
    ...rsyncRows(bench, '-a --link-dest'),
  ];
}

function targetsFor(rows) {
  return [
    atMost(rows, 'The cmdlet takes at most 1.6 × (limit + sync -f)', 'cmdlet', 'limitFlushed', 1.6),
    timesFaster(rows, 'Up to the commit it is faster than rsync 3.2.7', 'toCommit', 'rsync-3.2.7', 1),
  ];
}
