import { createTransport } from 'nodemailer';
import type { Mail } from '../../types/job.ts';
import type { Channel, Told } from '../channel.ts';
import { resolveSecret } from '../secrets.ts';
import { composeMail } from './compose.ts';
import { explainMailError, refusedReceivers } from './explain.ts';

const PORTS: Readonly<Record<Mail['security'], number>> = { StartTls: 587, Tls: 465, None: 25 };
const TIME_LIMIT_MS = 120_000;
/** How long the server may be silent at any point. */
const SILENCE_MS = 30_000;

/** A mail through an SMTP server. Its certificate is always verified, and nothing is sent before TLS where that is asked for. */
export function mailChannel(mail: Mail, told: Told): Channel {
  return {
    channel: 'Mail',
    target: mail.to.join(', '),
    timeLimitMs: TIME_LIMIT_MS,
    async send(signal) {
      const { host, port, auth } = connectionOf(mail, told);
      const transport = createTransport({
        host,
        port,
        secure: mail.security === 'Tls',
        requireTLS: mail.security === 'StartTls',
        ignoreTLS: mail.security === 'None',
        ...(auth && { auth }),
        dnsTimeout: SILENCE_MS,
        connectionTimeout: SILENCE_MS,
        greetingTimeout: SILENCE_MS,
        socketTimeout: SILENCE_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        const sent = (await transport.sendMail({ ...(await composeMail(mail, told)), signal })) as {
          rejectedErrors?: readonly Error[];
        };
        const refused = sent.rejectedErrors ?? [];
        if (refused.length > 0) throw refusedReceivers(mail.to.length, refused);
      } catch (error) {
        throw explainMailError(`${host}:${port}`, error);
      } finally {
        transport.close();
      }
    },
  };
}

function connectionOf(
  { server, port, security, user, password }: Mail,
  { secrets }: Told,
): { host: string; port: number; auth: { user: string; pass: string } | undefined } {
  const pass = password && resolveSecret(password, secrets);
  return {
    host: server,
    port: port ?? PORTS[security],
    auth: user === undefined ? undefined : { user, pass: pass ?? '' },
  };
}
