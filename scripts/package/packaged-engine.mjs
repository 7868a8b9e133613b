import { relative, sep } from 'node:path';
import { bundleEngine } from '../build/bundle-engine.mjs';

/**
 * The engine as it is in the package: with koffi in it, whose binaries are beside it.
 * @returns {Promise<{ files: Map<string, Buffer>, inputs: string[] }>} files by their path below `engine`
 */
export async function packagedEngine(version) {
  const replaced = new Set();
  const { outputFiles, inputs } = await bundleEngine('engine', {
    plugins: [koffiBinaries(replaced)],
    comment: `MirrorBackup ${version}. The licences of what is in here are in THIRD-PARTY-NOTICES.txt.`,
  });
  if (replaced.size === 0)
    throw new Error('koffi no longer finds its binaries in src/static.js: see packaged-engine.mjs.');
  const files = new Map(outputFiles.map(({ path, contents }) => [pathBelow(path), Buffer.from(contents)]));
  return { files, inputs };
}

function pathBelow(path) {
  return relative('engine', path).replaceAll(sep, '/');
}

/**
 * Where koffi looks for its binaries first, is a file made for that: it has one `require` for each platform. This one
 * looks beside the engine and nowhere else. koffi's own would go on in each node_modules up to the root of the volume,
 * where others may write.
 * @see https://koffi.dev/packaging
 */
function koffiBinaries(replaced) {
  return {
    name: 'koffi-binaries',
    setup(build) {
      build.onLoad({ filter: /[\\/]koffi[\\/]src[\\/]koffi[\\/]src[\\/]static\.js$/ }, ({ path }) => {
        replaced.add(path);
        return { loader: 'js', contents: loader };
      });
    },
  };
}

const loader = `
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export function loadStatic(platform) {
  const file = join(import.meta.dirname, 'koffi', platform + '.node');
  if (!existsSync(file)) throw new Error(\`'\${file}' is missing.\`);
  return createRequire(import.meta.url)(file);
}
`;
