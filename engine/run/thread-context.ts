import type { Directory, Native, PinnedBuffer } from '../../native/index.ts';
import { textFromByte, type BytePath } from '../../native/byte-path.ts';
import { DirectoryChain } from '../../native/directory-chain.ts';
import { paths } from '../../native/paths.ts';
import type { Applier } from '../apply/applier.ts';
import { LinkPool } from '../apply/link-pool.ts';
import { PlanningApplier } from '../apply/planning-applier.ts';
import { ResumeLookup } from '../apply/resume-lookup.ts';
import { StagingApplier } from '../apply/staging-applier.ts';
import { LossTable } from '../fidelity/loss-table.ts';
import { BlockBuilder } from '../manifest/block-builder.ts';
import { BlockWriter } from '../manifest/block-writer.ts';
import { DirectoryPaths } from '../manifest/directory-path.ts';
import { FileIdIndex } from '../manifest/file-id-index.ts';
import { MergeCursor } from '../manifest/merge-cursor.ts';
import { Selection, selectsEverything } from '../scan/selection.ts';
import { Counter, counterRow } from './counters.ts';
import type { MirrorPlan } from './mirror-plan.ts';
import type { Reports } from './reports.ts';
import { RunState, SharedControl } from './shared-control.ts';
import { TaskQueue } from './task-queue.ts';

/** What one working thread holds during a run: handles, memory it reuses, its row of counters. */
export class ThreadContext {
  readonly native: Native;
  readonly plan: MirrorPlan;
  readonly thread: number;
  readonly reports: Reports;
  readonly control: SharedControl;
  readonly queue: TaskQueue;
  readonly counters: Float64Array;
  readonly losses: LossTable;
  /** By number of the source; undefined where everything is taken. */
  readonly selections: readonly (Selection | undefined)[];
  readonly sources: Directory[];
  readonly sourceChains: DirectoryChain[];
  readonly set: Directory | undefined;
  readonly base: BaseContext | undefined;
  readonly block = new BlockBuilder();
  readonly blocks: BlockWriter | undefined;
  readonly staging: StagingApplier | undefined;
  readonly pool: LinkPool | undefined;
  readonly resume: ResumeLookup | undefined;
  /** Files with several names met so far; only where nothing is written and the pool cannot tell. */
  readonly met = new Set<string>();
  readonly scratchName: PinnedBuffer;
  /** Pairs of block and record of the base that found no counterpart. */
  readonly unmatched: number[] = [];
  /** Pairs of block and record of the base that were found under another name. */
  readonly claimed: number[] = [];
  applier: Applier;

  constructor(native: Native, plan: MirrorPlan, thread: number, reports: Reports) {
    this.native = native;
    this.plan = plan;
    this.thread = thread;
    this.reports = reports;
    this.control = new SharedControl(plan.control);
    this.queue = new TaskQueue(plan.queue);
    this.counters = counterRow(plan.counters, thread);
    this.losses = new LossTable(native, plan.lossTable, plan.base?.manifest.summary.lossReasons);
    this.selections = plan.sources.map(({ exclude = [] }) => {
      const { selection } = plan.options;
      // Last: what must not be read is not taken back by a pattern of the user.
      const rules = exclude.length === 0 ? selection : { ...selection, exclude: [...selection.exclude, ...exclude] };
      return selectsEverything(rules) ? undefined : new Selection(rules);
    });
    this.scratchName = native.allocate(1024);
    this.sources = plan.sources.map(({ path }) => native.openRoot(path, 'reference'));
    this.sourceChains = this.sources.map((root) => new DirectoryChain(native, root, 'list'));
    this.set = plan.base || plan.target ? native.openRoot(plan.set, 'reference') : undefined;
    if (plan.base && this.set) this.base = new BaseContext(native, this.set, plan.base);
    if (plan.target && this.set) {
      const { staging, temporary, links, resume, manifest } = plan.target;
      this.staging = new StagingApplier(native, this.set, staging, temporary, plan.options.hash);
      this.pool = new LinkPool(native, this.set, links, paths.join(textFromByte(plan.set), textFromByte(links)));
      this.resume = resume.length === 0 ? undefined : new ResumeLookup(native, this.set, resume);
      this.blocks = new BlockWriter(manifest, plan.control.manifestEnd);
    }
    this.applier = this.staging ?? new PlanningApplier();
  }

  /** @param losses the word of the record */
  reportLosses(path: BytePath, losses: number): void {
    if (losses === 0) return;
    this.reports.losses({ path: textFromByte(path), fidelityLosses: this.losses.describe(losses) });
  }

  get measuring(): boolean {
    return this.control.state === RunState.Measuring;
  }

  get cancelled(): boolean {
    return this.control.state === RunState.Cancelled;
  }

  /** The destination is full: from here on only what is missing is counted. */
  startMeasuring(missingBytes: number): void {
    this.control.startMeasuring();
    this.counters[Counter.missingBytes] += missingBytes;
    if (this.applier.writes) {
      this.applier.leave();
      this.applier = new PlanningApplier();
    }
  }

  close(): void {
    this.staging?.close();
    this.pool?.close();
    this.resume?.close();
    this.base?.close(this.native);
    for (const chain of this.sourceChains) chain.close();
    for (const source of this.sources) this.native.closeDirectory(source);
    if (this.set) this.native.closeDirectory(this.set);
  }
}

/** The generation compared with: its folder, its records, and ways to find them. */
export class BaseContext {
  readonly root: Directory;
  readonly chain: DirectoryChain;
  readonly cursor: MergeCursor;
  readonly fileIds: FileIdIndex;
  readonly paths: DirectoryPaths;
  readonly seen: Uint8Array;

  constructor(native: Native, set: Directory, base: NonNullable<MirrorPlan['base']>) {
    this.root = native.openDirectory(set, base.folder, 'reference');
    this.chain = new DirectoryChain(native, this.root, 'reference');
    this.cursor = new MergeCursor(base.manifest);
    this.fileIds = new FileIdIndex(base.manifest, base.fileIds);
    this.paths = new DirectoryPaths(base.manifest);
    this.seen = base.seen;
  }

  /** @returns false when another directory took it first */
  claimDirectory(block: number): boolean {
    return Atomics.compareExchange(this.seen, block, 0, 1) === 0;
  }

  close(native: Native): void {
    this.chain.close();
    native.closeDirectory(this.root);
  }
}
