import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { mountImage } from './mounts.ts';
import type { Sandbox } from './sandbox.ts';

/** A btrfs of its own, and a journal of snapshots that no other test sees. */
export class BtrfsDisk {
  readonly root: string;
  /** What the engine has to be started with. */
  readonly environment: Record<string, string>;
  readonly #state: string;

  constructor(sandbox: Sandbox) {
    this.root = mountImage(sandbox.path('btrfs.img'), sandbox.path('disk'), 'btrfs', 256);
    this.#state = sandbox.path('state');
    this.environment = { MIRRORBACKUP_STATE: this.#state };
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  makeSubvolume(...parts: string[]): string {
    btrfsTool('subvolume', 'create', this.path(...parts));
    return this.path(...parts);
  }

  /** Paths of all subvolumes, below the root of the disk, as btrfs-progs lists them. */
  subvolumes(): string[] {
    const lines = btrfsTool('subvolume', 'list', '-o', this.root).split('\n');
    const all = btrfsTool('subvolume', 'list', this.root).split('\n');
    return [...new Set([...lines, ...all])]
      .map((line) => / path (.*)$/u.exec(line)?.[1] ?? '')
      .filter((path) => path !== '');
  }

  /** Snapshots of ours that exist. */
  snapshots(): string[] {
    return this.subvolumes().filter((path) => path.includes('.mirrorbackup-snapshots/'));
  }

  /** Entries of the journal. */
  /** Lets a minute pass for what killed processes have left half-written. */
  age(): void {
    const past = new Date(Date.now() - 120_000);
    for (const part of ['snapshots', 'processes']) {
      const folder = join(this.#state, part);
      if (existsSync(folder)) for (const name of readdirSync(folder)) utimesSync(join(folder, name), past, past);
    }
  }

  journal(): string[] {
    const folder = join(this.#state, 'snapshots');
    return existsSync(folder) ? readdirSync(folder) : [];
  }

  /** Locks of processes that have snapshots. */
  locks(): string[] {
    const folder = join(this.#state, 'processes');
    return existsSync(folder) ? readdirSync(folder) : [];
  }
}

export function btrfsTool(...args: string[]): string {
  const result = spawnSync('btrfs', args, { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`btrfs ${args.join(' ')}: ${result.stderr || String(result.error)}`);
  return result.stdout;
}
