import { Token } from 'aws-cdk-lib';
import { ROLE_TRUST_RECORD_PREFIX } from './role-trust-contract';

/** Parameter Store knows neither `+ = ,` nor `@`: a dot and the character's code in hexadecimal stand for each. */
export function recordNameOf(roleName: string): string {
  const name = Token.isUnresolved(roleName)
    ? roleName
    : roleName.replace(/[^\w.-]/g, (character) => `.${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${ROLE_TRUST_RECORD_PREFIX}/${name}`;
}
