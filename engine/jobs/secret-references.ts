import type { JobSettings, Secret } from '../types/job.ts';

/** The secrets that a job refers to, and which key does. */
export function secretReferences({ notify }: JobSettings): { key: string; secret: Secret }[] {
  const found: { key: string; secret: Secret }[] = [];
  if (notify?.mail?.password) found.push({ key: 'notify.mail.password', secret: notify.mail.password });
  for (const [index, { url, headers }] of (notify?.webhook ?? []).entries()) {
    if (typeof url !== 'string') found.push({ key: `notify.webhook[${index}].url`, secret: url });
    for (const [name, value] of Object.entries(headers))
      if (typeof value !== 'string') found.push({ key: `notify.webhook[${index}].headers.${name}`, secret: value });
  }
  return found;
}
