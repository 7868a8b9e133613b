import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runWindowsNode, windowsPath } from '../../scripts/wine/run.ts';
import { buildDoubles, standIn } from '../doubles/build.ts';
import { itemsBelow, readProperties, removeReparseData, writeProperties } from './ntfs-properties.ts';
import type { NtfsProperties } from './ntfs-properties.ts';
import type { NtfsVolume } from './ntfs-volume.ts';

/**
 * Carries what Wine does not see of a volume between ntfs-3g and the double of NTFS (test/doubles/ntfs), which keeps it
 * by volume and file id: an engine for Windows finds there what is on the volume, and what it writes gets there.
 */
export class NtfsExchange {
  readonly #volume: NtfsVolume;
  readonly #store: string;
  readonly #serial: string;

  private constructor(volume: NtfsVolume, store: string, serial: string) {
    this.#volume = volume;
    this.#store = store;
    this.#serial = serial;
  }

  static async on(volume: NtfsVolume, store: string): Promise<NtfsExchange> {
    // Wine makes serial numbers up; Node.js calls them devices.
    const { stdout } = await runWindowsNode(['-p', `fs.statSync(${JSON.stringify(`${volume.drive}\\`)}).dev`]);
    return new NtfsExchange(volume, store, hex(Number(stdout), 4));
  }

  /** What an engine for Windows needs in its environment. */
  get environment(): Record<string, string> {
    return {
      MIRRORBACKUP_NATIVE_LIBRARIES: standIn('ntfs', windowsPath(buildDoubles()['ntfs'] ?? '')),
      MIRRORBACKUP_DOUBLE_STORE: windowsPath(this.#store),
    };
  }

  /** From the volume to the double. Links become ordinary, else Wine would see links of Linux, and follow them. */
  toDouble(): void {
    rmSync(this.#store, { recursive: true, force: true });
    for (const { path, inode } of [...itemsBelow(this.#volume.folder)]) {
      const properties = readProperties(path);
      writeStored(this.#stored(inode), properties);
      if (properties.reparse) removeReparseData(path);
    }
    this.#volume.remount();
  }

  /** From the double to the volume. Mounted anew it shows what is on the disk. */
  toVolume(): void {
    for (const { path, inode } of [...itemsBelow(this.#volume.folder)]) {
      const stored = this.#stored(inode);
      if (existsSync(stored)) writeProperties(path, { ...readProperties(path), ...readStored(stored) });
    }
    this.#volume.remount();
  }

  #stored(inode: number): string {
    return join(this.#store, `${this.#serial}-${hex(inode, 8)}`);
  }
}

/** `struct Kept` of information.cpp: attributes, whether they are known, creation time. */
const Basic = { Attributes: 0, Known: 4, Created: 8, Size: 16 } as const;
const STREAM = 'stream-';

function writeStored(
  folder: string,
  { security, attributes, created, extended, reparse, streams }: NtfsProperties,
): void {
  mkdirSync(folder, { recursive: true });
  const basic = Buffer.alloc(Basic.Size);
  basic.writeUInt32LE(attributes, Basic.Attributes);
  basic.writeUInt32LE(1, Basic.Known);
  basic.writeBigInt64LE(created, Basic.Created);
  const items = { security, basic, ea: extended, reparse };
  for (const [name, data] of Object.entries(items)) if (data) writeFileSync(join(folder, name), data);
  for (const [name, data] of streams) writeFileSync(join(folder, STREAM + unitsOf(name)), data);
}

function readStored(folder: string): Partial<NtfsProperties> {
  const names = readdirSync(folder);
  const item = (name: string): Buffer | undefined =>
    names.includes(name) ? readFileSync(join(folder, name)) : undefined;
  const [security, basic, extended, reparse] = ['security', 'basic', 'ea', 'reparse'].map(item);
  const created = basic?.readBigInt64LE(Basic.Created);
  const streams = names
    .filter((name) => name.startsWith(STREAM))
    .map((name) => [textOf(name.slice(STREAM.length)), readFileSync(join(folder, name))] as const);
  return {
    ...(security && { security }),
    ...(basic && { attributes: basic.readUInt32LE(Basic.Attributes) }),
    // Never set: Wine's, which is the volume's.
    ...(created && { created }),
    ...(extended && { extended }),
    ...(reparse && { reparse }),
    streams: new Map(streams),
  };
}

/** Names of streams are kept as their UTF-16 units, four digits each. */
function unitsOf(name: string): string {
  return [...Array(name.length).keys()].map((at) => hex(name.charCodeAt(at), 2)).join('');
}

function textOf(units: string): string {
  return String.fromCharCode(...(units.match(/.{4}/gu) ?? []).map((unit) => Number.parseInt(unit, 16)));
}

function hex(value: number, bytes: number): string {
  return value.toString(16).padStart(2 * bytes, '0');
}
