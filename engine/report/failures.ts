import { createReadStream, lstatSync } from 'node:fs';
import type { Layout } from '../generation/layout.ts';
import type { ReportFailedItem, ReportFailures, ReportGeneration } from '../types/report.ts';

/** Logs of runs hold every change: they are read only of runs in which something failed, and only of so many. */
const MOST_RUNS = 25;
const MOST_ITEMS = 20;

/** The items that failed in each run, newest run first, as far as the logs of the runs still tell. */
export async function readFailures(
  layout: Layout,
  generations: readonly ReportGeneration[],
  signal: AbortSignal,
): Promise<ReportFailures[]> {
  const failures: ReportFailures[] = [];
  for (const { name, failed, stale } of generations.toReversed()) {
    if (failed + stale === 0) continue;
    const items = failures.length < MOST_RUNS ? await readItems(layout, name, signal) : [];
    failures.push({ generation: name, failed, stale, items });
  }
  return failures;
}

async function readItems(layout: Layout, name: string, signal: AbortSignal): Promise<ReportFailedItem[]> {
  const path = layout.path(layout.log(name));
  // What was planted here is not read: a pipe would not end.
  if (!(lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false)) return [];
  const input = createReadStream(path, 'utf8');
  const items: ReportFailedItem[] = [];
  try {
    for await (const line of linesOf(input)) {
      signal.throwIfAborted();
      const item = line.startsWith('{"kind":"error"') ? parse(line) : undefined;
      if (item) items.push(item);
      if (items.length === MOST_ITEMS) break;
    }
  } catch (error) {
    // Whoever may read generations may not read the logs. Losing one loses nothing else.
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
  } finally {
    input.destroy();
    // Windows removes no file that is open still, nor the set around it.
    if (!input.closed) await new Promise<void>((resolve) => input.once('close', resolve));
  }
  return items;
}

/** Unlike those of node:readline, these end with the error of the stream. */
async function* linesOf(input: AsyncIterable<unknown>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of input) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

/** The last line of a run that was cut off may be half a line. */
function parse(line: string): ReportFailedItem | undefined {
  try {
    const { id, path, message } = JSON.parse(line) as Record<string, unknown>;
    if (typeof id !== 'string' || typeof message !== 'string') return undefined;
    return { id, path: typeof path === 'string' ? path : '', message };
  } catch {
    return undefined;
  }
}
