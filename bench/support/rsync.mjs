import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { aptGet, canInstall, unpackPackage } from './apt.mjs';
import { canRun, run } from './processes.mjs';
import { buildFolder } from './programs.mjs';

const OLD = '3.2.7-1+deb12u6';

/** The rsyncs to compare with, by the name of the peer: { path, label }. Those that cannot be had are left out. */
export async function findRsyncs(peers) {
  const found = {};
  if (peers.includes('rsync-3.2.7')) found['rsync-3.2.7'] = await downloadedRsync();
  if (peers.includes('rsync')) found.rsync = await installedRsync();
  for (const name of Object.keys(found)) {
    if (found[name]) found[name] = { path: found[name], label: `rsync ${await versionOf(found[name])}` };
    else delete found[name];
  }
  return found;
}

/** The one from before paths were resolved anew for every call. */
async function downloadedRsync() {
  const known = readdirSync(buildFolder).find((name) => name.startsWith('rsync-'));
  const version = known?.slice('rsync-'.length) ?? (await unpackPackage('rsync', OLD, buildFolder));
  const path = join(buildFolder, `rsync-${version}`, 'usr/bin/rsync');
  if (version === undefined || !existsSync(path)) {
    console.log(`rsync ${OLD} cannot be downloaded: it is left out.`);
    return undefined;
  }
  if (version !== OLD) console.log(`rsync ${OLD} cannot be downloaded: rsync ${version} takes its place.`);
  return path;
}

async function installedRsync() {
  if (await canRun('rsync', '--version')) return 'rsync';
  if (canInstall()) await aptGet('install', '-y', '--no-install-recommends', 'rsync').catch(() => undefined);
  if (await canRun('rsync', '--version')) return 'rsync';
  console.log('There is no rsync: it is left out.');
  return undefined;
}

async function versionOf(path) {
  return (await run([path, '--version'])).match(/version (\S+)/)?.[1] ?? '?';
}
