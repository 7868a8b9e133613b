import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';

/** Runs `npm ci` where what is installed is not what package-lock.json says. */
export async function installPackages(root) {
  if (isInstalled(root)) return;
  await withLock(join(root, '.bootstrap.lock'), () => {
    // Another process may have done it while this one waited.
    if (!isInstalled(root)) install(root);
  });
}

/**
 * Compares package-lock.json with npm's own record of what it installed. Packages for other platforms are optional, and
 * rightly missing.
 */
function isInstalled(root) {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' ||
      (installed[path]?.version === version && existsSync(join(root, path))) ||
      (optional && !installed[path]),
  );
}

function install(root) {
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const [command, commandArgs] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
  const { status, error, stdout, stderr } = spawnSync(command, commandArgs, {
    cwd: root,
    encoding: 'utf8',
    // npm is a script there, which only a shell starts.
    shell: command === 'npm' && process.platform === 'win32',
    // What a calling npm has set is about its own run.
    env: Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !/^npm_(config|package|lifecycle)_/i.test(name) || isUserSetting(name),
      ),
    ),
  });
  if (error !== undefined) throw new Error(`npm could not be started: ${error.message}`);
  if (status !== 0) throw new Error(`npm ci failed:\n${stdout}${stderr}`);
}

/** Registry, proxy and certificates reach npm through the environment on some machines. */
function isUserSetting(name) {
  return /^npm_config_(registry|proxy|https_proxy|https-proxy|noproxy|cafile|ca|userconfig|globalconfig|cache|strict_ssl|strict-ssl)$/i.test(
    name,
  );
}
