import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { extname, join } from 'node:path';

/** Enough to be a real tree, little enough for a demo of half a minute. */
const MOST_FILES = 8_000;
const MOST_BYTES = 120 * 1024 * 1024;
const LARGEST_FILE = 16 * 1024 * 1024;
const FEWEST_FILES = 3_000;
const TEXT = new Set(['.conf', '.css', '.html', '.js', '.json', '.md', '.rst', '.svg', '.txt', '.xml']);

/**
 * Copies a good part of a tree that is on this machine, and picks what the demo will change in it.
 * @param target folder that does not exist yet
 * @param packages a tree that certainly exists
 * @returns where the files come from, how many they are, and paths to change, relative to the folder above `target`
 */
export function copyRealTree(target, packages) {
  const candidates = ['/usr/share', packages, '/usr/lib/node_modules'].filter((path) => existsSync(path));
  for (const [number, from] of candidates.entries()) {
    const copy = new TreeCopy();
    copy.folder(from, target, 'files');
    if (copy.files.length >= FEWEST_FILES || number === candidates.length - 1) return { from, ...choose(copy) };
    rmSync(target, { recursive: true });
  }
  throw new Error('no tree to back up was found.');
}

class TreeCopy {
  files = [];
  /** Folders that hold nothing but files, with how many. */
  leaves = [];
  #bytes = 0;

  folder(from, to, path) {
    mkdirSync(to);
    const entries = readdirSync(from, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    let count = 0;
    for (const entry of entries) {
      const [source, target, below] = [join(from, entry.name), join(to, entry.name), `${path}/${entry.name}`];
      if (this.files.length >= MOST_FILES || this.#bytes >= MOST_BYTES) break;
      try {
        if (entry.isDirectory()) this.folder(source, target, below);
        else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
        else if (entry.isFile()) count += this.#file(source, target, below);
      } catch (error) {
        // Not everything on a machine can be read by everyone.
        if (error.code !== 'EACCES' && error.code !== 'EPERM') throw error;
      }
    }
    if (!entries.some((entry) => entry.isDirectory())) this.leaves.push({ path, count });
  }

  #file(source, target, path) {
    const { size, mode, atimeMs, mtimeMs } = lstatSync(source);
    if (size > LARGEST_FILE) return 0;
    copyFileSync(source, target);
    chmodSync(target, (mode & 0o777) | 0o600);
    utimesSync(target, atimeMs / 1000, mtimeMs / 1000);
    this.files.push({ path, size });
    this.#bytes += size;
    return 1;
  }
}

/** What the demo changes: files far apart, and a folder worth renaming. */
function choose({ files, leaves }) {
  const texts = files.filter(({ path, size }) => TEXT.has(extname(path)) && size > 200);
  const rename = leaves.filter(({ count }) => count >= 5).sort((a, b) => a.path.length - b.path.length)[0] ?? leaves[0];
  const spread = [...(texts.length >= 8 ? texts : files)]
    .map(({ path }) => path)
    .filter((path) => !path.startsWith(`${rename.path}/`) && !/[[\]*?`'"]/.test(path))
    .sort((a, b) => a.length - b.length)
    .slice(0, 40);
  const at = (share) => spread[Math.floor(share * (spread.length - 1))];
  return {
    count: files.length,
    edit: [at(0), at(0.25), at(0.5)],
    chmod: at(0.75),
    remove: [at(0.9), at(1)],
    rename: rename.path,
  };
}
