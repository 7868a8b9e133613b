import { exportReport } from '../report/export-report.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['exportReport'];

/** Writes a report on a set, or returns it. */
export const run: Command<Method['params'], Method['result']> = (params, context) =>
  exportReport(params, context, context.signal);
