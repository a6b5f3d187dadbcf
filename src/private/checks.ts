import { Token } from 'aws-cdk-lib';
import { refuseSecret } from './secrets';

/** The rule for a text. Tokens are not known before the deployment, so they pass. */
export interface TextRule {
  readonly min?: number;
  readonly max: number;
  readonly pattern?: RegExp;
  /** The pattern in words, for the message: `letters, digits and _`. */
  readonly allowed?: string;
}

/** The value in quotes, cut after 77 characters, for messages. */
export function shown(value: string): string {
  return value.length > 80 ? `'${value.slice(0, 77)}...'` : `'${value}'`;
}

/** Throws unless `value` is a token or follows the rule. */
export function checkText(name: string, value: string, rule: TextRule): void {
  if (Token.isUnresolved(value)) return;
  const { min = 1, max, pattern, allowed } = rule;
  if (value.length < min || value.length > max) {
    throw new Error(`${name} must be ${min} to ${max} characters long, got ${value.length}: `
      + `${shown(value)}`);
  }
  if (pattern && !pattern.test(value)) throw new Error(`${name} may only hold ${allowed}, got ${shown(value)}`);
}

/** Throws unless `value` is a token or 12 digits. */
export function checkAccountId(name: string, value: string): void {
  if (!Token.isUnresolved(value) && !/^[0-9]{12}$/.test(value)) {
    throw new Error(`${name} must be an AWS account ID, a string of 12 digits with its leading zeros, `
      + `got ${shown(String(value))}`);
  }
}

/** Throws unless `value` is a token or the ID of an organization. */
export function checkOrganizationId(name: string, value: string): void {
  if (!Token.isUnresolved(value) && !/^o-[a-z0-9]{10,32}$/.test(value)) {
    throw new Error(`${name} must be the ID of an AWS organization, 'o-' and 10 to 32 lower-case letters or digits, `
      + `got ${shown(value)}`);
  }
}

/**
 * Throws unless the text is a token, or a line that the service's console can show: 1 to 255 characters, the vendor's limit for names of connectors,
 * without line breaks and control characters, and not only spaces. Throws for a secret.
 */
export function checkLine(name: string, value: string): void {
  refuseSecret(name, value);
  checkText(name, value, { max: 255, pattern: /^[^\p{Cc}\u2028\u2029]*$/u, allowed: 'characters other than line breaks and control characters' });
  if (value.trim() === '') throw new Error(`${name} must hold a character other than a space`);
}

/** Finds the object with this name. Throws for an unknown name, and for a token, because the template needs the name. */
export function oneOf<T extends { readonly name: string }>(what: string, name: string, all: readonly T[]): T {
  const found = all.find((one) => one.name === name);
  if (!found) throw new Error(`${what} must be one of ${all.map((one) => one.name).join(', ')}, got ${shown(name)}`);
  return found;
}

/**
 * Returns the given objects in the order of `all`, each once, so that another order in the code changes nothing. It compares names, because the objects
 * may come from another copy of the package in the same app. Throws for a name that this copy does not know.
 */
export function inOrder<T extends { readonly name: string }>(what: string, given: readonly T[], all: readonly T[]): T[] {
  const names = given.map(({ name }) => oneOf(what, name, all).name);
  return all.filter(({ name }) => names.includes(name));
}
