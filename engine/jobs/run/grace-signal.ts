/** How long what has to follow a cancelled run may take: less than the engine itself waits for its requests. */
export const GRACE_MS = 20_000;

/** A signal that comes some time after another one; `release` when nobody listens any more. */
export function graceSignal(signal: AbortSignal, milliseconds: number): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => controller.abort(signal.reason), milliseconds);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}
