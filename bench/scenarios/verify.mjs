import { LARGE_TREE, prepareBase } from '../support/base.mjs';
import { ask, createGeneration, removeGeneration } from '../support/engine.mjs';
import { measureInTurns, toRows } from '../support/rounds.mjs';
import { atMost } from '../support/targets.mjs';

/** Testing two generations that share all files, against reading each file once. */
export const verify = {
  id: 'verify',
  leastFiles: LARGE_TREE,
  async run(bench) {
    const { set, source, newest } = await prepareBase(bench);
    const { generation } = await createGeneration(bench, set, source);
    const rows = toRows(rowOrder, await measureInTurns(bench, participantsOf(bench, set, [newest, generation.name])));
    await removeGeneration(bench, set, generation.name);
    return { title: `Verify: two generations of ${bench.options.files} files`, rows, targets: targetsFor(rows) };
  },
};

function participantsOf(bench, setPath, names) {
  const sums = `find "$1" -type f -print0 | xargs -0 -n 1000 -P 2 sha256sum`;
  return [
    {
      name: 'sha256sum',
      run: async () => ({ sums: await bench.timed(['sh', '-c', sums, 'sh', `${setPath}/${names[0]}`]) }),
    },
    {
      name: 'engine',
      run: async () => ({
        content: await test(bench, { setPath, names, content: true, workers: 2 }),
        looks: await test(bench, { setPath, names, workers: 2 }),
      }),
    },
  ];
}

async function test(bench, params) {
  const { result, sample } = await ask(bench, 'testGenerations', params);
  const { damaged, generations } = result.summary;
  if (damaged !== 0 || generations.length !== 2) throw new Error(`The test came to ${JSON.stringify(result.summary)}.`);
  return sample;
}

const rowOrder = [
  ['sums', 'sha256sum, 2 processes, one generation', 'sums'],
  ['content', 'test, contents too, 2 threads, two generations', 'sums'],
  ['looks', 'test without contents', 'sums'],
];

function targetsFor(rows) {
  return [atMost(rows, 'Testing contents takes at most 1.3 × sha256sum', 'content', 'sums', 1.3)];
}
