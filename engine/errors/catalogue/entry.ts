import type { ErrorCategory } from '../category.ts';

/** What is the same for every error of one id. docs/errors.md is made of it, too: `meaning` and `remedy` are Markdown. */
export interface CatalogueEntry {
  readonly category: ErrorCategory;
  /** What has happened, in a sentence or two. */
  readonly meaning: string;
  /** What the user can do, unless the thrower knows better. Shown in a console. */
  readonly hint: string;
  /** What the user can do, for the page, where it has more to say than the hint. */
  readonly remedy?: string;
  /** Whether the same request may succeed later without anyone changing anything. Default: false. */
  readonly retryable?: boolean;
}

/** Errors that belong together, by id. */
export type Chapter = Readonly<Record<string, CatalogueEntry>>;
