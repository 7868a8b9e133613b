import type { ShutdownParams, ShutdownResult } from '../types/protocol.ts';
import type { Command } from './context.ts';

/** Only the answer: ending is up to the server, when it has sent it and the other requests have ended. */
export const run: Command<ShutdownParams, ShutdownResult> = () => Promise.resolve({});
