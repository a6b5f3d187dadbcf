import * as z from 'zod/mini';
import { ServiceProperties } from '../../../src/wire/common';
import { DeployError } from '../../runtime/errors';
import { Redactor } from '../../runtime/redaction/redact';

export type Credentials =
  | { readonly kind: 'BASIC'; readonly username: string; readonly password: string }
  | { readonly kind: 'OIDC_CLIENT'; readonly clientId: string; readonly clientSecret: string };

const some = z.string().check(z.minLength(1));
/** A colon would end the user name early in a Basic header. */
const userName = some.check(z.regex(/^[^:]+$/));
/** Client ID and client secret are sent in headers of their own. */
const printable = some.check(z.regex(/^[\x21-\x7e]+$/));

const basic = z.object({ username: userName, password: some });
const oidcClient = z.object({ clientId: printable, clientSecret: printable });

/** Reads the secret's JSON. It registers every value with the redactor, even if the secret does not have the right form. */
export function parseCredentials(value: string, service: ServiceProperties, redactor: Redactor): Credentials {
  redactor.protect(value);
  const parsed = parseJson(value);
  if (typeof parsed === 'object' && parsed !== null) Object.values(parsed).forEach((field) => typeof field === 'string' && redactor.protect(field));
  if (service.Authentication === 'BASIC') {
    const { username, password } = check(basic, parsed, service);
    redactor.protect(Buffer.from(`${username}:${password}`, 'utf8').toString('base64'));
    return { kind: 'BASIC', username, password };
  }
  return { kind: 'OIDC_CLIENT', ...check(oidcClient, parsed, service) };
}

function check<S extends z.ZodMiniType>(schema: S, parsed: unknown, { CredentialsSecretArn, Authentication }: ServiceProperties): z.output<S> {
  const result = z.safeParse(schema, parsed);
  if (result.success) return result.data;
  const form = Authentication === 'BASIC' ? '{"username": "...", "password": "..."}' : '{"clientId": "...", "clientSecret": "..."}';
  const field = result.error.issues[0].path.join('.');
  const defect = field === '' ? 'is no JSON object' : `has no usable '${field}'`;
  throw new DeployError(`the secret ${CredentialsSecretArn} ${defect}; it must be JSON of the form ${form}, each a text that is not empty`);
}

/** The parser's own error quotes its input. */
function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
