import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aptGet, canInstall } from './apt.mjs';
import { canRun, run } from './processes.mjs';

const sources = fileURLToPath(new URL('../native/', import.meta.url));

/** Where everything goes that the benchmarks build or download. */
export const buildFolder = fileURLToPath(new URL('../../build/bench/', import.meta.url));

const programs = {
  tree: { files: ['tree.c', 'tree-content.c', 'tree-create.c', 'tree-mutate.c', 'random.c'], flags: ['-lm'] },
  limit: {
    files: ['limit.c', 'limit-listing.c', 'limit-visit.c', 'limit-delete.c', 'work-queue.c'],
    flags: ['-pthread'],
  },
  timed: { files: ['timed.c'], flags: [] },
};

/** Compiles the C programs that are not newer than their sources; returns their paths by name. */
export async function compilePrograms() {
  mkdirSync(buildFolder, { recursive: true });
  const newest = Math.max(...readdirSync(sources).map((name) => statSync(join(sources, name)).mtimeMs));
  const paths = {};
  for (const [name, { files, flags }] of Object.entries(programs)) {
    paths[name] = join(buildFolder, name);
    if ((statSync(paths[name], { throwIfNoEntry: false })?.mtimeMs ?? 0) > newest) continue;
    await needCompiler();
    await run(['cc', '-O2', '-std=gnu17', '-o', paths[name], ...files.map((file) => join(sources, file)), ...flags]);
  }
  return paths;
}

async function needCompiler() {
  if (await canRun('cc', '--version')) return;
  if (canInstall()) await aptGet('install', '-y', '--no-install-recommends', 'gcc', 'libc6-dev').catch(() => undefined);
  if (!(await canRun('cc', '--version')))
    throw new Error('A C compiler is needed: install one as "cc" (Debian: gcc and libc6-dev).');
}
