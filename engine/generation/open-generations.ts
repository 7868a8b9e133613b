import { EngineError } from '../errors/engine-error.ts';
import { closeManifest, openManifest, type ManifestFile } from '../manifest/manifest-file.ts';
import type { Layout } from './layout.ts';
import { generationNames } from './list.ts';
import type { RunListener } from './run-reporter.ts';

/** The catalogues of a set. */
export interface OpenedGenerations {
  /** Oldest first. */
  names: string[];
  manifests: ManifestFile[];
  /** Some could not be read. */
  isIncomplete: boolean;
}

/**
 * Opens the manifests of finished generations: all, or those that are wanted. One that cannot be read is left out with a warning, unless it is wanted.
 * @param wanted names that must be there
 * @throws EngineError GenerationNotFound, ManifestNotFound, ManifestDamaged
 */
export function openGenerations(
  layout: Layout,
  wanted: readonly string[] | undefined,
  onWarning: RunListener['warning'],
  which: 'all' | 'wanted only' = 'all',
): OpenedGenerations {
  const all = generationNames(layout);
  for (const name of wanted ?? [])
    if (!all.includes(name))
      throw new EngineError('GenerationNotFound', {
        message: `The set '${layout.set}' has no generation '${name}'.`,
        path: layout.text(name),
      });
  const result: OpenedGenerations = { names: [], manifests: [], isIncomplete: false };
  try {
    for (const name of all) {
      if (which === 'wanted only' && wanted && !wanted.includes(name)) continue;
      try {
        result.manifests.push(openManifest(layout.path(layout.manifest(name)), layout.text(layout.manifest(name))));
        result.names.push(name);
      } catch (error) {
        if (!(error instanceof EngineError) || (wanted?.includes(name) ?? false)) throw error;
        result.isIncomplete = true;
        onWarning({
          id: 'GenerationNotRead',
          message: `The generation ${name} is left out: ${error.message}`,
          path: layout.text(name),
        });
      }
    }
    return result;
  } catch (error) {
    for (const manifest of result.manifests) closeManifest(manifest);
    throw error;
  }
}
