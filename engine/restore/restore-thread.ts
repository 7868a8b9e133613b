import type { MessagePort } from 'node:worker_threads';
import { NativeError, type Native } from '../../native/index.ts';
import { textFromByte, type BytePath } from '../../native/byte-path.ts';
import { RECORD_WORDS } from '../../native/item-record.ts';
import { LossTable } from '../fidelity/loss-table.ts';
import { Reports } from '../run/reports.ts';
import { RunState, SharedControl } from '../run/shared-control.ts';
import type { Actor } from './folder.ts';
import { MeasureActor } from './measure-actor.ts';
import { PathMatcher } from './path-matcher.ts';
import { compilePatterns, type Pattern } from './pattern.ts';
import { PlaceActor } from './place-actor.ts';
import type { RestorePlan, RestoreStage, RestoreThreadResult } from './restore-plan.ts';
import { RestoreReport } from './restore-report.ts';
import { RestoreWalk, type Mapping } from './restore-walk.ts';
import { SourceTree } from './source-tree.ts';
import { TargetTree } from './target-tree.ts';

const ITEMS_PER_CHECK = 32;
const THREAD = 0;

/** Measures or restores all that is chosen. */
export function runRestoreThread(
  native: Native,
  plan: RestorePlan,
  port: Pick<MessagePort, 'postMessage'>,
): RestoreThreadResult {
  const restorer = new Restorer(native, plan, port);
  try {
    return restorer.run();
  } finally {
    restorer.close();
  }
}

class Restorer {
  readonly #native: Native;
  readonly #plan: RestorePlan;
  readonly #control: SharedControl;
  readonly #reports: Reports;
  readonly #report: RestoreReport;
  readonly #source: SourceTree;
  readonly #targets: (TargetTree | undefined)[];
  #fullAt: number | undefined;
  #turn = 0;

  constructor(native: Native, plan: RestorePlan, port: Pick<MessagePort, 'postMessage'>) {
    this.#native = native;
    this.#plan = plan;
    this.#control = new SharedControl(plan.control);
    this.#reports = new Reports(port);
    const losses = new LossTable(native, plan.lossTable);
    this.#report = new RestoreReport(native, plan.anchors, plan.counts, this.#reports, losses);
    this.#source = new SourceTree(native, plan.set, plan.generation);
    this.#targets = plan.anchors.map(({ path, isUsed }) => (isUsed ? this.#openTarget(path) : undefined));
  }

  run(): RestoreThreadResult {
    const patterns = compilePatterns(this.#plan.choices);
    const groups = this.#groups(patterns);
    const actor = this.#actor(this.#plan.stage, groups.length);
    const unmatched: string[] = [];
    for (const { matcher, mapping } of groups) {
      new RestoreWalk(this.#plan.manifest, matcher, mapping, actor, (path) => this.#goesOn(path)).run();
      unmatched.push(...matcher.unmatched.map(({ text }) => text));
    }
    if (this.#plan.stage.kind === 'Place' && !this.#isStopped) for (const target of this.#targets) target?.sync();
    return {
      unmatched,
      neededBytes: actor instanceof MeasureActor ? actor.neededBytes : [],
      isUsed: actor instanceof MeasureActor ? actor.isUsed : [],
      withheldWarnings: this.#report.withheldWarnings,
      end: this.#fullAt !== undefined ? { fullAt: this.#fullAt } : this.#isCancelled ? 'Cancelled' : 'Done',
    };
  }

  close(): void {
    for (const target of this.#targets) target?.close();
    this.#source.close();
    this.#reports.flush();
  }

  #openTarget(path: BytePath): TargetTree | undefined {
    const isMeasure = this.#plan.stage.kind === 'Measure';
    try {
      return new TargetTree(this.#native, path, isMeasure ? 'reference' : 'fill');
    } catch (error) {
      if (isMeasure && error instanceof NativeError && this.#native.isMissing(error.native.code)) return undefined;
      throw error;
    }
  }

  /** Patterns whose items go to the same places are looked for together. */
  #groups(patterns: readonly Pattern[]): { matcher: PathMatcher; mapping: Mapping }[] {
    const { anchors } = this.#plan;
    if (anchors[0].source !== undefined) {
      const anchorOf = (source: BytePath): { anchor: number; isItself: boolean } => ({
        anchor: anchors.findIndex((anchor) => anchor.source === source),
        isItself: true,
      });
      return [{ matcher: new PathMatcher(patterns), mapping: { depth: 1, anchorOf } }];
    }
    return [...Map.groupBy(patterns, ({ base }) => base).values()].map((group) => ({
      matcher: new PathMatcher(group),
      mapping: { depth: group[0].baseDepth, anchorOf: () => ({ anchor: 0, isItself: false }) },
    }));
  }

  #actor(stage: RestoreStage, groups: number): Actor {
    const { manifest, conflict, counts, anchors } = this.#plan;
    const common = {
      native: this.#native,
      source: this.#source,
      targets: this.#targets,
      conflict,
      generation: textFromByte(this.#plan.generation),
      report: this.#report,
      counts,
    };
    if (stage.kind === 'Measure')
      return new MeasureActor({ ...common, stage, claims: groups > 1 ? new Map() : undefined });
    const set = new Uint32Array(RECORD_WORDS);
    this.#native.statDirectory(this.#source.set, set, 0);
    return new PlaceActor({
      ...common,
      anchors,
      damaged: stage.damaged,
      granularityNs: manifest.summary.timeGranularityNs,
      isStopped: () => this.#isStopped,
      onFull: (anchor) => (this.#fullAt ??= anchor),
      set,
    });
  }

  #goesOn(path: BytePath): boolean {
    if (this.#fullAt !== undefined) return false;
    if (++this.#turn % ITEMS_PER_CHECK === 0) {
      this.#control.waitWhilePaused();
      this.#control.showPath(THREAD, path);
      this.#reports.tick(Date.now());
    }
    return !this.#isCancelled;
  }

  get #isCancelled(): boolean {
    return this.#control.state === RunState.Cancelled;
  }

  get #isStopped(): boolean {
    return this.#isCancelled || this.#fullAt !== undefined;
  }
}
