import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { EngineError } from '../errors/engine-error.ts';
import { readSummary } from '../manifest/manifest-file.ts';
import type { ManifestSummary } from '../manifest/summary.ts';
import type { Generation } from '../types/protocol.ts';
import { engineVersion } from '../types/version.ts';
import { isGenerationName, timeOf } from './generation-name.ts';
import { FOLDERS, type Layout } from './layout.ts';
import { readPin, type Pin } from './pins.ts';

/** Names of the generations in the set, oldest first: folders that were committed. */
export function generationNames(layout: Layout): string[] {
  return readdirSync(layout.path(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isGenerationName(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** Names of interrupted runs, oldest first. */
export function stagedNames(layout: Layout): string[] {
  return readdirSync(layout.path(FOLDERS.staging), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isGenerationName(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** What the newest generation with a readable manifest says of itself. */
export function newestSummary(layout: Layout): ManifestSummary | undefined {
  for (const name of generationNames(layout).reverse()) {
    try {
      return readSummary(layout.path(layout.manifest(name)), layout.text(layout.manifest(name)));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
    }
  }
  return undefined;
}

/** A generation as it was recorded, with the set's path as it is now. */
export function readGeneration(layout: Layout, name: string): Generation {
  return generationOf(
    readSummary(layout.path(layout.manifest(name)), layout.text(layout.manifest(name))),
    layout,
    name,
  );
}

/** A set may be moved or mounted elsewhere: paths follow from where it is. What may change is not in the manifest. */
export function generationOf(summary: ManifestSummary, layout: Layout, name: string): Generation {
  const pin = visiblePin(layout, name);
  return {
    ...summary.generation,
    ...readTiming(layout, name),
    setPath: layout.set,
    path: layout.text(name),
    pinned: pin !== undefined,
    ...(pin && pin.reason !== '' && { pinReason: pin.reason }),
  };
}

/** Whoever may read generations may not see the pins: nothing is removed by what is listed here. */
function visiblePin(layout: Layout, name: string): Pin | undefined {
  try {
    return readPin(layout, name);
  } catch (error) {
    if (['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

type Timing = Pick<Generation, 'duration' | 'phases'>;

/** Notes how long a run took, flush and commit included. Losing that loses nothing else. */
export function writeTiming(layout: Layout, name: string, { duration, phases }: Timing): void {
  try {
    writeFileSync(layout.path(layout.timing(name)), JSON.stringify({ duration, phases }), { mode: 0o600 });
  } catch {
    // The manifest has the times up to the moment it was written.
  }
}

function readTiming(layout: Layout, name: string): Partial<Timing> {
  try {
    return JSON.parse(readFileSync(layout.path(layout.timing(name)), 'utf8')) as Timing;
  } catch {
    return {};
  }
}

/** An interrupted run, as far as its folder tells. */
export function incompleteGeneration(layout: Layout, name: string): Generation {
  const zero = 0;
  return {
    setPath: layout.set,
    name,
    path: layout.text(layout.staging(name)),
    id: '00000000-0000-0000-0000-000000000000',
    createdAt: timeOf(name).toISOString(),
    duration: zero,
    state: 'Incomplete',
    sources: [],
    snapshot: { kind: 'None' },
    base: null,
    files: zero,
    directories: zero,
    otherItems: zero,
    bytes: zero,
    linkedFiles: zero,
    copiedFiles: zero,
    copiedBytes: zero,
    reusedFiles: zero,
    linkFallbacks: zero,
    rebasedFiles: zero,
    added: zero,
    modified: zero,
    metadataChanged: zero,
    renamed: zero,
    removed: zero,
    typeChanged: zero,
    excluded: zero,
    failed: zero,
    stale: zero,
    skippedSockets: zero,
    fidelityLosses: [],
    pinned: false,
    engineVersion,
    warnings: [],
    phases: { prepare: zero, mirror: zero, manifest: zero, flush: zero, commit: zero },
  };
}

/** Reads a generation; one whose manifest is damaged or missing is told to `onDamaged` and left out. */
export function tryReadGeneration(
  layout: Layout,
  name: string,
  onDamaged: (error: EngineError) => void,
): Generation | undefined {
  try {
    return readGeneration(layout, name);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    onDamaged(error);
    return undefined;
  }
}
