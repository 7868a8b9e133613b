import type { Job } from '../jobs/job.ts';
import { secretReferences } from '../jobs/secret-references.ts';
import type { Secret } from '../types/job.ts';
import { NotSent } from './not-sent.ts';

/** Values of stored secrets by {@link secretName}. */
export type SecretValues = Readonly<Record<string, string>>;

/** The key of a secret's value: the name of the variable, `vault/name`, or `name`. */
export function secretName(reference: Secret): string {
  if ('env' in reference) return reference.env;
  return reference.vault === undefined ? reference.secret : `${reference.vault}/${reference.secret}`;
}

/** @throws NotSent when there is no such secret */
export function resolveSecret(reference: Secret, secrets: SecretValues): string {
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
  return secretReferences(job.settings)
    .map(({ secret }) => findSecret(secret, secrets))
    .filter((value) => value !== undefined);
}

function findSecret(reference: Secret, secrets: SecretValues): string | undefined {
  const name = secretName(reference);
  const value = 'env' in reference ? process.env[name] : Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  return value === '' ? undefined : value;
}
