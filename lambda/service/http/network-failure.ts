import { NoUsableAnswer, Unusable } from './errors';

/** Codes of Node's TLS and of OpenSSL's verification. */
const TLS = /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERROR_IN_CERT_|HOSTNAME_MISMATCH$|INVALID_(CA|PURPOSE)$|PATH_LENGTH_|EPROTO$)/;

/** The meaning of a rejected `fetch`, by its code. Its text may quote a header, and is not used. */
export function networkFailure(operation: string, error: unknown, otherwise: Unusable): NoUsableAnswer {
  const code = codeOf(error) ?? codeOf((error as { cause?: unknown } | undefined)?.cause);
  if (code === undefined) return new NoUsableAnswer(operation, otherwise);
  if (TLS.test(code)) return new NoUsableAnswer(operation, 'tls', code);
  const isTimeout = code === 'ETIMEDOUT' || code.endsWith('_TIMEOUT');
  return new NoUsableAnswer(operation, isTimeout ? 'timeout' : otherwise, code);
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,59}$/.test(code) ? code : undefined;
}
