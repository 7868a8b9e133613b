import { secondsOf } from '../../jobs/duration.ts';
import type { Webhook } from '../../types/job.ts';
import type { Channel, Told } from '../channel.ts';
import { NotSent } from '../not-sent.ts';
import { resolveSecret, secretName } from '../secrets.ts';
import { webhookBody } from './body.ts';
import { postPatiently } from './post-patiently.ts';

/** Beside what the answers take: waiting between attempts. */
const PATIENCE_MS = 120_000;
const ATTEMPTS = 4;

/** An HTTP request with the result. */
export function webhookChannel(webhook: Webhook, told: Told): Channel {
  const timeoutMs = secondsOf(webhook.timeout) * 1000;
  return {
    channel: 'Webhook',
    target: targetOf(webhook.url),
    timeLimitMs: ATTEMPTS * timeoutMs + PATIENCE_MS,
    async send(signal) {
      const resolve = (value: Webhook['url']): string =>
        typeof value === 'string' ? value : resolveSecret(value, told.secrets).trim();
      const url = resolve(webhook.url);
      if (!URL.canParse(url) || !/^https?:/i.test(url))
        throw new NotSent('The URL is not valid: it begins with https:// and has no spaces.');
      await postPatiently(
        {
          url: withoutCredentials(url),
          headers: headersOf(webhook, url, resolve),
          body: webhookBody(webhook.body, told),
          timeoutMs,
          attempts: ATTEMPTS,
        },
        signal,
      );
    },
  };
}

/** What a URL has behind its path, and before its host, may be what protects it. */
function targetOf(url: Webhook['url']): string {
  if (typeof url !== 'string') return `secret ${secretName(url)}`;
  if (!URL.canParse(url)) return 'a URL that is not valid';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

function headersOf(
  { headers }: Webhook,
  url: string,
  resolve: (value: Webhook['url']) => string,
): Record<string, string> {
  const { username, password } = new URL(url);
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  const all = new Headers({
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': 'MirrorBackup',
    ...(username !== '' && { Authorization: `Basic ${login}` }),
  });
  for (const [name, value] of Object.entries(headers)) {
    try {
      all.set(name, resolve(value));
    } catch (error) {
      if (error instanceof NotSent) throw error;
      // The error of the system would repeat the value.
      throw new NotSent(`The header '${name}' has a name or a value with characters that no header may have.`);
    }
  }
  return Object.fromEntries(all);
}

/** `fetch` takes none in a URL. */
function withoutCredentials(url: string): URL {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain;
}
