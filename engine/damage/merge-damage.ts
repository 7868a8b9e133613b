import type { DamagedCopy, DamagedName } from './damaged-copy.ts';

/** What a test has looked at. */
export interface Tested {
  /** What was found later than that, it cannot tell. In ISO 8601. */
  startedAt: string;
  /** Generations that were tested to their end. */
  generations: ReadonlySet<string>;
  /** `All`: every copy was read; `Some`: what was known of contents still holds. */
  content: 'All' | 'Some';
  /** Generations that there are. */
  existing: ReadonlySet<string>;
}

/** What is known after a test: what it found, and what was known before of that which it has not looked at. */
export function mergeDamage(
  known: readonly DamagedCopy[],
  found: readonly DamagedCopy[],
  tested: Tested,
): DamagedCopy[] {
  const result = found.map((copy) => ({ ...copy, names: [...copy.names] }));
  const byName = new Map(result.flatMap((copy) => copy.names.map((name) => [keyOf(copy, name), copy] as const)));
  for (const before of known) {
    const again = before.names.map((name) => byName.get(keyOf(before, name))).find((copy) => copy !== undefined);
    const left = before.names.filter((name) => !byName.has(keyOf(before, name)) && isKept(before, name, tested));
    if (again?.kind === before.kind) {
      again.names.push(...left);
      if (before.foundAt < again.foundAt) again.foundAt = before.foundAt;
    } else if (left.length > 0) result.push({ ...before, names: left });
  }
  return result;
}

function isKept({ kind, foundAt }: DamagedCopy, { generation }: DamagedName, tested: Tested): boolean {
  if (!tested.existing.has(generation)) return false;
  if (!tested.generations.has(generation) || foundAt > tested.startedAt) return true;
  return tested.content === 'Some' && (kind === 'ContentDamaged' || kind === 'Unreadable');
}

/** Its metadata may be another while what is known of the content still holds: that is damage of its own. */
function keyOf({ kind }: DamagedCopy, { generation, path }: DamagedName): string {
  return `${kind === 'MetadataChanged' ? 'metadata' : 'content'} ${generation}/${path}`;
}
