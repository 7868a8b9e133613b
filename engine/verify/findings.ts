import type { NativeErrorText } from '../../native/index.ts';
import type { DamagedName } from '../damage/damaged-copy.ts';
import type { Layout } from '../generation/layout.ts';
import type { Damage } from '../types/protocol.ts';
import type { Finding } from './verify-plan.ts';

/** One damaged copy, or one name without any, with what the generations tested so far have of it. */
export interface FoundDamage {
  kind: Damage['kind'];
  /** Undefined where no other name can share it. */
  copy: string | undefined;
  /** Names it has in all. */
  links: number;
  names: DamagedName[];
  expected: string | undefined;
  actual: string | undefined;
  native: NativeErrorText | undefined;
}

/**
 * Puts findings together: a damaged copy is told once, as soon as all its names were met, or at the end. Holds what is
 * damaged, and nothing else.
 */
export class Findings {
  readonly #layout: Layout;
  readonly #tell: (damages: Damage[]) => void;
  readonly #open = new Map<string, FoundDamage>();
  readonly #all: FoundDamage[] = [];
  #told = 0;

  constructor(layout: Layout, tell: (damages: Damage[]) => void) {
    this.#layout = layout;
    this.#tell = tell;
  }

  /** Damages told so far. */
  get told(): number {
    return this.#told;
  }

  /** All of them but what is extra, and the manifests. */
  get all(): readonly FoundDamage[] {
    return this.#all;
  }

  add(generation: string, findings: readonly Finding[]): void {
    const complete: FoundDamage[] = [];
    for (const finding of findings) {
      const found = this.#put(generation, finding);
      // The thread that has read the copy may be the last to tell.
      const isKnown = found.kind !== 'ContentDamaged' || found.actual !== undefined;
      if (found.names.length < found.links || !isKnown) continue;
      complete.push(found);
      if (found.copy !== undefined) this.#open.delete(openKey(found.kind, found.copy));
    }
    this.#emit(complete);
  }

  manifestDamaged(generation: string, actual: string): void {
    const path = this.#layout.manifest(generation);
    this.#told++;
    this.#tell([
      {
        kind: 'ManifestDamaged',
        setPath: this.#layout.set,
        path,
        generations: [generation],
        paths: [path],
        expected: null,
        actual,
      },
    ]);
  }

  /** Tells of copies with names that were not tested. */
  end(): void {
    this.#emit([...this.#open.values()]);
    this.#open.clear();
  }

  #put(generation: string, finding: Finding): FoundDamage {
    const { kind, path, copy, links, expected, actual, native } = finding;
    const key = copy === undefined ? undefined : openKey(kind, copy);
    const known = key === undefined ? undefined : this.#open.get(key);
    const name = { generation, path };
    if (known) {
      known.names.push(name);
      known.expected ??= expected;
      known.actual ??= actual;
      known.native ??= native;
      return known;
    }
    const found: FoundDamage = { kind, copy, links, names: [name], expected, actual, native };
    if (key !== undefined) this.#open.set(key, found);
    if (kind !== 'Extra') this.#all.push(found);
    return found;
  }

  #emit(found: readonly FoundDamage[]): void {
    if (found.length === 0) return;
    this.#told += found.length;
    this.#tell(found.map((one) => this.#describe(one)));
  }

  #describe({ kind, names, expected, actual, native }: FoundDamage): Damage {
    const sorted = names.toSorted((a, b) => compare(a.generation, b.generation) || compare(a.path, b.path));
    const newest = sorted[sorted.length - 1];
    return {
      kind,
      setPath: this.#layout.set,
      path: newest.path,
      generations: [...new Set(sorted.map(({ generation }) => generation))],
      paths: sorted.map(({ generation, path }) => `${generation}/${path}`),
      expected: expected ?? null,
      actual: actual ?? null,
      ...(native && { native: { ...native } }),
    };
  }
}

function openKey(kind: string, copy: string): string {
  return `${kind} ${copy}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
