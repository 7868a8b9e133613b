import { byteFromText, type BytePath } from '../../native/byte-path.ts';
import { fsPath, type FsPath } from '../../native/fs-path.ts';
import { paths } from '../../native/paths.ts';

const OWN = '.mirrorbackup';

/** Folders below the set that belong to it, relative to the set. */
export const FOLDERS = {
  own: OWN,
  manifests: `${OWN}/manifests`,
  staging: `${OWN}/staging`,
  work: `${OWN}/work`,
  trash: `${OWN}/trash`,
  journal: `${OWN}/journal`,
  logs: `${OWN}/logs`,
  pins: `${OWN}/pins`,
  findings: `${OWN}/findings`,
} as const;

/** Where things are in a backup set. `path…` results are for `node:fs`, the others are relative to the set. */
export class Layout {
  /** Absolute path of the set, as text, in its normal form. */
  readonly set: string;
  readonly setBytes: BytePath;

  constructor(set: string) {
    this.set = set;
    this.setBytes = byteFromText(set);
  }

  path(...parts: string[]): FsPath {
    return fsPath(this.set, ...parts);
  }

  /** The same as text, for messages and results. */
  text(...parts: string[]): string {
    return paths.join(this.set, ...parts);
  }

  get settings(): string {
    return `${OWN}/set.json`;
  }

  get lock(): string {
    return `${OWN}/lock`;
  }

  get latest(): string {
    return 'latest';
  }

  get newLatest(): string {
    return `${OWN}/latest.new`;
  }

  manifest(name: string): string {
    return `${FOLDERS.manifests}/${name}.manifest`;
  }

  staging(name: string): string {
    return `${FOLDERS.staging}/${name}`;
  }

  /** How long the run took, known only after the manifest was written. */
  timing(name: string): string {
    return `${FOLDERS.manifests}/${name}.timing`;
  }

  /** What the makers of a snapshot have handed over with it. */
  snapshot(name: string): string {
    return `${FOLDERS.manifests}/${name}.snapshot`;
  }

  /** Scratch space of a run: unfinished copies, names of hard-linked files, the manifest under construction. */
  work(name: string): string {
    return `${FOLDERS.work}/${name}`;
  }

  trash(name: string): string {
    return `${FOLDERS.trash}/${name}`;
  }

  journal(name: string): string {
    return `${FOLDERS.journal}/${name}.json`;
  }

  log(name: string): string {
    return `${FOLDERS.logs}/${name}.jsonl`;
  }

  /** What protects a generation from removal: by being there. */
  pin(name: string): string {
    return `${FOLDERS.pins}/${name}.json`;
  }
}
