/** Jobs and results to tell about. */
import type { Job } from '../../../engine/jobs/job.ts';
import type { Mail, Notify, Webhook } from '../../../engine/types/job.ts';
import type { Generation, JobResult } from '../../../engine/types/protocol.ts';
import { DEFAULT_SETTINGS } from '../job-settings.ts';

export const MAIL: Mail = {
  when: ['Partial', 'Failed', 'Cancelled'],
  server: '127.0.0.1',
  security: 'None',
  from: 'backup@example.org',
  to: ['admin@example.org'],
  attachReport: false,
};

export const WEBHOOK: Omit<Webhook, 'url'> = {
  when: ['Partial', 'Failed', 'Cancelled'],
  body: 'Result',
  headers: {},
  timeout: '30s',
};

export function makeJob(notify: Partial<Notify>, description?: string): Job {
  return {
    name: 'nightly',
    file: '/etc/backup/jobs.yml',
    line: 3,
    settings: {
      ...(description !== undefined && { description }),
      ...DEFAULT_SETTINGS,
      sources: ['/srv/data'],
      destination: '/mnt/backup/srv1',
      notify: { webhook: [], ...notify },
    },
  };
}

export function makeResult(changes: Partial<JobResult> = {}): JobResult {
  return {
    job: 'nightly',
    file: '/etc/backup/jobs.yml',
    computer: 'SRV1',
    destination: '/mnt/backup/srv1',
    state: 'Failed',
    exitCode: 1,
    startedAt: '2026-11-26T02:31:04.5Z',
    endedAt: '2026-11-26T02:33:09Z',
    freedBytes: 0,
    removed: [],
    damage: 0,
    hooks: [],
    reports: [],
    notifications: [],
    problems: [
      {
        id: 'SourceNotFound',
        message: "The source '/srv/data' does not exist.",
        path: '/srv/data',
        hint: 'Mount it, or correct the path.',
      },
    ],
    logFile: '/var/log/mirrorbackup/nightly-2026-11-26T023104Z.jsonl',
    ...changes,
  };
}

export function makeGeneration(changes: Partial<Generation> = {}): Generation {
  return {
    id: '5c9a4f0e-3b1d-4e0a-9d1c-2f7d0c8b6a11',
    setPath: '/mnt/backup/srv1',
    name: '2026-11-26T023104Z',
    path: '/mnt/backup/srv1/2026-11-26T023104Z',
    state: 'Complete',
    createdAt: '2026-11-26T02:31:04Z',
    duration: 120,
    sources: [],
    snapshot: { kind: 'None' },
    base: null,
    fidelityLosses: [],
    pinned: false,
    engineVersion: '0.1.0',
    warnings: [],
    phases: { prepare: 1, mirror: 117, manifest: 1, flush: 0.5, commit: 0.5 },
    files: 31204,
    directories: 2817,
    otherItems: 3,
    bytes: 5 * 2 ** 30,
    linkedFiles: 31192,
    copiedFiles: 12,
    copiedBytes: 48 * 2 ** 20,
    reusedFiles: 0,
    linkFallbacks: 0,
    rebasedFiles: 0,
    added: 7,
    modified: 5,
    metadataChanged: 2,
    renamed: 0,
    removed: 1,
    typeChanged: 0,
    excluded: 0,
    failed: 0,
    stale: 0,
    skippedSockets: 0,
    ...changes,
  };
}
