import type { MessagePort } from 'node:worker_threads';
import type { Native } from '../../native/index.ts';
import { DirectoryMirror } from './mirror-directory.ts';
import type { MirrorPlan } from './mirror-plan.ts';
import { Reports } from './reports.ts';
import { ThreadContext } from './thread-context.ts';

/** What a thread hands over when there is nothing left to do. */
export interface MirrorThreadResult {
  /** Index entries of the blocks it wrote. */
  entries: Uint32Array;
  /** Pairs of block and record of the base that found no counterpart. */
  unmatched: Uint32Array;
  /** Pairs of block and record of the base that were found under another name. */
  claimed: Uint32Array;
}

/** Works on the shared queue until it is empty or the run is cancelled. */
export function runMirrorThread(
  native: Native,
  plan: MirrorPlan,
  thread: number,
  port: Pick<MessagePort, 'postMessage'>,
): MirrorThreadResult {
  const reports = new Reports(port);
  const context = new ThreadContext(native, plan, thread, reports);
  const directories = new DirectoryMirror(context);
  try {
    if (thread === 0) for (const root of plan.roots) context.queue.push(root);
    for (let task = context.queue.pop(); task !== undefined; task = context.queue.pop()) {
      context.control.waitWhilePaused();
      if (context.cancelled) break;
      if (context.measuring && context.applier.writes) context.startMeasuring(0);
      context.control.showPath(thread, task.path);
      directories.mirror(task);
      reports.tick(Date.now());
    }
  } finally {
    // Also after an error: the other threads must not wait for this one.
    context.queue.end();
    directories.close();
    reports.flush();
    context.close();
  }
  return {
    entries: context.blocks?.finish() ?? new Uint32Array(0),
    unmatched: Uint32Array.from(context.unmatched),
    claimed: Uint32Array.from(context.claimed),
  };
}
