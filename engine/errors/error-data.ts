import type { ErrorId } from './catalogue.ts';
import type { ErrorCategory } from './category.ts';
import type { NativeCause } from './native-cause.ts';

/** The `data` member of a JSON-RPC error, and what `itemError` notifications carry. */
export interface ErrorData {
  readonly id: ErrorId;
  readonly category: ErrorCategory;
  readonly path?: string;
  readonly native?: NativeCause;
  readonly hint?: string;
  readonly retryable: boolean;
  readonly details?: Readonly<Record<string, unknown>>;
}
