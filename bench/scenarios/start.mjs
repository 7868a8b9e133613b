import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { packageModule } from '../../scripts/package/package-module.mjs';
import { writePackage } from '../../scripts/package/write-package.mjs';
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
    const dist = bench.path('dist');
    writePackage(await packageModule(), dist);
    const module = join(dist, 'MirrorBackup');
    // Short ones are cheap to repeat.
    const samples = await measureInTurns(bench, participantsOf(bench, set, module), bench.options.rounds * 3);
    await bench.remove(source, set, dist);
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

function participantsOf(bench, set, module) {
  const all = [
    { name: 'node', run: async () => ({ node: await bench.timed([process.execPath, '--eval', '0']) }) },
    { name: 'engine', run: () => firstResponse(bench) },
    { name: 'packaged engine', run: () => packagedResponse(bench, join(module, 'engine/main.mjs')) },
    bench.hasPowerShell && { name: 'Get-BackupGeneration', run: () => listWithCmdlet(bench, set) },
    bench.hasPowerShell && { name: 'packaged cmdlet', run: () => listWithPackage(bench, set, module) },
  ];
  return all.filter(Boolean);
}

async function packagedResponse(bench, entry) {
  const { response } = await firstResponse(bench, entry);
  return { packagedResponse: response };
}

async function firstResponse(bench, entry) {
  const started = performance.now();
  const engine = new Engine(bench, entry);
  await engine.request('initialize', {});
  const seconds = (performance.now() - started) / 1000;
  return { response: { seconds }, engine: await engine.close() };
}

async function listWithPackage(bench, set, module) {
  const { get, import: importing } = await listWithCmdlet(bench, set, { Module: join(module, 'MirrorBackup.psd1') });
  return { packagedGet: get, packagedImport: importing };
}

async function listWithCmdlet(bench, set, parameters = {}) {
  const { count, seconds, import: importing } = await runCmdlet(bench, 'Get', { SetPath: set, ...parameters });
  if (count !== GENERATIONS) throw new Error(`Get-BackupGeneration found ${count} of ${GENERATIONS} generations.`);
  return { get: { seconds }, import: { seconds: importing } };
}

const rowOrder = [
  ['node', 'node, doing nothing'],
  ['response', 'engine: first response', 'node'],
  ['engine', 'engine: started and ended', 'node'],
  ['packagedResponse', 'engine of a package: first response', 'response'],
  ['import', 'Import-Module'],
  ['packagedImport', 'Import-Module, of a package', 'import'],
  ['get', `Get-BackupGeneration, ${GENERATIONS} generations`],
  ['packagedGet', 'the same, of a package', 'get'],
];

function targetsFor(rows) {
  return [
    below(rows, 'The engine responds within 0.15 s', 'response', 0.15),
    below(rows, `Get-BackupGeneration lists ${GENERATIONS} generations within 0.3 s`, 'get', 0.3),
  ];
}
