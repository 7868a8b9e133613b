import { existsSync } from 'node:fs';
import { run } from './processes.mjs';

/** Whether packages can be installed here. */
export function canInstall() {
  return process.platform === 'linux' && process.getuid() === 0 && existsSync('/usr/bin/apt-get');
}

/** Runs apt-get; the lists of a fresh container are empty, so once more with new ones where it fails. */
export async function aptGet(...args) {
  try {
    return await runAptGet(args);
  } catch {
    await runAptGet(['update']);
    return runAptGet(args);
  }
}

function runAptGet(args, options = {}) {
  return run(['apt-get', '-qq', ...args], { ...options, env: { DEBIAN_FRONTEND: 'noninteractive' } });
}

/**
 * Puts a version of a package into a folder without installing it.
 * @returns the version that could be had: the one asked for, or another one that is not installed
 */
export async function unpackPackage(name, version, folder) {
  const wanted = [version, ...(await otherVersions(name))];
  for (const candidate of wanted) {
    try {
      await run(['apt-get', '-qq', '-o', 'APT::Sandbox::User=root', 'download', `${name}=${candidate}`], {
        cwd: folder,
      });
      // Colons are escaped in the names of packages.
      const file = `${folder}/${name}_${candidate.replaceAll(':', '%3a')}_${await architecture()}.deb`;
      await run(['dpkg', '-x', file, `${folder}/${name}-${candidate}`]);
      return candidate;
    } catch {
      // Mirrors keep few versions: try the next one.
    }
  }
  return undefined;
}

async function otherVersions(name) {
  const installed = await run(['dpkg-query', '-W', '-f', '${Version}', name]).catch(() => '');
  const lines = (await run(['apt-cache', 'madison', name]).catch(() => '')).trim().split('\n');
  return lines.map((line) => line.split('|')[1]?.trim()).filter((version) => version && version !== installed);
}

async function architecture() {
  return (await run(['dpkg', '--print-architecture'])).trim();
}
