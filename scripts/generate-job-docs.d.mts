/** The text of docs/jobs.md with the tables of this schema. */
export function jobPage(): string;
