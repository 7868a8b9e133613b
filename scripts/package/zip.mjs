import { zipSync } from 'fflate';

/** Zip files have local time without a zone: the same everywhere. */
const date = new Date(1980, 0, 1);
const unix = 3;

/**
 * The same files make the same bytes.
 * @param {Map<string, { contents: Buffer, mode: number }>} files by their path
 */
export function zip(files) {
  const entries = [...files].map(([path, { contents, mode }]) => [
    path,
    [contents, { mtime: date, os: unix, attrs: (0o100000 | mode) << 16 }],
  ]);
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}
