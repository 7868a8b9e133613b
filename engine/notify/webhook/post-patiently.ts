import { setTimeout as delay } from 'node:timers/promises';
import { NotSent } from '../not-sent.ts';
import { postOnce, type Post } from './post-once.ts';

const FIRST_PAUSE_MS = 1000;
/** What a server may ask for with Retry-After; one that wants more is not waited for so long. */
const LONGEST_PAUSE_MS = 30_000;

/** Sends a request, again if the network or the server may do better soon. @throws NotSent */
export async function postPatiently(post: Post & { readonly attempts: number }, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await postOnce(post, signal);
    if (outcome.kind === 'Accepted') return;
    if (outcome.kind === 'Refused' || attempt === post.attempts)
      throw new NotSent(attempt === 1 ? outcome.text : `${outcome.text} (after ${attempt} attempts)`);
    const pause = outcome.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1);
    await delay(Math.min(Math.max(pause, 0), LONGEST_PAUSE_MS), undefined, { signal });
  }
}
