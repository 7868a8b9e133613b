import { directoriesFor, removeBase, warm } from '../support/base.mjs';
import { createGeneration, removeGeneration } from '../support/engine.mjs';
import { measureInTurns, toRows } from '../support/rounds.mjs';
import { holds } from '../support/targets.mjs';

const MIB_AT_MOST = 300;
const GROWTH_AT_MOST = 1.3;

/** Trees of more and more files: memory stays small, and time grows as they do. */
export const scale = {
  id: 'scale',
  async run(bench) {
    await removeBase(bench);
    const source = bench.path('scale');
    await bench.run('mkdir', source);
    const samples = {};
    let files = 0;
    for (const size of bench.options.scale.toSorted((a, b) => a - b)) {
      // Each tree is the one before, and some more.
      await bench.tree('create', `${source}/${size}`, size - files, directoriesFor(size - files), size, 'tiny');
      files = size;
      Object.assign(samples, await measureSize(bench, source, size));
    }
    await bench.remove(source);
    const rows = toRows(rowsOf(bench.options.scale), samples);
    return { title: 'Scale: the engine alone, tiny files', rows, targets: targetsFor(rows, bench.options.scale) };
  },
};

async function measureSize(bench, source, size) {
  const set = bench.path('scale-set');
  const target = bench.path('scale-limit');
  let base;
  const participants = [
    {
      name: `limit, ${size}`,
      run: async () => ({ limit: await bench.timedLimit('link', source, `${set}/${base}/scale`, target, 2) }),
      clean: () => bench.limit('del', target, 2),
    },
    engineOf(bench, set, source, size),
  ];
  const first = await createGeneration(bench, set, source);
  base = first.generation.name;
  await warm(bench, [source, set]);
  const samples = { first: [first.sample], ...(await measureInTurns(bench, participants)) };
  await bench.limit('del', set, 2);
  return Object.fromEntries(Object.entries(samples).map(([row, list]) => [`${row} ${size}`, list]));
}

function engineOf(bench, set, source, size) {
  let remove;
  return {
    name: `engine, ${size}`,
    async run() {
      const { generation, sample } = await createGeneration(bench, set, source);
      remove = generation.name;
      return { again: sample, toCommit: { seconds: generation.phases.mirror } };
    },
    // Measured, too: nothing else removes as much.
    clean: () => removeGeneration(bench, set, remove),
  };
}
