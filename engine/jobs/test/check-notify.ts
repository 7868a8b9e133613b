import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { JobSettings } from '../../types/job.ts';
import { secretReferences } from '../secret-references.ts';
import { failed, passed, warning, type Finding } from './check.ts';

/** Whether the servers of notifications have an address, and secrets in the environment are set. Nothing is sent. */
export async function checkNotify(
  settings: JobSettings,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Finding[]> {
  const { mail, webhook = [] } = settings.notify ?? {};
  const hosts = [
    ...(mail ? [mail.server] : []),
    ...webhook.flatMap(({ url }) => (typeof url === 'string' ? [hostOf(url)] : [])),
  ];
  const known = await Promise.all([...new Set(hosts)].map(checkHost));
  return [...known, ...checkEnvironment(settings, environment)];
}

function checkEnvironment(settings: JobSettings, environment: Readonly<Record<string, string | undefined>>): Finding[] {
  return secretReferences(settings).flatMap(({ key, secret }) => {
    if (!('env' in secret)) return [];
    const value = environment[secret.env];
    if (value !== undefined && value !== '')
      return [passed('Secret', `The environment variable '${secret.env}' (${key}) is set.`)];
    return [
      failed('Secret', `The environment variable '${secret.env}' (${key}) is not set.`, {
        hint: 'Set it for the account that runs the job; a scheduled job has other variables than your session.',
      }),
    ];
  });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : url;
}

async function checkHost(host: string): Promise<Finding> {
  if (isIP(host) !== 0) return passed('Notify', `'${host}' is an address.`);
  try {
    const { address } = await lookup(host);
    return passed('Notify', `'${host}' is ${address}.`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'no answer';
    return warning('Notify', `The name '${host}' has no address here (${code}).`, {
      hint: 'Check the name, and the network.',
    });
  }
}
