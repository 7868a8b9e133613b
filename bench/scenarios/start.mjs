import { performance } from 'node:perf_hooks';
import { runCmdlet } from '../support/cmdlet.mjs';
import { Engine } from '../support/engine.mjs';
import { measureInTurns, toRows } from '../support/rounds.mjs';
import { below } from '../support/targets.mjs';

const GENERATIONS = 60;
const FILES = 100;

/** What every command costs, however little there is to do. */
export const start = {
  id: 'start',
  async run(bench) {
    const source = bench.path('tiny');
    const set = bench.path('tiny-set');
    await bench.tree('create', source, FILES, 50, 1, 'tiny');
    await makeGenerations(bench, set, source);
    // Short ones are cheap to repeat.
    const samples = await measureInTurns(bench, participantsOf(bench, set), bench.options.rounds * 3);
    await bench.remove(source, set);
    const rows = toRows(rowOrder, samples);
    return { title: `Start: a set of ${GENERATIONS} small generations`, rows, targets: targetsFor(rows) };
  },
};

async function makeGenerations(bench, setPath, path) {
  const engine = new Engine(bench);
  try {
    for (let i = 0; i < GENERATIONS; i++) await engine.request('createGeneration', { setPath, sources: [{ path }] });
  } finally {
    await engine.close();
  }
}

function participantsOf(bench, set) {
  const all = [
    { name: 'node', run: async () => ({ node: await bench.timed([process.execPath, '--eval', '0']) }) },
    { name: 'engine', run: () => firstResponse(bench) },
    bench.hasPowerShell && { name: 'Get-BackupGeneration', run: () => listWithCmdlet(bench, set) },
  ];
  return all.filter(Boolean);
}

async function firstResponse(bench) {
  const started = performance.now();
  const engine = new Engine(bench);
  await engine.request('initialize', {});
  const seconds = (performance.now() - started) / 1000;
  return { response: { seconds }, engine: await engine.close() };
}

async function listWithCmdlet(bench, set) {
  const { count, seconds, import: importing } = await runCmdlet(bench, 'Get', { SetPath: set });
  if (count !== GENERATIONS) throw new Error(`Get-BackupGeneration found ${count} of ${GENERATIONS} generations.`);
  return { get: { seconds }, import: { seconds: importing } };
}

const rowOrder = [
  ['node', 'node, doing nothing'],
  ['response', 'engine: first response', 'node'],
  ['engine', 'engine: started and ended', 'node'],
  ['import', 'Import-Module'],
  ['get', `Get-BackupGeneration, ${GENERATIONS} generations`],
];

function targetsFor(rows) {
  return [
    below(rows, 'The engine responds within 0.15 s', 'response', 0.15),
    below(rows, `Get-BackupGeneration lists ${GENERATIONS} generations within 0.3 s`, 'get', 0.3),
  ];
}
