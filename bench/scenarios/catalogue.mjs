import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LARGE_TREE } from '../support/base.mjs';
import { ask } from '../support/engine.mjs';
import { measureInTurns, toRows } from '../support/rounds.mjs';
import { atMost, holds } from '../support/targets.mjs';

const GENERATIONS = 60;
const MIB_AT_MOST = 300;

/** What is answered from the manifests of a set alone, against reading these manifests once. Nothing is in its trees. */
export const catalogue = {
  id: 'catalogue',
  leastFiles: LARGE_TREE,
  async run(bench) {
    const set = bench.path('catalogue');
    await bench.run('mkdir', set);
    await bench.run(process.execPath, program('synthetic-set'), set, `${GENERATIONS}`, `${bench.options.files}`);
    const names = readdirSync(set).filter((name) => name.endsWith('Z'));
    const rows = toRows(rowOrder, await measureInTurns(bench, participantsOf(bench, set, names.slice(-2))));
    await bench.remove(set);
    return {
      title: `Catalogue: ${GENERATIONS} generations of ${bench.options.files} files`,
      rows,
      targets: targetsFor(rows),
    };
  },
};

function participantsOf(bench, setPath, [reference, difference]) {
  const read = (...names) => bench.timed([process.execPath, program('read-manifests'), setPath, ...names]);
  const cost = async (method, params) => (await ask(bench, method, { setPath, ...params })).sample;
  return [
    { name: 'read', run: async () => ({ read: await read(), readTwo: await read(reference, difference) }) },
    {
      name: 'engine',
      run: async () => ({
        findAll: await cost('findItems', { paths: ['**/file-0000*7.dat'] }),
        findOne: await cost('findItems', { paths: ['source/t000001/d000001/*'] }),
        measure: await cost('measureGenerations', {}),
        compare: await cost('compareGenerations', { reference, difference }),
      }),
    },
  ];
}

function program(name) {
  return fileURLToPath(new URL(`../support/${name}.mjs`, import.meta.url));
}

const rowOrder = [
  ['read', 'reading all manifests once', 'read'],
  ['findAll', 'find, all folders', 'read'],
  ['findOne', 'find, one folder', 'read'],
  ['measure', 'measure', 'read'],
  ['readTwo', 'reading two manifests once', 'readTwo'],
  ['compare', 'compare', 'readTwo'],
];

function targetsFor(rows) {
  const memory = rows.filter(({ id }) => !id.startsWith('read')).map(({ maxRssMiB }) => maxRssMiB);
  return [
    atMost(rows, 'Find takes at most 1.5 × reading', 'findAll', 'read', 1.5),
    atMost(rows, 'Measure takes at most 2 × reading', 'measure', 'read', 2),
    atMost(rows, 'Compare takes at most 2 × reading', 'compare', 'readTwo', 2),
    holds(
      `The engine takes less than ${MIB_AT_MOST} MiB`,
      Math.max(...memory),
      (mebibytes) => mebibytes < MIB_AT_MOST,
      ' MiB',
    ),
  ];
}
