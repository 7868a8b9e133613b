import { LARGE_TREE, prepareBase } from '../support/base.mjs';
import { removeBackupGeneration } from '../support/cmdlet.mjs';
import { createGeneration, removeGeneration } from '../support/engine.mjs';
import { measureInTurns, toRows } from '../support/rounds.mjs';
import { atMost } from '../support/targets.mjs';

/** Removing a generation whose files are in another one, too. */
export const deletion = {
  id: 'deletion',
  leastFiles: LARGE_TREE,
  async run(bench) {
    const base = await prepareBase(bench);
    const rows = toRows(rowOrder, await measureInTurns(bench, participantsOf(bench, base)));
    return { title: `Deletion: a generation of ${bench.options.files} files`, rows, targets: targetsFor(rows) };
  },
};

function participantsOf(bench, base) {
  const target = bench.path('target');
  const link = () => bench.limit('link', base.source, base.previous, target, 2);
  const all = [
    { name: 'limit', prepare: link, run: async () => ({ limit: await bench.timedLimit('del', target, 2) }) },
    bench.hasPowerShell && {
      name: 'Remove-BackupGeneration',
      run: async () => ({ cmdlet: await removeBackupGeneration(bench, base.set, base.oldest) }),
    },
    {
      name: 'engine',
      run: async () => ({ engine: await removeGeneration(bench, base.set, base.oldest) }),
    },
    bench.hasPeer('rm') && {
      name: 'rm',
      prepare: link,
      run: async () => ({ rm: await bench.timed(['rm', '-rf', target]) }),
    },
  ];
  return all.filter(Boolean).map((one) => ({ prepare: () => addGeneration(bench, base), ...one }));
}

/** The older one is to go, so that the set has one generation again. */
async function addGeneration(bench, base) {
  const { generation } = await createGeneration(bench, base.set, base.source);
  base.oldest = base.newest;
  base.newest = generation.name;
}

const rowOrder = [
  ['limit', 'limit: del, 2 threads', 'limit'],
  ['cmdlet', 'Remove-BackupGeneration', 'limit'],
  ['engine', 'engine alone', 'limit'],
  ['rm', 'rm -rf', 'limit'],
];

function targetsFor(rows) {
  return [
    atMost(rows, 'The cmdlet takes at most 1.6 × the limit', 'cmdlet', 'limit', 1.6),
    atMost(rows, 'It is not slower than rm -rf', 'cmdlet', 'rm', 1),
  ];
}
