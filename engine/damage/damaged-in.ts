import { byteFromText, type BytePath } from '../../native/byte-path.ts';
import type { Layout } from '../generation/layout.ts';
import { readDamage } from './damage-record.ts';

/** Paths in a generation whose copies are known to be damaged; undefined when there are none. */
export function damagedIn(layout: Layout, generation: string): ReadonlySet<BytePath> | undefined {
  const paths = readDamage(layout)
    .flatMap(({ names }) => names)
    .filter((name) => name.generation === generation)
    .map(({ path }) => byteFromText(path));
  return paths.length === 0 ? undefined : new Set(paths);
}
