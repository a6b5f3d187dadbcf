import { Flag } from './contract';

/** A boolean as CloudFormation hands it over. */
export function flag(value: boolean): Flag {
  return value ? 'true' : 'false';
}
