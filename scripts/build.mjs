// npm run build [-- --no-check]: generated sources → types checked → module/MirrorBackup/engine/{main,worker}.mjs.
// Each step is skipped while nothing it depends on has changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleEngine } from './build/bundle-engine.mjs';
import { generate } from './generate.mjs';
import { writeIfChanged } from './generate/write-if-changed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'module/MirrorBackup/engine');
const stampFile = join(output, '.stamp');

/** Makes what `module/MirrorBackup` needs to run; `check` also checks the types. Throws when that fails. */
export async function build({ check = false } = {}) {
  await generate();
  if (check) checkTypes();
  await bundleIntoModule();
}

function checkTypes() {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '--project', root], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The types are wrong, see above.');
}

async function bundleIntoModule() {
  const hash = sourceHash();
  if (isUpToDate(hash)) return;
  const { outputFiles } = await bundleEngine(output, {
    external: ['koffi'],
    comment: 'Built by npm run build from engine/. Do not edit.',
  });
  for (const { path, contents } of outputFiles) writeIfChanged(path, contents);
  const stale = removeOthers(new Set(outputFiles.map(({ path }) => path)));
  writeIfChanged(stampFile, JSON.stringify({ hash, stale }));
}

function isUpToDate(hash) {
  return existsSync(join(output, 'main.mjs')) && readStamp().hash === hash;
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return { stale: {} };
  }
}

/**
 * Chunks are named by their content: those of older builds stay behind. An engine that is running may still load one, so
 * each is kept for an hour. Returns those that are, with the time they were replaced.
 */
function removeOthers(current) {
  const { stale: known } = readStamp();
  const stale = {};
  for (const path of filesBelow(output)) {
    if (!path.endsWith('.mjs') || current.has(path)) continue;
    const name = relative(output, path);
    const since = known[name] ?? Date.now();
    if (Date.now() - since > 3_600_000) rmSync(path, { force: true });
    else stale[name] = since;
  }
  return stale;
}

function sourceHash() {
  const files = [
    ...['engine', 'native']
      .flatMap((folder) => filesBelow(join(root, folder)))
      .filter((path) => /\.m?[tj]s$/.test(path)),
    ...[
      'package.json',
      'package-lock.json',
      'scripts/build.mjs',
      'scripts/build/bundle-engine.mjs',
      'scripts/build/global-process.mjs',
    ].map((path) => join(root, path)),
  ];
  const hash = createHash('sha256');
  for (const path of files.sort())
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  return hash.digest('hex');
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build({ check: !process.argv.includes('--no-check') }).catch((error) => {
    console.error(`Build failed: ${error.message}`);
    process.exitCode = 1;
  });
}
