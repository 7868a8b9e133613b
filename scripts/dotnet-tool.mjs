// Publishes a C# tool of this repository and remembers the sources it came from.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lockTimeout = 10 * 60_000;

/**
 * Each state of the sources gets its own folder, <output>/<hash>: a running tool is never overwritten, a
 * finished folder appears by one rename, and two callers at once at worst build it twice. A tool for another system
 * than this (`runtime`) brings its .NET along.
 */
export function dotnetTool({ project, output, executable, publish = [], missing, runtime = runtimeId() }) {
  const sources = path.join(root, project);
  const folder = path.join(root, output, hashOf(sources, [runtime, ...publish]));
  const file = path.join(folder, runtime.startsWith('win-') ? `${executable}.exe` : executable);
  if (fs.existsSync(file)) {
    return file;
  }

  return withLock(path.join(root, output), () => {
    if (!fs.existsSync(file)) {
      build({ sources, folder, output: path.join(root, output), publish, missing, runtime });
    }

    return file;
  });
}

function hashOf(folder, options) {
  const hash = createHash('sha256').update(JSON.stringify([process.platform, process.arch, options]));
  const names = fs
    .readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /\.(cs|csproj|props|resx)$/.test(name))
    .sort();
  for (const name of names) {
    hash.update(`\0${name}\0`).update(fs.readFileSync(path.join(folder, name)));
  }

  return hash.digest('hex').slice(0, 16);
}

function build({ sources, folder, output, publish, missing, runtime }) {
  const temporary = `${folder}.${process.pid}.tmp`;
  const isForeign = runtime !== runtimeId();
  const result = spawnSync(
    'dotnet',
    [
      'publish',
      sources,
      '--configuration',
      'Release',
      '--runtime',
      runtime,
      isForeign ? '--self-contained' : '--no-self-contained',
      // Two publications of one project must not share what they write on the way.
      ...(isForeign ? [`-p:BaseIntermediateOutputPath=${output}/obj/`] : []),
      '--output',
      temporary,
      '--nologo',
      '--verbosity',
      'quiet',
      ...publish,
    ],
    {
      encoding: 'utf8',
      // Another restore of the same checkout must not share node reuse or the terminal logger.
      env: {
        ...process.env,
        DOTNET_CLI_TELEMETRY_OPTOUT: '1',
        DOTNET_NOLOGO: '1',
        MSBUILDDISABLENODEREUSE: '1',
        MSBUILDTERMINALLOGGER: 'off',
      },
    },
  );
  if (result.error?.code === 'ENOENT') {
    fail(missing);
  }

  if (result.status !== 0) {
    fs.rmSync(temporary, { recursive: true, force: true });
    fail(`dotnet publish ${path.relative(root, sources)} failed:\n${result.stdout}${result.stderr}`);
  }

  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(temporary, folder);
  removeOld(output, folder);
}

// A tool of an earlier state may still run somewhere; a day is longer than any run.
function removeOld(output, current) {
  for (const entry of fs.readdirSync(output, { withFileTypes: true })) {
    const found = path.join(output, entry.name);
    if (
      entry.isDirectory() &&
      entry.name !== 'obj' &&
      found !== current &&
      Date.now() - fs.statSync(found).mtimeMs > 24 * 60 * 60_000
    ) {
      fs.rmSync(found, { recursive: true, force: true });
    }
  }
}

/** Two npm scripts at once: the second waits for the first one's build. The lock of a dead process is ignored. */
function withLock(output, action) {
  fs.mkdirSync(output, { recursive: true });
  const lock = path.join(output, '.lock');
  const deadline = Date.now() + lockTimeout;
  while (!tryLock(lock)) {
    if (Date.now() > deadline) {
      fail(`Another build has held ${lock} for ten minutes; delete it if no build is running.`);
    }

    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }

  // A failed build ends the process without coming back here.
  const release = () => fs.rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return action();
  } finally {
    process.off('exit', release);
    release();
  }
}

function tryLock(lock) {
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw error;
    }
  }

  if (!isAlive(readPid(lock))) {
    fs.rmSync(lock, { force: true });
  }

  return false;
}

function readPid(lock) {
  try {
    return Number(fs.readFileSync(lock, 'utf8')) || process.pid;
  } catch {
    return process.pid;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function runtimeId() {
  const system = { win32: 'win', darwin: 'osx', linux: 'linux' }[process.platform] ?? process.platform;
  return `${system}-${process.arch}`;
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
