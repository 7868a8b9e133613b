/** What is left of a secret in a text. */
const MASK = '***';

/** Shorter ones would take harmless words out of a text, and are no secrets to speak of. */
const SHORTEST = 4;

/**
 * A function that takes secrets out of texts: what a program prints, or a server answers, may quote them. Also as they
 * stand within JSON and URLs.
 */
export function hideSecrets(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  const unique = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => unique.reduce((hidden, secret) => hidden.replaceAll(secret, MASK), text);
}
