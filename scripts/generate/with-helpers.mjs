import { build } from 'esbuild';

/** ajv's code `require`s its few run-time helpers even as an ES module: take them in. */
export async function withHelpers(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname ?? process.cwd(), loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    write: false,
  });
  return outputFiles[0].text;
}
