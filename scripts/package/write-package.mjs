import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { zip } from './zip.mjs';

/**
 * Writes the folder MirrorBackup, and a zip file of it with its SHA-256 beside it. What was there before is replaced when
 * the new one is complete, but only if it was a package.
 * @returns the zip file's path, size and SHA-256
 */
export function writePackage({ version, files }, output) {
  const folder = join(output, 'MirrorBackup');
  if (existsSync(folder) && !isPackage(folder))
    throw new Error(`'${folder}' is not a package, and is left alone: choose another --output.`);
  const temporary = `${folder}.${process.pid}.tmp`;
  try {
    writeFiles(files, temporary);
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }

  const name = `MirrorBackup-${version}${hasNode(files) ? '-with-node' : ''}.zip`;
  const archive = zip(
    new Map([...files].map(([path, file]) => [`MirrorBackup/${version.split('-')[0]}/${path}`, file])),
  );
  const sha256 = createHash('sha256').update(archive).digest('hex');
  writeFileSync(join(output, name), archive);
  writeFileSync(join(output, `${name}.sha256`), `${sha256}  ${name}\n`);
  return { path: join(output, name), bytes: archive.length, sha256 };
}

function writeFiles(files, folder) {
  for (const [path, { contents, mode }] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
    chmodSync(file, mode);
  }
}

/** Not the sources, and not a folder with versions in it. */
function isPackage(folder) {
  return ['MirrorBackup.psd1', 'THIRD-PARTY-NOTICES.txt'].every((name) => existsSync(join(folder, name)));
}

function hasNode(files) {
  return [...files.keys()].some((path) => path.startsWith('engine/node/'));
}
