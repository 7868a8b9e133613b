import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const line = '-'.repeat(78);

/**
 * THIRD-PARTY-NOTICES.txt: whatever the package has of others, with their licences.
 * @param {string} root the checkout
 * @param {string[]} inputs the files that were bundled
 * @param {{ name: string, version: string, text: string }[]} more what comes as a binary
 */
export function thirdPartyNotices(root, inputs, more) {
  const packages = [...bundledPackages(root, inputs)].map((path) => describe(join(root, path)));
  const all = [...packages, ...more].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    'MirrorBackup contains software of others. What it is, and the terms under which it may be used:\n',
    ...all.map(({ name, version, text }) => `${line}\n${name} ${version}\n${line}\n\n${text.trim()}\n`),
  ].join('\n');
}

/** The folders of the packages, such as `node_modules/koffi`. */
function bundledPackages(root, inputs) {
  const own = inputs.filter((path) => !path.includes('node_modules/'));
  const folders = [...inputs, ...own.flatMap((path) => bundledBefore(join(root, path)))].map(
    (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0],
  );
  return new Set(folders.filter((folder) => folder !== undefined));
}

/** What a generated file has of packages: esbuild leaves the path of each file in front of it. */
function bundledBefore(file) {
  return [...readFileSync(file, 'utf8').matchAll(/^\/\/ (node_modules\/.*)$/gm)].map(([, path]) => path);
}

function describe(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { name, version, text: [folder, ...vendored(folder)].map(licenceOf).join(`\n\n`) };
}

/** koffi's binaries have these in them. */
function vendored(folder) {
  const path = join(folder, 'vendor');
  return existsSync(path)
    ? readdirSync(path)
        .sort()
        .map((name) => join(path, name))
    : [];
}

function licenceOf(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)([.-].*)?$/i.test(name));
  if (file === undefined) throw new Error(`${folder} is bundled, and has no file with its licence.`);
  return readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
}
