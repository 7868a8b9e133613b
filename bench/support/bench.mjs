import { build } from '../../scripts/build.mjs';
import { hasPowerShell } from './cmdlet.mjs';
import { describeMachine } from './machine.mjs';
import { run } from './processes.mjs';
import { compilePrograms } from './programs.mjs';
import { findRsyncs } from './rsync.mjs';
import { timed } from './timed.mjs';
import { openVolume } from './volume.mjs';

const KIB = 1024;
const GIB = KIB ** 3;

/** What all scenarios work with. */
class Bench {
  constructor(parts, signal) {
    Object.assign(this, parts);
    this.signal = signal;
  }

  path(...parts) {
    return this.volume.path(...parts);
  }

  hasPeer(name) {
    return this.options.peers.includes(name);
  }

  /** Runs a program that is not measured. */
  run(...command) {
    return run(command, { signal: this.signal });
  }

  /** Runs a program and returns what it cost. */
  timed(command, options) {
    return timed(this, command, options);
  }

  tree(...args) {
    return this.run(this.programs.tree, ...args.map(String));
  }

  limit(...args) {
    return this.run(this.programs.limit, ...args.map(String));
  }

  timedLimit(...args) {
    return this.timed([this.programs.limit, ...args.map(String)]);
  }

  timedFlush() {
    return this.timed(['sync', '-f', this.volume.root]);
  }

  remove(...paths) {
    return this.run('rm', '-rf', ...paths);
  }
}

/** Builds, downloads and mounts what is needed. */
export async function prepareBench(options, signal) {
  await build();
  const parts = {
    options,
    programs: await compilePrograms(),
    rsyncs: await findRsyncs(options.peers),
    hasPowerShell: await hasPowerShell(),
  };
  if (!parts.hasPowerShell) console.log('There is no PowerShell: the cmdlets are not measured.');
  signal.throwIfAborted();
  const volume = await openVolume(options, roomFor(options));
  return new Bench({ ...parts, volume, machine: describeMachine(volume, options) }, signal);
}

/** At most four trees with content are there at a time, and some of links. */
function roomFor({ files, only, scale }) {
  const hasLarge = only.some((name) => !['scale', 'start', 'wine'].includes(name));
  const large = hasLarge ? files : 0;
  const tiny = only.includes('scale') ? Math.max(...scale) : 0;
  return {
    bytes: Math.round(Math.max(large * 4 * 14 * KIB, tiny * 4 * KIB) + GIB),
    inodes: Math.round(Math.max(large * 6, tiny * 3) * 1.1) + 50_000,
  };
}
