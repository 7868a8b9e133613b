import { EngineError } from '../errors/engine-error.ts';
import { openManifest, type ManifestFile } from '../manifest/manifest-file.ts';
import type { WarningEntry } from '../types/protocol.ts';
import { generationNames } from './list.ts';
import type { Layout } from './layout.ts';

/** The generation a run compares with, its manifest open. */
export interface ChosenBase {
  name: string;
  manifest: ManifestFile;
}

/**
 * The newest generation whose manifest can be trusted. One that cannot is passed over, with a warning.
 * @param unfit generations known not to serve
 */
export function chooseBase(
  layout: Layout,
  warn: (warning: WarningEntry) => void,
  unfit: ReadonlySet<string> = new Set(),
): ChosenBase | undefined {
  for (const name of generationNames(layout).reverse()) {
    if (unfit.has(name)) continue;
    try {
      return { name, manifest: openManifest(layout.path(layout.manifest(name)), layout.text(layout.manifest(name))) };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      warn(unfitBase(error, name));
    }
  }
  return undefined;
}

export function unfitBase(error: EngineError, name: string): WarningEntry {
  return {
    id: error.id,
    message: `${error.message} The generation ${name} cannot serve as the base of a run.`,
    ...(error.path !== undefined && { path: error.path }),
  };
}
