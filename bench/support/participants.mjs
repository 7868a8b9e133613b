import { newMirrorBackup, untilCommit } from './cmdlet.mjs';
import { createGeneration, removeGeneration } from './engine.mjs';

const PHASES = ['prepare', 'mirror', 'manifest', 'flush', 'commit'];

/** Everyone who makes a second backup of a tree, each from the same first one, which stays as it is. */
export function secondBackups(bench, { source, previous, set }) {
  return [
    ...(bench.hasPowerShell ? [cmdletAgain(bench, set, source)] : []),
    engineAgain(bench, set, source),
    ...rsyncsOf(bench).map(([id, path]) => rsyncLinking(bench, id, path, source, previous)),
  ];
}

function cmdletAgain(bench, set, source) {
  let name;
  return {
    name: 'New-MirrorBackup',
    async run() {
      const made = await newMirrorBackup(bench, set, source);
      name = made.name;
      return made.samples;
    },
    clean: () => removeGeneration(bench, set, name),
  };
}

function engineAgain(bench, set, source) {
  let name;
  return {
    name: 'engine',
    async run() {
      const made = await createGeneration(bench, set, source);
      name = made.generation.name;
      return engineSamples(made);
    },
    clean: () => removeGeneration(bench, set, name),
  };
}

function rsyncLinking(bench, id, path, source, previous) {
  const target = bench.path('rsync');
  return {
    name: id,
    run: async () => ({
      [id]: await bench.timed([path, '-a', `--link-dest=${previous}/`, `${source}/`, `${target}/`]),
    }),
    clean: () => bench.limit('del', target, 2),
  };
}

/** [id of the row, path of the program] */
export function rsyncsOf(bench) {
  return Object.entries(bench.rsyncs).map(([id, { path }]) => [id, path]);
}

/** Rows of the engine: its whole life, up to the commit, and its phases. */
export function engineSamples({ generation, sample }) {
  const { phases } = generation;
  const rows = { engine: sample, engineToCommit: { seconds: untilCommit(phases) } };
  for (const phase of PHASES) rows[phase] = { seconds: phases[phase] };
  return rows;
}

/** Rows of a table of backups, the cmdlet's and the engine's; flushed ones are compared with the flushed limit. */
export const ownRows = [
  ['cmdlet', 'New-MirrorBackup', 'limitFlushed'],
  ['unflushed', '  without flush and commit', 'limit'],
  ['toCommit', '  phases up to the commit', 'limit'],
  ['engine', 'engine alone', 'limitFlushed'],
  ['engineToCommit', '  phases up to the commit', 'limit'],
  ...PHASES.map((phase) => [phase, `  ${phase}`]),
];

export function rsyncRows(bench, suffix) {
  return Object.entries(bench.rsyncs).map(([id, { label }]) => [id, `${label} ${suffix}`, 'limit']);
}

export const repositoryRows = [
  ['restic', 'restic backup', 'limit'],
  ['borg', 'borg create', 'limit'],
];
