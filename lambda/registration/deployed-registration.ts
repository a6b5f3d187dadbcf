import * as z from 'zod/mini';
import { parseEntryProperties } from './properties';
import { EntryProperties } from './registration';
import { REGISTRATION_VARIABLE, DeployedRegistrationProperties, TITLE_VARIABLE } from '../../src/wire/base-account';
import { Environment } from '../runtime/calls/hosts';
import { DeployError } from '../runtime/errors';
import { Owner } from '../runtime/owner';
import { Agree, parseProperties, text } from '../runtime/properties';

/** The registration as it was last deployed. */
export interface DeployedRegistration {
  readonly properties: EntryProperties;
  readonly owner: Owner;
  /** Undefined when this function does not rotate the key. */
  readonly rotation?: RotationTimes;
}

/** The times, in milliseconds. */
export interface RotationTimes {
  /** How long a replaced key stays active. */
  readonly retireAfter: number;
  /** After this time it is deactivated even if it is used. */
  readonly forceRetireAfter?: number;
}

const seconds = z.string().check(z.regex(/^\d{1,9}$/, 'must be a number of seconds'));

const schema = z.object({
  StackId: text,
  LogicalId: text,
  RetireAfterSeconds: z.optional(seconds),
  ForceRetireAfterSeconds: z.optional(seconds),
});

const agreed: Agree<z.input<typeof schema>, Omit<DeployedRegistrationProperties, 'Properties'>> = true;

export function parseDeployedRegistration(env: Environment): DeployedRegistration {
  const value = agreed && env[REGISTRATION_VARIABLE];
  if (value === undefined) throw new DeployError('the environment of this function does not say what it registers; deploy the stack again');

  const json = JSON.parse(value) as { readonly Properties?: object };
  const { StackId, LogicalId, RetireAfterSeconds, ForceRetireAfterSeconds } = parseProperties(schema, json);
  return {
    // An earlier version of this library had the title among the properties, and Lambda updates code and environment one after the other.
    properties: parseEntryProperties({ ...json.Properties, ...env[TITLE_VARIABLE] !== undefined && { Title: env[TITLE_VARIABLE] } }),
    owner: { stackId: StackId, logicalId: LogicalId },
    rotation: RetireAfterSeconds === undefined ? undefined : {
      retireAfter: Number(RetireAfterSeconds) * 1_000,
      forceRetireAfter: ForceRetireAfterSeconds === undefined ? undefined : Number(ForceRetireAfterSeconds) * 1_000,
    },
  };
}
