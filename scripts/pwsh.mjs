// Runs a script or command with this checkout's module importable by name: in pwsh if there is one, else in
// the host of module/host. Arguments, streams and exit code are those of pwsh.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureHost } from './host.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const onWindows = process.platform === 'win32';
// Windows may spell it Path; a second spelling would make two variables of it.
const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';

const child = spawn(findPwsh() ?? ensureHost(), argumentsFor(process.argv.slice(2)), {
  stdio: 'inherit',
  env: {
    ...process.env,
    [pathName]: prepend(path.join(root, 'node_modules', '.bin'), process.env.PATH),
    PSModulePath: modulePath(),
  },
});

// The child decides what a signal means, and its exit code is ours. A Ctrl+C has reached it already, with the
// whole process group; it takes the second one for the same.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}

child.on('error', (error) => {
  process.stderr.write(`PowerShell could not be started: ${error.message}\n`);
  process.exitCode = 1;
});
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (os.constants.signals[signal] ?? 0);
});

// Profiles and logos are of no use here; pwsh would load and show them.
function argumentsFor(given) {
  return ['-NoLogo', '-NoProfile', ...given];
}

function findPwsh() {
  const name = onWindows ? 'pwsh.exe' : 'pwsh';
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .map((folder) => path.join(folder, name))
    .find((file) => isExecutable(file));
}

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

// PowerShell puts the user's module folder before all others unless it is in the list already, and an
// installed MirrorBackup there must not win over the checkout.
function modulePath() {
  const own = path.join(root, 'module');
  if (process.env.PSModulePath) {
    return prepend(own, process.env.PSModulePath);
  }

  return onWindows
    ? prepend(own, path.join(os.homedir(), 'Documents', 'PowerShell', 'Modules'))
    : prepend(
        own,
        path.join(process.env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share'), 'powershell', 'Modules'),
      );
}

function prepend(first, rest) {
  return [first, ...(rest ?? '').split(path.delimiter).filter((entry) => entry && entry !== first)].join(
    path.delimiter,
  );
}
