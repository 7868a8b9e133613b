import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Installs the packages that bring programs this machine lacks, where that is possible: as root, on Debian.
 * @param {Record<string, string>} tools program → the Debian package that brings it
 * @returns {string[]} the programs that are still missing
 */
export function installDebianPackages(tools) {
  const missing = missingTools(tools);
  if (missing.length === 0 || process.platform !== 'linux' || process.getuid() !== 0 || !isInstalled('apt-get'))
    return missing;
  const packages = [...new Set(missing.map((tool) => tools[tool]))];
  console.log(`Installing ${packages.join(', ')}.`);
  if (!install(packages)) {
    // The lists of a fresh container are empty.
    aptGet('update');
    install(packages);
  }
  return missingTools(tools);
}

/** Whether a program is where programs are, those of the administrator included. */
export function isInstalled(tool) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, tool)));
}

function missingTools(tools) {
  return Object.keys(tools).filter((tool) => !isInstalled(tool));
}

function install(packages) {
  return aptGet('install', '-y', '--no-install-recommends', ...packages);
}

function aptGet(...args) {
  const { status } = spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}
