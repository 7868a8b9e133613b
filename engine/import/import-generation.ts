import type { Native } from '../../native/index.ts';
import { createGeneration } from '../generation/create-generation.ts';
import type { RunListener } from '../generation/run-reporter.ts';
import { readRules } from '../scan/read-rules.ts';
import type { Generation, ImportedSource, Plan } from '../types/protocol.ts';
import { checkMovable, removeOriginals } from './remove-originals.ts';
import { resolveTrees } from './resolve-trees.ts';

export interface ImportOptions {
  setPath: string;
  /** The trees, each with what it is a backup of. */
  trees: readonly ImportedSource[];
  createdAt: Date;
  hash: boolean;
  /** What becomes of the trees. */
  originals: 'Keep' | 'Move';
  workers: number | undefined;
  whatIf: boolean;
}

/**
 * Makes a generation of a backup that another program made. Its files get another name where that is possible, and are copied
 * where not; they are never written to.
 * @throws EngineError for everything that stops an import
 */
export async function importGeneration(
  native: Native,
  options: ImportOptions,
  listener: RunListener,
  signal: AbortSignal,
): Promise<Generation | Plan> {
  const { setPath, createdAt, hash, workers, whatIf } = options;
  const sources = resolveTrees(native, options.trees, setPath);
  if (options.originals === 'Move') checkMovable(native, options.trees, setPath);
  const generation = await createGeneration(
    native,
    {
      setPath,
      sources: [],
      imported: { createdAt, sources },
      selection: readRules({ exclude: [], include: [], excludeFile: [], excludeCacheDirectories: false }),
      snapshot: 'None',
      requireSnapshot: false,
      compareContent: false,
      hash,
      maxLinks: undefined,
      crossMount: true,
      skipUnchanged: false,
      allowEmptySource: false,
      allowSourceChange: false,
      workers,
      whatIf,
      outputItem: false,
    },
    listener,
    signal,
  );
  if (options.originals === 'Move' && generation.state !== 'Planned')
    await removeOriginals(native, generation, options.trees, listener, signal);
  return generation;
}
