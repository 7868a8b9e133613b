import { explainConnection } from '../explain-connection.ts';

export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long an answer may take. */
  readonly timeoutMs: number;
}

export type PostOutcome =
  | { readonly kind: 'Accepted' }
  | { readonly kind: 'Refused'; readonly text: string }
  | { readonly kind: 'Later'; readonly text: string; readonly retryAfterMs?: number | undefined };

const MOST_REDIRECTS = 3;
/** Enough for what servers say of a request they refuse, such as `invalid_payload`. */
const MOST_OF_ANSWER = 200;

/**
 * Sends a request once. A redirect is followed only where it leaves method, body and server as they are: another
 * server shall not get what was meant for this one, least of all its secrets.
 */
export async function postOnce(post: Post, signal: AbortSignal): Promise<PostOutcome> {
  const timeout = AbortSignal.timeout(post.timeoutMs);
  const stop = AbortSignal.any([signal, timeout]);
  let url = post.url;
  try {
    for (let redirects = 0; ; redirects++) {
      const { headers, body } = post;
      const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: stop });
      if (response.status < 300 || response.status >= 400) return await outcomeOf(response, url);
      await response.body?.cancel();
      const next = redirectionOf(response, url);
      if (next.origin !== url.origin || ![307, 308].includes(response.status) || redirects === MOST_REDIRECTS)
        return {
          kind: 'Refused',
          text: `${url.host} answers with HTTP ${response.status}: ${redirectText(next, url)}`,
        };
      url = next;
    }
  } catch (error) {
    signal.throwIfAborted();
    // It may have been received: not sent again.
    if (timeout.aborted)
      return { kind: 'Refused', text: `${url.host} did not answer within ${post.timeoutMs / 1000} s.` };
    const explained = explainConnection(url.host, error);
    if (explained) return { kind: explained.retryable ? 'Later' : 'Refused', text: explained.text };
    return { kind: 'Refused', text: `No request to ${url.host}: ${messageOf(error)}` };
  }
}

async function outcomeOf(response: Response, url: URL): Promise<PostOutcome> {
  if (response.ok) {
    await response.body?.cancel();
    return { kind: 'Accepted' };
  }
  const said = (await beginningOf(response)).trim();
  const text =
    `${url.host} answers with HTTP ${response.status} ${response.statusText}`.trim() +
    (said === '' ? '.' : `: ${said}`);
  const isLater = response.status === 429 || response.status >= 500;
  return isLater ? { kind: 'Later', text, retryAfterMs: retryAfter(response) } : { kind: 'Refused', text };
}

/** The first characters of an answer that may be of any length. */
async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length >= MOST_OF_ANSWER) break;
  }
  return text.slice(0, MOST_OF_ANSWER);
}

/** https://datatracker.ietf.org/doc/html/rfc9110#field.retry-after: seconds or a date. */
function retryAfter({ headers }: Response): number | undefined {
  const value = headers.get('Retry-After')?.trim() ?? '';
  if (/^[0-9]{1,9}$/.test(value)) return Number(value) * 1000;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time - Date.now();
}

function redirectionOf({ headers }: Response, url: URL): URL {
  const location = headers.get('Location') ?? '';
  return URL.canParse(location, url.href) ? new URL(location, url) : url;
}

function redirectText(next: URL, url: URL): string {
  if (next.href === url.href) return 'a redirect that leads nowhere.';
  return `it redirects to ${next.origin}${next.pathname}, which is not followed. If that is where it belongs, use that URL.`;
}

/** `fetch` itself says no more than that it failed; the innermost cause knows why. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? messageOf(error.cause) : error.message;
}
