/** Entry point of the working threads. */
import { parentPort, type MessagePort } from 'node:worker_threads';
import { loadNative, type Native } from '../native/index.ts';
import type { RemovalThreadResult } from './remove/removal-plan.ts';
import { runRemovalThread } from './remove/removal-thread.ts';
import type { RestoreThreadResult } from './restore/restore-plan.ts';
import { runRestoreThread } from './restore/restore-thread.ts';
import type { VerifyThreadResult } from './verify/verify-plan.ts';
import { runVerifyThread } from './verify/verify-thread.ts';
import { runMirrorThread, type MirrorThreadResult } from './run/mirror-thread.ts';
import type { ThreadJob, ThreadReply } from './run/worker-pool.ts';
import { serializeError } from './run/thread-error.ts';

const port = parentPort;
if (!port) throw new Error('This file is run as a worker thread.');

const native = await loadNative();

port.on('message', (job: ThreadJob) => {
  let reply: ThreadReply;
  try {
    reply = { kind: 'done', result: run(native, job, port) };
  } catch (error) {
    reply = { kind: 'failed', error: serializeError(error) };
  }
  port.postMessage(reply);
});

function run(
  native: Native,
  job: ThreadJob,
  reports: MessagePort,
): MirrorThreadResult | RemovalThreadResult | RestoreThreadResult | VerifyThreadResult {
  switch (job.kind) {
    case 'mirror':
      return runMirrorThread(native, job.plan, job.thread, reports);
    case 'remove':
      return runRemovalThread(native, job.plan, job.thread, reports);
    case 'restore':
      return runRestoreThread(native, job.plan, reports);
    case 'verify':
      return runVerifyThread(native, job.plan, job.thread, reports);
  }
}

port.postMessage({ kind: 'ready' } satisfies ThreadReply);
