import type { EngineError } from '../errors/engine-error.ts';
import type { ProgressUpdate } from '../types/progress-update.ts';
import type {
  Damage,
  HardLink,
  ItemChange,
  ItemVersion,
  LogLevel,
  RemovalResult,
  RestoredItem,
  ShadowCopyInfo,
  WarningEntry,
} from '../types/protocol.ts';

/** What a command gets besides its parameters: the way to be stopped and the ways to report. */
export interface CommandContext {
  readonly requestId: string | number;
  /** Aborted when the request is cancelled or the client has gone; `signal.reason` is the `EngineError` to throw. */
  readonly signal: AbortSignal;
  /** Cheap enough to call per item: sent at most ten times a second, and always once at the end of a phase. */
  progress(update: ProgressUpdate): void;
  /** Sent in batches, in order, and all before the response. */
  items(items: readonly ItemChange[]): void;
  /** Reports an item that failed; the run goes on. */
  itemError(error: EngineError): void;
  warning(warning: WarningEntry & { readonly hint?: string | undefined }): void;
  removal(result: RemovalResult): void;
  /** Sent as they are: they come in batches. */
  restored(items: readonly RestoredItem[]): void;
  damage(items: readonly Damage[]): void;
  hardLink(link: HardLink): void;
  itemVersions(versions: ItemVersion[]): void;
  shadowCopies(shadowCopies: ShadowCopyInfo[]): void;
  log(level: LogLevel, message: string): void;
  /** True while the reader is slower than the engine: await {@link drained} before sending more. */
  needDrain(): boolean;
  /** Resolves when there is room again, and also when the request is cancelled or the reader has gone. */
  drained(): Promise<void>;
}

/** One method of the protocol. Its parameters were validated, with the defaults of the schema filled in. */
export type Command<Params, Result> = (params: Params, context: CommandContext) => Promise<Result>;
