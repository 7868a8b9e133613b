import type { RequestId } from '../types/protocol.ts';

/** What came in: a request, which gets exactly one response, or a notification, which gets none. */
export type IncomingMessage =
  | { readonly kind: 'request'; readonly id: RequestId; readonly method: string; readonly params: unknown }
  | { readonly kind: 'notification'; readonly method: string; readonly params: unknown };
