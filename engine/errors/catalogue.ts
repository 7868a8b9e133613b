import { destinationErrors } from './catalogue/destination.ts';
import { hardLinkErrors } from './catalogue/hard-links.ts';
import { itemErrors } from './catalogue/items.ts';
import { jobErrors } from './catalogue/jobs.ts';
import { jobRunErrors } from './catalogue/job-runs.ts';
import { moduleErrors } from './catalogue/module.ts';
import { protocolErrors } from './catalogue/protocol.ts';
import { reportErrors } from './catalogue/reports.ts';
import { restoreErrors } from './catalogue/restores.ts';
import { scheduleErrors } from './catalogue/schedules.ts';
import { setErrors } from './catalogue/sets.ts';
import { snapshotErrors } from './catalogue/snapshots.ts';
import { sourceErrors } from './catalogue/sources.ts';

/**
 * Every error id, a file for each chapter of docs/errors.md, which is made of them (scripts/generate-error-docs.mjs).
 * An id, once released, keeps its meaning: scripts compare `FullyQualifiedErrorId` with it.
 */
export const catalogue = {
  ...protocolErrors,
  ...sourceErrors,
  ...destinationErrors,
  ...setErrors,
  ...snapshotErrors,
  ...itemErrors,
  ...restoreErrors,
  ...hardLinkErrors,
  ...reportErrors,
  ...jobErrors,
  ...jobRunErrors,
  ...scheduleErrors,
  ...moduleErrors,
} as const;

/** An error id: `SourceNotFound`, `LinkNotSupported`, … */
export type ErrorId = keyof typeof catalogue;
