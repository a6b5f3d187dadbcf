import { Stack, Token } from 'aws-cdk-lib';
import { hashed } from '../wire/pins';

/** Characters of JSON: an environment has room for 4 KB in all. */
const LONGEST = 2_000;

/** The value as the environment of a function may hold it: as it is, or by its hash where it is long and known at synth. */
export function pinned<T extends object>(stack: Stack, value: T, longest = LONGEST): T | string {
  const isLong = JSON.stringify(stack.resolve(value)).length > longest;
  return isLong && isKnown(value) ? hashed(value) : value;
}

function isKnown(value: unknown): boolean {
  if (typeof value === 'object' && value !== null && !Token.isUnresolved(value)) return Object.values(value).every(isKnown);
  return !Token.isUnresolved(value);
}
