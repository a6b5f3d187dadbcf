import { Stack, Token } from 'aws-cdk-lib';
import { hashed } from '../wire/pins';

/** Characters of JSON: an environment has room for 4 KB in all. */
const LONGEST = 2_000;

/** The value as the environment of a function may hold it: as it is, or by its hash where it is long and known at synth. */
export function pinned(stack: Stack, value: object): object | string {
  const isLong = JSON.stringify(stack.resolve(value)).length > LONGEST;
  return isLong && isKnown(value) ? hashed(value) : value;
}

function isKnown(value: unknown): boolean {
  if (typeof value === 'object' && value !== null && !Token.isUnresolved(value)) return Object.values(value).every(isKnown);
  return !Token.isUnresolved(value);
}
