import { explainConnection } from '../explain-connection.ts';
import { NotSent } from '../not-sent.ts';

/** What nodemailer tells of a failure: https://nodemailer.com/errors */
interface MailFailure {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly recipient?: string;
  readonly rejectedErrors?: readonly MailFailure[];
}

/** An error that says what the server answered, or why there was no answer. */
export function explainMailError(server: string, error: unknown): NotSent {
  if (error instanceof NotSent) return error;
  const { code, response, command, rejectedErrors } = error as MailFailure;
  const message = error instanceof Error ? error.message : String(error);
  if (rejectedErrors !== undefined && rejectedErrors.length > 0)
    return new NotSent(`The mail server ${server} refuses all receivers: ${answersOf(rejectedErrors)}`);
  if (response !== undefined) return new NotSent(`${refusalOf(code, command, server)}: ${response}`);
  if (code === 'ETLS' && /upgrading|STARTTLS/.test(message))
    return new NotSent(
      `The mail server ${server} offers no TLS by STARTTLS, and nothing is sent without (ETLS): ${message}`,
    );
  if (code === 'EAUTH')
    return new NotSent(
      `The mail server ${server} offers no login that can be used, or a password is missing (EAUTH): ${message}`,
    );
  if (code === 'ETIMEDOUT') return new NotSent(`The mail server ${server} did not answer in time (ETIMEDOUT).`);
  const explained = explainConnection(`the mail server ${server}`, error);
  return new NotSent(
    explained?.text ?? `The mail server ${server}: ${message}${code === undefined ? '' : ` (${code})`}`,
  );
}

/** The mail was accepted for some receivers only. */
export function refusedReceivers(all: number, errors: readonly Error[]): NotSent {
  return new NotSent(
    `Sent, but not to ${errors.length} of ${all} receivers, whom the mail server refuses: ${answersOf(errors)}`,
  );
}

function refusalOf(code: string | undefined, command: string | undefined, server: string): string {
  if (code === 'EAUTH') return `The mail server ${server} refuses the login`;
  if (code === 'ETLS') return `The mail server ${server} offers no TLS by STARTTLS, and nothing is sent without`;
  if (command === 'MAIL FROM') return `The mail server ${server} refuses the sender`;
  return `The mail server ${server} refuses the mail${command === undefined ? '' : ` (${command})`}`;
}

function answersOf(errors: readonly (MailFailure | Error)[]): string {
  return (errors as readonly MailFailure[])
    .map(({ recipient, response }) => `${recipient ?? 'a receiver'}: ${response ?? 'no reason given'}`)
    .join('; ');
}
