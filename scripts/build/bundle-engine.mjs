import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { globalProcess } from './global-process.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles the engine: main.mjs, worker.mjs, and the files that they load when they need them.
 * @param {string} outdir where the files will be
 * @param {object} options
 * @param {string} options.comment the first line of each file
 * @param {string[]} [options.external] packages that are not bundled
 * @param {import('esbuild').Plugin[]} [options.plugins]
 * @returns the files, which are not written, and the paths of all that went into them, relative to the checkout
 */
export async function bundleEngine(outdir, options) {
  // One by one: a thread loads a file faster than the many that it would share with the main one.
  const results = await Promise.all(
    ['engine/main.ts', 'engine/worker.ts'].map((entry) => bundleEntry(entry, outdir, options)),
  );
  return {
    outputFiles: results.flatMap(({ outputFiles }) => outputFiles.map(withRequire)),
    inputs: [...new Set(results.flatMap(({ metafile }) => inputsOf(metafile)))].sort(),
  };
}

function bundleEntry(entryPoint, outdir, { comment, external = [], plugins = [] }) {
  return build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outdir,
    outExtension: { '.js': '.mjs' },
    // Beside main.mjs, so that code finds other files by the same relative path wherever it ends up.
    chunkNames: '[name]-[hash]',
    bundle: true,
    // Commands, and what they need, are loaded when they are first used.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
    metafile: true,
    external,
    plugins: [globalProcess, ...plugins],
    banner: { js: `// ${comment}` },
  });
}

/**
 * Libraries that are CommonJS ask for modules of Node.js by `require`, which ES modules do not have. esbuild looks for one in
 * the file that it puts its own into; only that one gets it, since each import costs time at the start.
 */
function withRequire({ path, text, contents }) {
  if (!text.includes('Dynamic require of "')) return { path, contents };
  const [comment, ...code] = text.split('\n');
  const own = [
    "import { createRequire as createRequireOfNode } from 'node:module';",
    'const require = createRequireOfNode(import.meta.url);',
  ];
  return { path, contents: Buffer.from([comment, ...own, ...code].join('\n')) };
}

/** What is in the output; what was shaken out is not. */
function inputsOf({ outputs }) {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && !path.startsWith('global-process:'))
      .map(([path]) => path),
  );
}
