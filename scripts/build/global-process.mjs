/**
 * An esbuild plugin: libraries that import node:process get the global `process`. Node.js reads every property of it for
 * such an import, also `title`; and on Windows libuv ends a program that asks for its title without having a console:
 * https://github.com/libuv/libuv/blob/v1.x/src/win/util.c (uv_get_process_title).
 * @type {import('esbuild').Plugin}
 */
export const globalProcess = {
  name: 'global-process',
  setup(build) {
    build.onResolve({ filter: /^(node:)?process$/ }, () => ({ path: 'process', namespace: 'global-process' }));
    // CommonJS, of which esbuild reads a property when it is used.
    build.onLoad({ filter: /.*/, namespace: 'global-process' }, () => ({ contents: 'module.exports = process;' }));
  },
};
