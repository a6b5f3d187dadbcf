import { Token } from 'aws-cdk-lib';

/** What a text may be. Tokens are not known before the deployment: they pass. */
export interface TextRule {
  readonly min?: number;
  readonly max: number;
  readonly pattern?: RegExp;
  /** The pattern in words, for the message: `letters, digits and _`. */
  readonly allowed?: string;
}

/** Long values are cut in messages, so that the message stays readable. */
export function shown(value: string): string {
  return value.length > 80 ? `'${value.slice(0, 77)}...'` : `'${value}'`;
}

/** Throws unless `value` is a token or follows the rule. */
export function checkText(name: string, value: string, rule: TextRule): void {
  if (Token.isUnresolved(value)) { return; }
  const { min = 1, max, pattern, allowed } = rule;
  if (value.length < min || value.length > max) {
    throw new Error(`${name} must be ${min} to ${max} characters long, got ${value.length}: ${shown(value)}`);
  }
  if (pattern && !pattern.test(value)) {
    throw new Error(`${name} may only hold ${allowed}, got ${shown(value)}`);
  }
}

/** Throws unless `value` is a token or 12 digits. */
export function checkAccountId(name: string, value: string): void {
  if (!Token.isUnresolved(value) && !/^[0-9]{12}$/.test(value)) {
    throw new Error(`${name} must be an AWS account ID, a string of 12 digits with its leading zeros, got ${shown(String(value))}`);
  }
}

/** Throws unless `value` is a token or the ID of an organization. */
export function checkOrganizationId(name: string, value: string): void {
  if (!Token.isUnresolved(value) && !/^o-[a-z0-9]{10,32}$/.test(value)) {
    throw new Error(`${name} must be the ID of an AWS organization, 'o-' and 10 to 32 lower-case letters or digits, got ${shown(value)}`);
  }
}
