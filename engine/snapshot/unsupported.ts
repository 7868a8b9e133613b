import { EngineError } from '../errors/engine-error.ts';
import type { SnapshotKind } from '../types/protocol.ts';
import type { SnapshotProvider } from './provider.ts';

/** Stands for a way to freeze volumes that this platform has not. */
export function unsupported(kind: SnapshotKind, reason: string): SnapshotProvider {
  return {
    kind,
    unavailable: () => Promise.resolve({ reason }),
    create: () => Promise.reject(new EngineError('SnapshotNotAvailable', { message: `${kind}: ${reason}.` })),
    list: () => Promise.resolve([]),
    remove: (id) =>
      Promise.reject(new EngineError('ShadowCopyNotFound', { message: `There is no shadow copy with the id ${id}.` })),
  };
}
