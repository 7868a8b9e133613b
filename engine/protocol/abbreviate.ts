const longest = 60;

/** A value as JSON, cut where it gets long, for messages. */
export function abbreviate(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;
}
