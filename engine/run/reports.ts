import type { MessagePort } from 'node:worker_threads';
import type { ItemChange, ItemFidelityLoss, RestoredItem } from '../types/protocol.ts';
import type { ErrorId } from '../errors/catalogue.ts';
import type { NativeErrorText } from '../../native/index.ts';
import type { Finding } from '../verify/verify-plan.ts';

/** An item that failed, as it travels between threads. */
export interface ItemFailure {
  id: ErrorId;
  message: string;
  path: string;
  native?: NativeErrorText | undefined;
}

/** An item of which something could not be kept. */
export interface ItemLosses {
  path: string;
  fidelityLosses: ItemFidelityLoss[];
}

export interface ItemWarning {
  id: string;
  message: string;
  path?: string | undefined;
}

/** What a working thread tells the coordinator while it works. */
export interface ReportBatch {
  kind: 'reports';
  items: ItemChange[];
  restored: RestoredItem[];
  findings: Finding[];
  failures: ItemFailure[];
  losses: ItemLosses[];
  warnings: ItemWarning[];
}

const BATCH = 256;
const DELAY_MS = 100;

/** Gathers reports into batches: a message per item would cost more than the item. */
export class Reports {
  readonly #port: Pick<MessagePort, 'postMessage'>;
  #batch: ReportBatch = emptyBatch();
  #since = 0;

  constructor(port: Pick<MessagePort, 'postMessage'>) {
    this.#port = port;
  }

  item(item: ItemChange): void {
    this.#batch.items.push(item);
    if (this.#batch.items.length >= BATCH) this.flush();
  }

  restored(item: RestoredItem): void {
    this.#batch.restored.push(item);
    if (this.#batch.restored.length >= BATCH) this.flush();
  }

  finding(finding: Finding): void {
    this.#batch.findings.push(finding);
    if (this.#batch.findings.length >= BATCH) this.flush();
  }

  failure(failure: ItemFailure): void {
    this.#batch.failures.push(failure);
  }

  losses(losses: ItemLosses): void {
    this.#batch.losses.push(losses);
    if (this.#batch.losses.length >= BATCH) this.flush();
  }

  warning(warning: ItemWarning): void {
    this.#batch.warnings.push(warning);
  }

  /** Called now and then, such as once per directory: sends what has waited long enough. */
  tick(now: number): void {
    if (now - this.#since >= DELAY_MS) {
      this.flush();
      this.#since = now;
    }
  }

  flush(): void {
    const { items, restored, findings, failures, losses, warnings } = this.#batch;
    const count = items.length + restored.length + findings.length + failures.length + losses.length + warnings.length;
    if (count === 0) return;
    this.#port.postMessage(this.#batch);
    this.#batch = emptyBatch();
  }
}

/** Reports of the coordinator itself. */
export function itemReports(items: ItemChange[]): ReportBatch {
  return { ...emptyBatch(), items };
}

function emptyBatch(): ReportBatch {
  return { kind: 'reports', items: [], restored: [], findings: [], failures: [], losses: [], warnings: [] };
}
