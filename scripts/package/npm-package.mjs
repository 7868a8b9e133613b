import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../build/package', import.meta.url));

/**
 * A package of the registry, for whatever platform, without installing it. It is downloaded once; what is in the cache is
 * used only if it is what `integrity` says.
 * @returns {(path: string) => Buffer} reads a file of the package
 */
export function npmPackage({ name, version, integrity }) {
  const file = join(cache, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  if (!existsSync(file)) download(`${name}@${version}`, file);
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (found !== integrity) {
    rmSync(file);
    throw new Error(`${name}@${version} from the registry has ${found}, not ${integrity}: it was thrown away.`);
  }
  return (path) => readFrom(file, path);
}

/** The version and integrity that package-lock.json has for a package. */
export function lockedPackage(lock, name) {
  const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
  if (integrity === undefined) throw new Error(`package-lock.json does not have ${name}.`);
  return { name, version, integrity };
}

function download(spec, file) {
  mkdirSync(cache, { recursive: true });
  // Another packaging may do the same.
  const folder = mkdtempSync(join(cache, 'download-'));
  try {
    const args = ['pack', spec, '--pack-destination', '.', '--loglevel=error'];
    const onWindows = process.platform === 'win32';
    // npm is a script there, which only a shell starts.
    const { status, error, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8', shell: onWindows });
    if (status !== 0) throw new Error(`npm could not download ${spec}: ${error?.message ?? stderr}`);
    renameSync(join(folder, file.slice(cache.length + 1)), file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readFrom(file, path) {
  const { status, error, stdout, stderr } = spawnSync('tar', ['-xzOf', file, `package/${path}`], {
    maxBuffer: 1024 ** 3,
  });
  if (status !== 0) throw new Error(`${path} of ${file} cannot be read: ${error?.message ?? stderr}`);
  return stdout;
}
