import type { Snapshot, SnapshotProvider, SnapshotRequest } from './provider.ts';

/** Reads the live files: always there, and nothing to give back. */
export const none: SnapshotProvider = {
  kind: 'None',
  unavailable: () => Promise.resolve(undefined),
  create: (request) => Promise.resolve(liveFiles(request)),
  list: () => Promise.resolve([]),
  remove: () => Promise.resolve(),
};

function liveFiles(request: SnapshotRequest): Snapshot {
  return {
    kind: 'None',
    sources: request.sources.map(({ path }) => ({ path, readPath: path, snapshotId: '' })),
    createdAt: new Date(),
    warnings: [],
    exclusions: [],
    documents: [],
    check: () => Promise.resolve(),
    complete: () => Promise.resolve([]),
    release: () => Promise.resolve(),
  };
}
