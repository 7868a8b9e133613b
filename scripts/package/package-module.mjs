import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from '../generate.mjs';
import { packageManifest } from './manifest.mjs';
import { mergeFunctions } from './merge-functions.mjs';
import { thirdPartyNotices } from './notices.mjs';
import { lockedPackage, npmPackage } from './npm-package.mjs';
import { packagedEngine } from './packaged-engine.mjs';
import { releaseNotes } from './release-notes.mjs';
import { koffiBinary, platforms } from './targets.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = join(root, 'module/MirrorBackup');
const manifestName = 'MirrorBackup.psd1';
const noticesName = 'THIRD-PARTY-NOTICES.txt';

/** Which platforms a Node.js can be packed for, and from where. */
export const nodeBinaries = JSON.parse(readFileSync(new URL('node-binaries.json', import.meta.url), 'utf8'));

/**
 * All files of the package, in memory. The same sources make the same bytes.
 * @param {string[]} withNode platforms that get a Node.js
 * @returns {Promise<{ version: string, projectUri: string | undefined, files: Map<string, { contents: Buffer, mode: number }> }>}
 *   files by their path below the module's folder
 */
export async function packageModule(withNode = []) {
  await generate();
  const { version, homepage } = readJson('package.json');
  const lock = readJson('package-lock.json');
  const files = new Map();
  const add = (path, contents, mode = 0o644) => files.set(path, { contents: Buffer.from(contents), mode });

  for (const [path, contents] of scripts()) add(path, contents);
  add('LICENSE.txt', readFileSync(join(root, 'LICENSE')));
  const engine = await packagedEngine(version);
  for (const [path, contents] of engine.files) add(`engine/${path}`, contents);
  for (const platform of platforms) {
    const { name, path } = koffiBinary(platform);
    add(`engine/koffi/${platform}.node`, npmPackage(lockedPackage(lock, name))(path));
  }
  for (const platform of withNode) {
    const { program, read } = nodeFor(platform, lock);
    add(`engine/node/${platform}/${program.slice('bin/'.length)}`, read(program), 0o755);
  }
  const licences = withNode.length > 0 ? [nodeLicence(lock)] : [];
  add(noticesName, thirdPartyNotices(root, engine.inputs, licences));

  const names = sorted([...files.keys(), manifestName]);
  const notes = releaseNotes(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version);
  const facts = { version, notes, projectUri: homepage, files: names };
  add(manifestName, packageManifest(readFileSync(join(source, manifestName), 'utf8'), facts));
  return { version, projectUri: homepage, files: new Map(names.map((name) => [name, files.get(name)])) };
}

/** What is not compiled, and all functions in one file. */
function scripts() {
  const paths = sorted(
    readdirSync(source, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(source.length + 1)
          .replaceAll('\\', '/'),
      ),
  ).filter((path) => !path.startsWith('engine/') && path !== manifestName);
  const read = (path) => readFileSync(join(source, path), 'utf8');
  const functions = ['Private/', 'Public/'].flatMap((folder) => paths.filter((path) => path.startsWith(folder)));
  return paths
    .filter((path) => !functions.includes(path))
    .map((path) => {
      if (path !== 'MirrorBackup.psm1') return [path, readFileSync(join(source, path))];
      return [
        path,
        mergeFunctions(
          read(path),
          functions.map((name) => [name, read(name)]),
        ),
      ];
    });
}

function nodeFor(platform, lock) {
  const { version, packages } = nodeBinaries;
  const locked = lock.packages['node_modules/node'].version;
  if (version !== locked)
    throw new Error(
      `package-lock.json has Node.js ${locked}, scripts/package/node-binaries.json ${version}: bring it up to date.`,
    );
  const found = packages[platform];
  if (found === undefined)
    throw new Error(`There is no Node.js to pack for '${platform}', only for ${Object.keys(packages).join(', ')}.`);
  return { program: found.program, read: npmPackage({ ...found, version }) };
}

/** It is about all platforms, and not in the package for Windows. */
function nodeLicence(lock) {
  const text = nodeFor('linux-x64', lock).read('LICENSE').toString();
  return { name: 'Node.js', version: nodeBinaries.version, text };
}

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

/** By code units, whatever the language of the machine. */
function sorted(names) {
  return names.sort((a, b) => (a < b ? -1 : 1));
}
