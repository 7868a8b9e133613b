/** What to say of a connection that failed, whoever made it. */
interface Explanation {
  readonly text: string;
  /** The same attempt may succeed a little later. */
  readonly retryable: boolean;
}

const TEXTS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name was not found (DNS)',
  EAI_AGAIN: 'its name could not be looked up: the DNS server does not answer',
  EDNS: 'its name could not be looked up (DNS)',
  ECONNREFUSED: 'it refuses the connection: nothing listens on this port, or a firewall forbids it',
  ECONNRESET: 'it dropped the connection',
  EPIPE: 'it dropped the connection',
  ECONNECTION: 'it dropped the connection',
  UND_ERR_SOCKET: 'it dropped the connection',
  EHOSTUNREACH: 'there is no way to it in the network',
  ENETUNREACH: 'there is no way to it in the network',
  ETIMEDOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
};

/** Of OpenSSL, as Node.js names them: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
]);

const OTHER_CERTIFICATE_CODES = /^(CERT_|CRL_|ERR_TLS_CERT_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH)/;

const ADD_AUTHORITY =
  'If the certificate is of an authority of your own, name the file with that authority in the environment variable ' +
  'NODE_EXTRA_CA_CERTS, or let NODE_USE_SYSTEM_CA=1 ask the store of the system.';

/** @returns undefined when the error is not one of a connection */
export function explainConnection(host: string, error: unknown): Explanation | undefined {
  for (const { code, message } of causesOf(error)) {
    if (CERTIFICATE_CODES.has(code)) return certificate(host, `is not trusted: ${message} (${code}). ${ADD_AUTHORITY}`);
    if (OTHER_CERTIFICATE_CODES.test(code)) return certificate(host, `is not accepted: ${message} (${code})`);
    if (/^(ERR_SSL_|EPROTO$)/.test(code))
      return {
        text: `No TLS connection to ${host}: ${message} (${code}). Perhaps this port does not speak TLS from the start.`,
        retryable: false,
      };
    const known = TEXTS[code];
    if (known !== undefined) return { text: `No connection to ${host}: ${known} (${code}).`, retryable: true };
  }
  return undefined;
}

/** The innermost cause first: it knows what happened, those around it only for whom. */
export function causesOf(error: unknown): { code: string; message: string }[] {
  const causes: { code: string; message: string }[] = [];
  for (let current = error; current instanceof Error && causes.length < 10; current = current.cause) {
    const fields = current as Error & { code?: unknown; originalCode?: unknown; errors?: unknown };
    for (const code of [fields.code, fields.originalCode])
      if (typeof code === 'string') causes.unshift({ code, message: current.message });
    // Of a server with several addresses there is an error for each.
    if (Array.isArray(fields.errors)) causes.unshift(...causesOf(fields.errors[0]));
  }
  return causes;
}

function certificate(host: string, what: string): Explanation {
  return { text: `The certificate of ${host} ${what}`, retryable: false };
}
