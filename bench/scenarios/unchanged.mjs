import { LARGE_TREE, prepareBase } from '../support/base.mjs';
import { ownRows, repositoryRows, rsyncRows, secondBackups } from '../support/participants.mjs';
import { openRepositories } from '../support/repository.mjs';
import { measureInTurns, toRows } from '../support/rounds.mjs';
import { atMost, timesFaster } from '../support/targets.mjs';
import { sum } from '../support/timed.mjs';

/** A second generation of a tree in which nothing changed: the usual day. */
export const unchanged = {
  id: 'unchanged',
  leastFiles: LARGE_TREE,
  async run(bench) {
    const base = await prepareBase(bench);
    const participants = [limitOf(bench, base), ...secondBackups(bench, base)];
    if (bench.hasPeer('cp')) participants.push(copyOf(bench, base));
    participants.push(...(await openRepositories(bench, base.source)));
    const rows = toRows(rowsOf(bench), await measureInTurns(bench, participants));
    return { title: `Unchanged: a second generation of ${bench.options.files} files`, rows, targets: targetsFor(rows) };
  },
};

function limitOf(bench, { source, previous }) {
  const target = bench.path('limit');
  return {
    name: 'limit',
    async run() {
      const limit = await bench.timedLimit('link', source, previous, target, 2);
      return { limit, limitFlushed: sum(limit, await bench.timedFlush()) };
    },
    clean: () => bench.limit('del', target, 2),
  };
}

/** It looks at nothing: links, without knowing what changed. */
function copyOf(bench, { previous }) {
  const target = bench.path('cp');
  return {
    name: 'cp',
    run: async () => ({ cp: await bench.timed(['cp', '-al', previous, target]) }),
    clean: () => bench.limit('del', target, 2),
  };
}

function rowsOf(bench) {
  return [
    ['limit', 'limit: link, 2 threads', 'limit'],
    ['limitFlushed', 'limit + sync -f', 'limit'],
    ...ownRows,
    ...rsyncRows(bench, '-a --link-dest'),
    ['cp', 'cp -al', 'limit'],
    ...repositoryRows,
  ];
}

function targetsFor(rows) {
  return [
    atMost(rows, 'The cmdlet takes at most 1.6 × (limit + sync -f)', 'cmdlet', 'limitFlushed', 1.6),
    timesFaster(rows, 'Up to the commit it is at least 2 × faster than rsync 3.2.7', 'toCommit', 'rsync-3.2.7', 2),
    timesFaster(rows, "Up to the commit it is at least 6 × faster than Debian's rsync", 'toCommit', 'rsync', 6),
    timesFaster(rows, 'Up to the commit it is faster than cp -al', 'toCommit', 'cp', 1),
  ];
}
