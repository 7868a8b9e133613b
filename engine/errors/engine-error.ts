import { catalogue, type ErrorId } from './catalogue.ts';
import type { CatalogueEntry } from './catalogue/entry.ts';
import type { ErrorCategory } from './category.ts';
import type { ErrorData } from './error-data.ts';
import type { NativeCause } from './native-cause.ts';

/** What the thrower of an {@link EngineError} knows; all that is left out comes from the catalogue. */
export interface EngineErrorOptions {
  /** What failed, in a sentence for people: names the thing and the reason, not the remedy. */
  readonly message: string;
  /** The item, file or folder it is about, in the protocol's text form. */
  readonly path?: string | undefined;
  readonly native?: NativeCause | undefined;
  /** What to do about it, where that is better known than in the catalogue. */
  readonly hint?: string | undefined;
  readonly category?: ErrorCategory | undefined;
  readonly retryable?: boolean | undefined;
  /** Further facts for programs. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

/**
 * The one error class of the engine: every failure a user can meet has an id in the catalogue, and stays a value with
 * that id until the edge turns it into an `ErrorRecord` or a line of JSON.
 *
 * @example
 * throw new EngineError('SourceNotFound', { message: `The source '${path}' does not exist.`, path });
 */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly id: ErrorId;
  readonly category: ErrorCategory;
  readonly path: string | undefined;
  readonly native: NativeCause | undefined;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(id: ErrorId, options: EngineErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    const entry: CatalogueEntry = catalogue[id];
    this.id = id;
    this.category = options.category ?? entry.category;
    this.path = options.path;
    this.native = options.native;
    this.hint = options.hint ?? entry.hint;
    this.retryable = options.retryable ?? entry.retryable ?? false;
    this.details = options.details;
  }

  /** The error as it travels over the protocol, without the keys that have no value. */
  toErrorData(): ErrorData {
    return {
      id: this.id,
      category: this.category,
      ...(this.path !== undefined && { path: this.path }),
      ...(this.native !== undefined && { native: this.native }),
      ...(this.hint !== undefined && { hint: this.hint }),
      retryable: this.retryable,
      ...(this.details !== undefined && { details: this.details }),
    };
  }
}
