/** A value as JSON, cut where it gets long, for messages to programs. */
export function abbreviate(value: unknown): string {
  return cut(JSON.stringify(value), 60);
}

/** A value in a message to people; of what is long, what it is. */
export function showValue(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'empty' : `an object (${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ', …' : ''})`;
  }
  // .inf and .nan are numbers of YAML that JSON does not have.
  return cut(typeof value === 'number' ? String(value) : JSON.stringify(value), 40);
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;
}
