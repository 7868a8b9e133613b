import { NativeError } from '../../../native/index.ts';
import { hresult } from '../../../native/vss/hresults.ts';
import { EngineError } from '../../errors/engine-error.ts';
import type { ShadowCopyInfo } from '../../types/protocol.ts';
import type { Snapshot, SnapshotProvider, SnapshotRequest, Unavailability } from '../provider.ts';
import type { VssJournal } from './delete.ts';
import { isAttempt } from './tool-attempt.ts';

/** Answers of COM itself, rather than of the service about shadow copies. */
const refusals = new Set(
  [
    'E_ACCESSDENIED',
    'REGDB_E_CLASSNOTREG',
    'CO_E_NOTINITIALIZED',
    'RPC_E_DISCONNECTED',
    'RPC_S_SERVER_UNAVAILABLE',
    'RPC_S_CALL_FAILED',
  ].map(hresult),
);
/** The calls before anything is asked of VSS. */
const OPENING = /CoIncrementMTAUsage|CoInitializeSecurity|CreateVssBackupComponents|InitializeForBackup/;

/** Shadow copies by COM, and by the programs of Windows where COM is refused. */
export class VssOrTool implements SnapshotProvider {
  readonly kind = 'Vss';
  readonly #com: SnapshotProvider;
  readonly #tool: SnapshotProvider;
  readonly #journal: Pick<VssJournal, 'find'>;

  constructor(com: SnapshotProvider, tool: SnapshotProvider, journal: Pick<VssJournal, 'find'>) {
    this.#com = com;
    this.#tool = tool;
    this.#journal = journal;
  }

  async unavailable(request: SnapshotRequest): Promise<Unavailability | undefined> {
    const problem = await this.#com.unavailable(request);
    if (problem?.native === undefined || !refusals.has(problem.native.code)) return problem;
    const second = await this.#tool.unavailable(request);
    return second && { ...problem, reason: `${problem.reason}; ${second.reason}` };
  }

  async create(request: SnapshotRequest, progress: (phase: string) => void, signal: AbortSignal): Promise<Snapshot> {
    try {
      return await this.#com.create(request, progress, signal);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      progress('Asking the programs of Windows');
      const snapshot = await this.#tool.create(request, progress, signal).catch((second: unknown) => {
        throw both(error, second);
      });
      const message = `The shadow copy was made by a program of Windows, because COM was refused. ${error.message}`;
      return { ...snapshot, warnings: [{ id: 'SnapshotByTool', message }, ...snapshot.warnings] };
    }
  }

  list(): Promise<readonly ShadowCopyInfo[]> {
    return this.#either((provider) => provider.list());
  }

  async remove(id: string): Promise<void> {
    const entry = this.#journal.find(id);
    // What a program may have left is not known by its id.
    if (entry && isAttempt(entry)) return this.#tool.remove(id);
    return this.#either((provider) => provider.remove(id));
  }

  async #either<T>(use: (provider: SnapshotProvider) => Promise<T>): Promise<T> {
    try {
      return await use(this.#com);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return use(this.#tool).catch((second: unknown) => {
        throw both(error, second);
      });
    }
  }
}

function isRefusal(error: unknown): error is EngineError {
  return (
    error instanceof EngineError &&
    error.cause instanceof NativeError &&
    refusals.has(error.cause.native.code) &&
    OPENING.test(error.cause.call)
  );
}

/** The first reason is the one that can be mended; the second says why the other way did not help. */
function both(first: EngineError, second: unknown): unknown {
  if (!(second instanceof EngineError) || second.id !== 'SnapshotFailed') return second;
  const { native, hint } = first;
  return new EngineError('SnapshotFailed', {
    message: `${first.message} ${second.message}`,
    native,
    ...(hint !== undefined && { hint }),
    cause: second,
  });
}
