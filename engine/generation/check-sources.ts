import { EngineError } from '../errors/engine-error.ts';
import type { SourceIdentity } from '../manifest/summary.ts';
import type { BackupSet } from './backup-set.ts';
import type { ResolvedSource } from './resolve-sources.ts';

/** What the user allows a run to find changed. */
export interface SourcePermissions {
  allowSourceChange: boolean;
  allowEmptySource: boolean;
}

/**
 * Refuses a run whose sources are not what the set knows: recording "everything was deleted" because a disk is not
 * mounted would be the worst a backup can do.
 * @param before the sources as the base recorded them
 * @throws EngineError SourceChanged, SourceUnmounted, SourceEmpty
 */
export function checkSources(
  set: BackupSet,
  sources: readonly ResolvedSource[],
  before: readonly SourceIdentity[],
  allowed: SourcePermissions,
): void {
  if (!allowed.allowSourceChange) {
    checkList(set, sources);
    for (const source of sources)
      checkMount(
        source,
        before.find(({ name }) => name === source.nameText),
      );
  }
  if (allowed.allowEmptySource) return;
  for (const source of sources) {
    const known = before.find(({ name }) => name === source.nameText);
    if (source.isEmpty && known && known.items > 0)
      throw new EngineError('SourceEmpty', {
        message: `The source '${source.pathText}' is empty, and was not in the last generation.`,
        path: source.pathText,
      });
  }
}

function checkList(set: BackupSet, sources: readonly ResolvedSource[]): void {
  const known = set.settings.sources.map(({ name, path }) => `${name}\0${path}`).sort();
  const wanted = sources.map(({ nameText, pathText }) => `${nameText}\0${pathText}`).sort();
  if (known.length === wanted.length && known.every((source, i) => source === wanted[i])) return;
  const list = (entries: readonly { path: string }[]): string => entries.map(({ path }) => `'${path}'`).join(', ');
  throw new EngineError('SourceChanged', {
    message: `The set '${set.layout.set}' is for ${list(set.settings.sources)}, not for ${list(
      sources.map(({ pathText }) => ({ path: pathText })),
    )}.`,
    path: set.layout.set,
    details: {
      expected: set.settings.sources,
      found: sources.map(({ nameText, pathText }) => ({ name: nameText, path: pathText })),
    },
  });
}

function checkMount(source: ResolvedSource, before: SourceIdentity | undefined): void {
  if (!before?.mountRoot || source.mountRoot) return;
  throw new EngineError('SourceUnmounted', {
    message: `The source '${source.pathText}' was a mounted file system in the last generation, and is a plain folder now.`,
    path: source.pathText,
  });
}
