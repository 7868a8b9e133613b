import { directoriesFor, removeBase, warm } from '../support/base.mjs';
import { createGeneration, removeGeneration } from '../support/engine.mjs';
import { measureInTurns, toRows } from '../support/rounds.mjs';
import { holds } from '../support/targets.mjs';
import { sum } from '../support/timed.mjs';

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

/** Samples of one size, by row. */
async function measureSize(bench, source, size) {
  const set = bench.path('scale-set');
  const first = await createGeneration(bench, set, source);
  await warm(bench, [source, set]);
  const participants = [limitOf(bench, source, `${set}/${first.generation.name}/scale`), engineOf(bench, set, source)];
  const samples = { first: [first.sample], ...(await measureInTurns(bench, participants)) };
  await bench.limit('del', set, 2);
  return Object.fromEntries(Object.entries(samples).map(([row, list]) => [`${row} ${size}`, list]));
}

function limitOf(bench, source, previous) {
  const target = bench.path('scale-limit');
  return {
    name: 'limit',
    async run() {
      const link = await bench.timedLimit('link', source, previous, target, 2);
      const limit = sum(link, await bench.timedFlush());
      await bench.volume.settle();
      return { limit, limitDelete: await bench.timedLimit('del', target, 2) };
    },
  };
}

function engineOf(bench, set, source) {
  return {
    name: 'engine',
    async run() {
      const { generation, sample: again } = await createGeneration(bench, set, source);
      await bench.volume.settle();
      return { again, remove: await removeGeneration(bench, set, generation.name) };
    },
  };
}

function rowsOf(sizes) {
  return sizes.flatMap((size) => [
    [`limit ${size}`, `${size} files: limit: link + sync -f`, `limit ${size}`],
    [`limitDelete ${size}`, '  limit: del'],
    [`first ${size}`, '  first generation'],
    [`again ${size}`, '  unchanged generation', `limit ${size}`],
    [`remove ${size}`, '  deletion', `limitDelete ${size}`],
  ]);
}

function targetsFor(rows, sizes) {
  const memory = rows.filter(({ id }) => /^(?:first|again|remove)/.test(id)).map(({ maxRssMiB }) => maxRssMiB);
  const smallest = Math.min(...sizes);
  const largest = Math.max(...sizes);
  const growth = (row) => perFile(rows, row, largest) / perFile(rows, row, smallest);
  const targets = ['first', 'again', 'remove'].map((row) =>
    holds(`Time per file, ${names[row]}: ${largest} against ${smallest} files`, growth(row), isLinear, ' ×'),
  );
  return [holds(`The engine takes less than ${MIB_AT_MOST} MiB`, Math.max(...memory), isSmall, ' MiB'), ...targets];
}

const names = { first: 'first generation', again: 'unchanged generation', remove: 'deletion' };

function isSmall(mebibytes) {
  return mebibytes < MIB_AT_MOST;
}

function isLinear(growth) {
  return growth <= GROWTH_AT_MOST;
}

function perFile(rows, row, size) {
  return rows.find(({ id }) => id === `${row} ${size}`).minimum / size;
}
