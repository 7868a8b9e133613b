import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Requests = Protocol['requests'];

/** The name of a method. */
export type MethodName = keyof Requests;

/** How to get at the command of a method. */
export type CommandLoader<M extends MethodName> = () => Promise<{
  readonly run: Command<Requests[M]['params'], Requests[M]['result']>;
}>;

/** A table of methods; tests bring their own. */
export type CommandTable = { readonly [M in MethodName]: CommandLoader<M> };

/**
 * Method → command. Each is imported when it is first asked for, so that the engine answers at once and what a command
 * needs (foreign functions, the manifest, …) is loaded only with it.
 */
export const commands: CommandTable = {
  initialize: () => import('./initialize.ts'),
  createGeneration: () => import('./create-generation.ts'),
  importGeneration: () => import('./import-generation.ts'),
  listGenerations: () => import('./list-generations.ts'),
  removeGenerations: () => import('./remove-generations.ts'),
  pruneGenerations: () => import('./prune-generations.ts'),
  pinGenerations: () => import('./pin-generations.ts'),
  unpinGenerations: () => import('./unpin-generations.ts'),
  compareGenerations: () => import('./compare-generations.ts'),
  findItems: () => import('./find-items.ts'),
  measureGenerations: () => import('./measure-generations.ts'),
  exportReport: () => import('./export-report.ts'),
  restoreItems: () => import('./restore-items.ts'),
  testGenerations: () => import('./test-generations.ts'),
  newHardLink: () => import('./new-hard-link.ts'),
  getHardLinks: () => import('./get-hard-links.ts'),
  newShadowCopies: () => import('./new-shadow-copies.ts'),
  holdShadowCopies: () => import('./hold-shadow-copies.ts'),
  getShadowCopies: () => import('./get-shadow-copies.ts'),
  removeShadowCopy: () => import('./remove-shadow-copy.ts'),
  mountShadowCopy: () => import('./mount-shadow-copy.ts'),
  dismountShadowCopy: () => import('./dismount-shadow-copy.ts'),
  repairSet: () => import('./repair-set.ts'),
  readJobs: () => import('./read-jobs.ts'),
  newJob: () => import('./new-job.ts'),
  testJobs: () => import('./test-jobs.ts'),
  runJob: () => import('./run-job.ts'),
  describeSchedules: () => import('./describe-schedules.ts'),
  shutdown: () => import('./shutdown.ts'),
};
