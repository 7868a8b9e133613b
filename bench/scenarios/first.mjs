import { LARGE_TREE, prepareBase } from '../support/base.mjs';
import { newMirrorBackup } from '../support/cmdlet.mjs';
import { createGeneration } from '../support/engine.mjs';
import { engineSamples, ownRows, repositoryRows, rsyncRows, rsyncsOf } from '../support/participants.mjs';
import { openRepositories } from '../support/repository.mjs';
import { measureInTurns, toRows } from '../support/rounds.mjs';
import { atMost } from '../support/targets.mjs';
import { sum } from '../support/timed.mjs';

/** The first generation of a set: everything is copied, and hashed on the way. */
export const first = {
  id: 'first',
  leastFiles: LARGE_TREE,
  async run(bench) {
    const { source } = await prepareBase(bench);
    const rows = toRows(rowsOf(bench), await measureInTurns(bench, await participantsOf(bench, source)));
    return { title: `First: the first generation of ${bench.options.files} files`, rows, targets: targetsFor(rows) };
  },
};

async function participantsOf(bench, source) {
  const target = bench.path('target');
  const all = [
    { name: 'limit', run: () => flushed(bench, 'limit', bench.timedLimit('copy', source, target, 2)) },
    bench.hasPowerShell && {
      name: 'New-MirrorBackup',
      run: async () => (await newMirrorBackup(bench, target, source)).samples,
    },
    { name: 'engine', run: async () => engineSamples(await createGeneration(bench, target, source)) },
    bench.hasPeer('cp') && {
      name: 'cp',
      run: () => flushed(bench, 'cp', bench.timed(['cp', '-a', source, target])),
    },
    ...rsyncsOf(bench).map(([id, path]) => ({
      name: id,
      run: async () => ({ [id]: await bench.timed([path, '-a', `${source}/`, `${target}/`]) }),
    })),
  ];
  return [
    ...all.filter(Boolean).map((one) => ({ ...one, clean: () => bench.limit('del', target, 2) })),
    ...(await openRepositories(bench, source, { isFirst: true })),
  ];
}

/** Those that flush are compared with others that do. */
async function flushed(bench, row, copying) {
  const copied = await copying;
  return { [row]: copied, [`${row}Flushed`]: sum(copied, await bench.timedFlush()) };
}

function rowsOf(bench) {
  return [
    ['limit', 'limit: copy, 2 threads', 'limit'],
    ['limitFlushed', 'limit + sync -f', 'limit'],
    ...ownRows,
    ['cp', 'cp -a', 'limit'],
    ['cpFlushed', 'cp -a + sync -f', 'limitFlushed'],
    ...rsyncRows(bench, '-a'),
    ...repositoryRows,
  ];
}

function targetsFor(rows) {
  return [
    atMost(rows, 'The cmdlet is not slower than cp -a + sync -f', 'cmdlet', 'cpFlushed', 1),
    atMost(rows, 'Up to the commit it is not slower than cp -a', 'toCommit', 'cp', 1),
  ];
}
