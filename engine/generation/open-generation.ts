import { EngineError } from '../errors/engine-error.ts';
import { openManifest, type ManifestFile } from '../manifest/manifest-file.ts';
import { generationNames } from './list.ts';
import type { Layout } from './layout.ts';

/** The manifest of a finished generation. @throws EngineError GenerationNotFound, ManifestNotFound, ManifestDamaged */
export function openGeneration(layout: Layout, name: string): ManifestFile {
  if (!generationNames(layout).includes(name))
    throw new EngineError('GenerationNotFound', {
      message: `The set '${layout.set}' has no generation '${name}'.`,
      path: layout.text(name),
    });
  return openManifest(layout.path(layout.manifest(name)), layout.text(layout.manifest(name)));
}
