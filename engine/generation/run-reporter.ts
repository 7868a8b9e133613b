import { LossSummary } from '../fidelity/loss-summary.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { ItemFailure, ItemWarning, ReportBatch } from '../run/reports.ts';
import type { FidelityLoss, ItemChange, Phase, WarningEntry } from '../types/protocol.ts';
import type { RunLog } from './run-log.ts';

/** Who is told about a run while it goes on; the commands pass it on to the protocol. */
export interface RunListener {
  progress(update: {
    phase: Phase;
    items: number;
    totalItems?: number | undefined;
    bytes: number;
    totalBytes?: number | undefined;
    path?: string | undefined;
  }): void;
  items(items: readonly ItemChange[]): void;
  itemError(error: EngineError): void;
  warning(warning: WarningEntry & { hint?: string }): void;
  log(level: 'debug' | 'info' | 'warn', message: string): void;
  needDrain(): boolean;
  drained(): Promise<void>;
}

/** Warnings a generation keeps; the rest is in the log of the run. */
const MOST_WARNINGS = 100;

/** Passes on what the threads report, to the listener and to the log; remembers the warnings, counts the losses. */
export class RunReporter {
  readonly warnings: WarningEntry[] = [];
  readonly #listener: RunListener;
  readonly #outputItem: boolean;
  readonly #losses = new LossSummary();
  #log: RunLog | undefined;

  constructor(listener: RunListener, outputItem: boolean) {
    this.#listener = listener;
    this.#outputItem = outputItem;
  }

  /** From now on everything is written to the log, too. */
  startLog(log: RunLog): void {
    this.#log = log;
    log.write('warning', this.warnings);
  }

  /** What could not be kept so far. */
  get fidelityLosses(): FidelityLoss[] {
    return this.#losses.losses;
  }

  batch({ items, failures, losses, warnings }: ReportBatch): void {
    this.#log?.write('change', items);
    this.#log?.write('loss', losses);
    this.#log?.write('error', failures);
    if (this.#outputItem && items.length > 0) this.#listener.items(items);
    for (const { path, fidelityLosses } of losses) this.#losses.add(path, fidelityLosses);
    for (const failure of failures) this.#listener.itemError(errorOf(failure));
    for (const warning of warnings) this.warn(warning);
  }

  warn(warning: ItemWarning): void {
    const entry: WarningEntry = {
      id: warning.id,
      message: warning.message,
      ...(warning.path !== undefined && { path: warning.path }),
    };
    if (this.warnings.length < MOST_WARNINGS) this.warnings.push(entry);
    this.#log?.write('warning', [entry]);
    this.#listener.warning(entry);
  }

  close(): void {
    this.#log?.close();
    this.#log = undefined;
  }
}

function errorOf({ id, message, path, native }: ItemFailure): EngineError {
  return new EngineError(id, { message, path, native });
}
