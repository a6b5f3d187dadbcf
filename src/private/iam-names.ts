import { CfnTag, Token } from 'aws-cdk-lib';
import { checkText, shown } from './checks';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const NAME = /^[\w+=,.@-]+$/;
const NAME_CHARACTERS = 'letters, digits and _ + = , . @ -';

export function checkRoleName(name: string, value: string): void {
  checkText(name, value, { max: 64, pattern: NAME, allowed: NAME_CHARACTERS });
}

export function checkUserName(name: string, value: string): void {
  checkText(name, value, { max: 64, pattern: NAME, allowed: NAME_CHARACTERS });
}

export function checkPolicyName(name: string, value: string): void {
  checkText(name, value, { max: 128, pattern: NAME, allowed: NAME_CHARACTERS });
}

/** A role name in which `*` and `?` stand for any characters. */
export function checkRoleNamePattern(name: string, value: string): void {
  checkText(name, value, { max: 64, pattern: /^[\w+=,.@*?-]+$/, allowed: `${NAME_CHARACTERS}, and the wildcards * and ?` });
}

export function checkDescription(name: string, value: string): void {
  checkText(name, value, { max: 1000, pattern: /^[\t\n\r -~\xa1-\xff]+$/, allowed: 'printable characters of Latin-1' });
}

/** Throws unless the path is a token, or `/` or `/a/b/` without the characters `*`, `?` and `$`, which have a meaning in policies. */
export function checkPath(name: string, value: string): void {
  if (Token.isUnresolved(value)) return;
  checkText(name, value, { max: 512, pattern: /^[!-#%-)+->@-~]+$/, allowed: 'printable ASCII characters other than space, *, ? and $' });
  if (!value.startsWith('/') || !value.endsWith('/')) throw new Error(`${name} must begin and end with '/', as in '/security/', got ${shown(value)}`);
}

/** Throws for a tag that IAM does not allow. None of the allowed characters has a meaning in policies. */
export function checkTag(name: string, { key, value }: CfnTag): void {
  const rule = { pattern: /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u, allowed: 'letters, digits, spaces and _ . : / = + - @' };
  checkText(`key of ${name}`, key, { ...rule, max: 128 });
  checkText(`value of ${name}`, value, { ...rule, min: 0, max: 256 });
}
