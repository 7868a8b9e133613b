/** `{b5946137-7b9f-4925-af80-51abd60b20d5}`, in lower case: the form in which ids are compared and shown. */
export type Guid = string;

const FORM = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i;

/** @returns undefined when the text is no GUID */
export function parseGuid(text: string): Guid | undefined {
  const parts = guidParts(text);
  return parts && `{${parts.join('-').toLowerCase()}}`;
}

/** Its five groups of digits. */
export function guidParts(text: string): string[] | undefined {
  return FORM.exec(text)?.slice(1);
}
