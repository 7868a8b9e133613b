import type { CommandContext } from '../commands/context.ts';
import type { Protocol, RequestId } from '../types/protocol.ts';
import { ItemBatcher } from './item-batcher.ts';
import type { Output } from './output.ts';
import { ProgressThrottle } from './progress-throttle.ts';

/** The context of a running request, and the way to end it. */
export interface RequestContext extends CommandContext {
  /** Sends what is still held back; what a command reports after that is dropped, because the response is the end. */
  finish(): void;
}

type Notifications = Protocol['engineNotifications'];

/** Connects a command's reports to the output. */
export function createRequestContext(requestId: RequestId, signal: AbortSignal, output: Output): RequestContext {
  let isFinished = false;
  const notify = <M extends keyof Notifications>(method: M, params: Omit<Notifications[M], 'requestId'>): void => {
    if (!isFinished) output.write({ jsonrpc: '2.0', method, params: { requestId, ...params } });
  };
  const progress = new ProgressThrottle({
    send: (params) => notify('progress', params as Notifications['progress']),
    isReaderBehind: () => output.needDrain,
  });
  const batcher = new ItemBatcher((items) => notify('item', { items }));
  return {
    requestId,
    signal,
    progress: (update) => progress.update(update),
    items: (items) => batcher.add(items),
    itemError: (error) => {
      const { native, details, ...data } = error.toErrorData();
      notify('itemError', {
        error: { message: error.message, ...data, ...(native && { native }), ...(details && { details }) },
      });
    },
    warning: (warning) => notify('warning', warning as Notifications['warning']),
    removal: (result) => notify('removal', { result }),
    itemVersions: (versions) => notify('itemVersion', { versions }),
    restored: (items) => notify('restored', { items: [...items] }),
    damage: (items) => notify('damage', { items: [...items] }),
    hardLink: (link) => notify('hardLink', { link }),
    shadowCopies: (shadowCopies) => notify('shadowCopies', { shadowCopies }),
    log: (level, message) => notify('log', { level, message }),
    needDrain: () => output.needDrain,
    drained: () => output.drained(signal),
    finish: () => {
      batcher.flush();
      progress.flush();
      isFinished = true;
    },
  };
}
