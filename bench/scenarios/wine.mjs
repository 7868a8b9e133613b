import { readFileSync, writeFileSync } from 'node:fs';
import { addDrive } from '../../scripts/wine/drives.ts';
import { prepareWine } from '../../scripts/wine/prepare-wine.mjs';
import { runWindowsNode, windowsPath } from '../../scripts/wine/run.ts';
import { root } from '../../scripts/wine/places.ts';
import { measureInTurns, toRows } from '../support/rounds.mjs';
import { atMost } from '../support/targets.mjs';

/** Every call is slow there: more files only take longer. */
const MOST_FILES = 5000;

/** The most that the engine may take, beside a loop of the calls that it makes. */
const MOST_OVERHEAD = 1.5;

/** The engine for Windows under Wine, a second generation of what did not change, against the bare calls. */
export const wine = {
  id: 'wine',
  async run(bench) {
    const reason = await prepareWine();
    if (reason !== undefined) throw new Error(`Wine cannot be had: ${reason}.`);
    const files = Math.min(bench.options.files, MOST_FILES);
    const drive = addDrive(bench.volume.root);
    try {
      const there = (path) => path.replace(bench.volume.root, drive.name).replaceAll('/', '\\');
      const paths = { source: bench.path('wine-tree'), set: bench.path('wine-set'), target: bench.path('wine-loop') };
      await bench.tree('create', paths.source, files, 50, 1, 'tiny');
      const first = await createUnderWine(bench, there, paths);
      const samples = await measureInTurns(bench, participantsOf(bench, there, paths, first));
      await bench.remove(paths.source, paths.set);
      const title = `Wine: a second generation of ${files} files, without the start of the programs`;
      const rows = toRows(rowOrder, samples);
      return {
        title,
        rows,
        targets: [atMost(rows, 'The engine takes at most 1.5 × a loop of its calls', 'mirror', 'same', MOST_OVERHEAD)],
      };
    } finally {
      drive.remove();
    }
  },
};

function participantsOf(bench, there, paths, first) {
  let made;
  return [
    ...['least', 'same'].map((kind) => ({
      name: `bare loop, ${kind}`,
      run: async () => ({ [kind]: { seconds: await bareLoop(bench, there, paths, first, kind) } }),
      clean: () => bench.remove(paths.target),
    })),
    {
      name: 'engine',
      async run() {
        made = await createUnderWine(bench, there, paths);
        if (made.copiedFiles > 0) throw new Error(`${made.copiedFiles} files were copied, not linked.`);
        const { prepare, mirror, manifest } = made.phases;
        return { mirror: { seconds: mirror }, toCommit: { seconds: prepare + mirror + manifest } };
      },
      clean: () =>
        bench.remove(`${paths.set}/${made.name}`, `${paths.set}/.mirrorbackup/manifests/${made.name}.manifest`),
    },
  ];
}

async function bareLoop(bench, there, { source, set, target }, first, kind) {
  const output = bench.path('wine-loop.json');
  const previous = `${set}/${first.name}/wine-tree`;
  const names = [source, previous, target, output].map(there);
  const { exitCode, stderr } = await runWindowsNode([windowsPath(`${root}/bench/wine/bare-loop.mjs`), ...names, kind]);
  if (exitCode !== 0) throw new Error(`The bare loop ended with ${exitCode}: ${stderr}`);
  const { files, seconds } = JSON.parse(readFileSync(output, 'utf8'));
  if (files !== first.files) throw new Error(`The bare loop made ${files} links, for ${first.files} files.`);
  return seconds;
}

/** One thread, as the loop has. */
async function createUnderWine(bench, there, { source, set }) {
  const input = bench.path('wine-request.json');
  const params = { setPath: there(set), sources: [{ path: there(source) }], workers: 1 };
  writeFileSync(input, `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'createGeneration', params })}\n`);
  const engine = windowsPath(`${root}/module/MirrorBackup/engine/main.mjs`);
  const { stdout, stderr } = await runWindowsNode([engine], { input });
  const answer = stdout.split('\n').find((line) => line.includes('"id":1,') && /"(result|error)":/.test(line));
  const { result, error } = answer ? JSON.parse(answer) : {};
  if (!result) throw new Error(`The engine under Wine: ${error?.message ?? stderr}`);
  return result;
}

const rowOrder = [
  ['same', 'loop of the calls that the engine makes, 1 thread'],
  ['least', 'loop of what nobody can avoid, 1 thread', 'same'],
  ['mirror', 'engine, 1 thread: mirror phase', 'same'],
  ['toCommit', 'engine, 1 thread: phases up to the commit', 'same'],
];
