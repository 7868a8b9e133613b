/** The text of docs/errors.md. */
export function errorPage(): string;
