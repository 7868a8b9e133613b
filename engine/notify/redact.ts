import type { JobResult } from '../types/protocol.ts';

export type Redact = (text: string) => string;

/** Shorter ones protect nothing, and would be found in every text. */
const SHORTEST = 4;
const REPLACEMENT = '***';
/** Fields of a result whose text comes from elsewhere: messages of systems, last lines of hooks. */
const FREE_TEXT: ReadonlySet<string> = new Set(['message', 'hint', 'path', 'command', 'reason', 'text', 'pinReason']);

/** Takes secrets out of texts, in all the forms in which they travel. */
export function redactor(secrets: readonly string[]): Redact {
  const forms = [...new Set(secrets.flatMap(formsOf))]
    .filter((form) => form.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((redacted, form) => redacted.replaceAll(form, REPLACEMENT), text);
}

/** A result without secrets in its texts. */
export function redactResult(result: JobResult, redact: Redact): JobResult {
  return JSON.parse(
    JSON.stringify(result, (key, value: unknown) =>
      typeof value === 'string' && FREE_TEXT.has(key) ? redact(value) : value,
    ),
  ) as JobResult;
}

function formsOf(secret: string): string[] {
  const encoded = Buffer.from(secret).toString('base64');
  const wellFormed = secret.toWellFormed();
  return [
    secret,
    secret.trim(),
    encoded,
    encoded.replace(/=+$/, ''),
    encodeURIComponent(wellFormed),
    JSON.stringify(secret).slice(1, -1),
    ...partsOfUrl(secret),
  ];
}

/** Of a URL that is secret, every part behind the server's name may be told by an error on its own. */
function partsOfUrl(secret: string): string[] {
  if (!/^https?:\/\//i.test(secret) || !URL.canParse(secret)) return [];
  const { pathname, search, username, password, href } = new URL(secret);
  const long = [...pathname.split('/'), ...search.split(/[?&=]/), username, password].filter(
    (part) => part.length >= 8,
  );
  return [href, pathname + search, pathname, search, ...long];
}
