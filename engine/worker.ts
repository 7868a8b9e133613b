/** Entry point of the working threads. */
import { parentPort } from 'node:worker_threads';
import { loadNative } from '../native/index.ts';
import { runMirrorThread } from './run/mirror-thread.ts';
import { runRemovalThread } from './remove/removal-thread.ts';
import type { ThreadJob, ThreadReply } from './run/worker-pool.ts';
import { serializeError } from './run/thread-error.ts';

const port = parentPort;
if (!port) throw new Error('This file is run as a worker thread.');

const native = await loadNative();

port.on('message', (job: ThreadJob) => {
  let reply: ThreadReply;
  try {
    const result =
      job.kind === 'mirror'
        ? runMirrorThread(native, job.plan, job.thread, port)
        : runRemovalThread(native, job.plan, job.thread, port);
    reply = { kind: 'done', result };
  } catch (error) {
    reply = { kind: 'failed', error: serializeError(error) };
  }
  port.postMessage(reply);
});

port.postMessage({ kind: 'ready' } satisfies ThreadReply);
