import { createGeneration } from './engine.mjs';

/** From this number of files on it is the work that takes the time, and not the start. */
export const LARGE_TREE = 100_000;

const prepared = new WeakMap();

/**
 * A tree, a copy of it, and a set with one generation of it: what a second backup starts from. Made once; whoever uses it
 * leaves it as it was, but for {@link Base#set}, which has one generation, whichever.
 */
export async function prepareBase(bench) {
  if (!prepared.has(bench)) prepared.set(bench, await makeBase(bench));
  const base = prepared.get(bench);
  await warm(bench, [base.source, base.previous, base.set]);
  return base;
}

export async function removeBase(bench) {
  const base = prepared.get(bench);
  prepared.delete(bench);
  if (base) await bench.remove(base.source, base.previous, base.set);
}

async function makeBase(bench) {
  const { files } = bench.options;
  const source = bench.path('source');
  const previous = bench.path('previous');
  const set = bench.path('set');
  process.stdout.write(`Tree: ${await bench.tree('create', source, files, directoriesFor(files))}`);
  await bench.limit('copy', source, previous, 2);
  const { generation } = await createGeneration(bench, set, source);
  return { source, previous, set, newest: generation.name };
}

/** As many as a developer's home has. */
export function directoriesFor(files) {
  return Math.round(files * 0.065);
}

/** Brings what is known about the items into memory. Contents were read, or written, just now. */
export async function warm(bench, trees) {
  for (const tree of trees) await bench.limit('scan', tree, 2);
  await bench.volume.settle();
}
