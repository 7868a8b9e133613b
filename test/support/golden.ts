import { readFileSync, writeFileSync } from 'node:fs';

/** The text of a golden file; with MIRRORBACKUP_GOLDEN=write the given text becomes it. */
export function golden(file: URL, text: string): string {
  if (process.env['MIRRORBACKUP_GOLDEN'] === 'write') writeFileSync(file, text);
  return readFileSync(file, 'utf8');
}
