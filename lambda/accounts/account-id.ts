import { DeployError } from '../runtime/errors';

/** Returns the account ID of an answer of AWS, with its leading zeros. Throws unless it is 12 digits. */
export function knownAccountId(what: string, value: string | undefined): string {
  if (value !== undefined && /^\d{12}$/.test(value)) return value;
  throw new DeployError(`AWS answered '${what}' with an account whose ID is not 12 digits: nothing was changed, and the next run reads it again`);
}
