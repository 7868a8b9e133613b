import type { Job } from '../jobs/job.ts';
import type { Secret } from '../types/job.ts';
import { NotSent } from './not-sent.ts';

/** Where a secret is found. */
export type SecretReference = Secret;

/** Values of stored secrets by {@link secretName}. */
export type SecretValues = Readonly<Record<string, string>>;

/** All secrets that the notifications of a job need, each once. */
export function secretsOf(job: Job): SecretReference[] {
  const { mail, webhook = [] } = job.settings.notify ?? {};
  const references = [
    mail?.password,
    ...webhook.flatMap(({ url, headers }) => [url, ...Object.values(headers)]),
  ].filter((value) => typeof value === 'object');
  return [...new Map(references.map((reference) => [JSON.stringify(reference), reference])).values()];
}

/** The key of a secret's value: the name of the variable, `vault/name`, or `name`. */
export function secretName(reference: SecretReference): string {
  if ('env' in reference) return reference.env;
  return reference.vault === undefined ? reference.secret : `${reference.vault}/${reference.secret}`;
}

/** @throws NotSent when there is no such secret */
export function resolveSecret(reference: SecretReference, secrets: SecretValues): string {
  const value = findSecret(reference, secrets);
  if (value !== undefined) return value;
  const name = secretName(reference);
  throw new NotSent(
    'env' in reference
      ? `The environment variable '${name}' that holds a secret is not set for the account the job runs as.`
      : `The secret '${name}' was not found. Store it with Set-Secret for the account the job runs as.`,
  );
}

/** Values of all secrets of a job that are there. */
export function secretValuesOf(job: Job, secrets: SecretValues): string[] {
  return secretsOf(job)
    .map((reference) => findSecret(reference, secrets))
    .filter((value) => value !== undefined);
}

function findSecret(reference: SecretReference, secrets: SecretValues): string | undefined {
  const name = secretName(reference);
  const value = 'env' in reference ? process.env[name] : Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  return value === '' ? undefined : value;
}
