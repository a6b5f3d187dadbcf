import * as z from 'zod/mini';
import type { StoredKey } from '../../src/wire/access-key';
import { DeployError } from '../runtime/errors';
import { Redactor } from '../runtime/redaction/redact';

const text = z.string().check(z.minLength(1));
const schema = z.object({ accessKeyId: text, secretAccessKey: text, userName: text, accountId: text });

/** Whose key it is. */
export interface KeyOwner {
  readonly userName: string;
  readonly accountId: string;
}

/** Parses a version of the secret. An error names the missing field, and never a value. */
export function parseStoredKey(value: string, secretArn: string, redactor: Redactor): StoredKey {
  let json: unknown;
  try {
    json = JSON.parse(value);
  } catch {
    redactor.protect(value);
    throw new DeployError(`the secret ${secretArn} does not hold JSON; it must hold the key that this library stored. ${REPAIR}`);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    redactor.protect(value);
    const fields = [...new Set(parsed.error.issues.map((issue) => `'${issue.path.join('.') || 'value'}'`))].join(', ');
    throw new DeployError(`the secret ${secretArn} lacks a usable field ${fields}; it must hold the key that this library stored. ${REPAIR}`);
  }
  redactor.protect(parsed.data.secretAccessKey);
  return parsed.data;
}

const REPAIR = 'Move the label AWSCURRENT back to the version that held the key (aws secretsmanager update-secret-version-stage), then deploy again';

export function belongsTo(key: StoredKey, owner: KeyOwner): boolean {
  return key.userName === owner.userName && key.accountId === owner.accountId;
}
