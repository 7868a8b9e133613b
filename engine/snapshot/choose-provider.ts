import { EngineError } from '../errors/engine-error.ts';
import type { SnapshotMode, WarningEntry } from '../types/protocol.ts';
import { none } from './none.ts';
import type { SnapshotProvider, SnapshotRequest, Unavailability } from './provider.ts';

/** What to read, and why. */
export interface SnapshotChoice {
  readonly provider: SnapshotProvider;
  /** For the generation, and for tests of jobs, in which nothing is read: without a tense. */
  readonly reason: string;
  /** Live files are read although nobody asked for that. */
  readonly warning?: WarningEntry;
  /** A snapshot that fails ends the run. */
  readonly isRequired: boolean;
}

/**
 * Decides before anything is made or copied.
 * @throws EngineError SnapshotNotAvailable when one is insisted on and cannot be had
 */
export async function chooseProvider(
  providers: readonly SnapshotProvider[],
  mode: SnapshotMode,
  requireSnapshot: boolean,
  request: SnapshotRequest,
): Promise<SnapshotChoice> {
  if (mode === 'None') {
    if (requireSnapshot) throw notAvailable('RequireSnapshot', 'Snapshot None asks for the live files');
    return { provider: none, reason: 'Live files, as asked for.', isRequired: false };
  }
  const wanted = mode === 'Auto' ? providers : providers.filter(({ kind }) => kind === mode);
  const isRequired = requireSnapshot || mode !== 'Auto';
  const found = await firstAvailable(wanted, request);
  if ('provider' in found) {
    const { provider } = found;
    const why = mode === 'Auto' ? 'the first that is to be had' : 'as asked for';
    return { provider, reason: `${provider.kind}, ${why}.`, isRequired };
  }
  if (isRequired) throw notAvailable(mode === 'Auto' ? 'RequireSnapshot' : mode, found.reason, found.native);
  return liveInstead(found.reason);
}

/** The first provider that can serve, else why the platform's own cannot. */
export async function firstAvailable(
  providers: readonly SnapshotProvider[],
  request: SnapshotRequest,
): Promise<{ provider: SnapshotProvider } | Unavailability> {
  let problem: Unavailability | undefined;
  for (const provider of providers) {
    const found = await provider.unavailable(request);
    if (!found) return { provider };
    // The platform's own way comes first, and its reason is the one that helps.
    problem ??= found;
  }
  return problem ?? { reason: 'there is no way to make one on this system' };
}

/** Auto, and no snapshot: the live files are read, which is said. */
export function liveInstead(reason: string): SnapshotChoice {
  const message = `Live files are read, without a snapshot, because ${reason}.`;
  return {
    provider: none,
    reason: `Live files, because ${reason}.`,
    warning: { id: 'LiveFilesRead', message },
    isRequired: false,
  };
}

function notAvailable(asked: string, reason: string, native?: Unavailability['native']): EngineError {
  return new EngineError('SnapshotNotAvailable', {
    message: `A snapshot was asked for (${asked}) and cannot be had: ${reason}.`,
    native,
  });
}
