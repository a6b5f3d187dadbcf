import * as z from 'zod/mini';
import { REGISTRATION_VARIABLE, DeployedRegistrationProperties, TITLE_VARIABLE } from '../../src/wire/base-account';
import { parseEntryProperties } from '../registration/properties';
import { EntryProperties } from '../registration/registration';
import { DeployError } from '../runtime/errors';
import { Owner } from '../runtime/owner';
import { Agree, parseProperties, text } from '../runtime/properties';

/** What a rotation and the daily run work on: the registration as it was last deployed. */
export interface DeployedRegistration {
  readonly properties: EntryProperties;
  readonly owner: Owner;
  /** Milliseconds that a replaced key stays active. */
  readonly retireAfter: number;
}

const schema = z.object({
  StackId: text,
  LogicalId: text,
  ForceRetireAfterSeconds: z.optional(z.string().check(z.regex(/^\d{1,9}$/, 'must be a number of seconds'))),
  RetireAfterSeconds: z.string().check(z.regex(/^\d{1,9}$/, 'must be a number of seconds')),
});

const agreed: Agree<z.input<typeof schema>, Omit<DeployedRegistrationProperties, 'Properties'>> = true;

export function parseDeployedRegistration(env: NodeJS.ProcessEnv): DeployedRegistration {
  const value = agreed && env[REGISTRATION_VARIABLE];
  if (value === undefined) {
    throw new DeployError('this function was deployed without rotation, so there is nothing to rotate. '
      + 'Set rotation on the registration');
  }
  const json = JSON.parse(value) as { readonly Properties?: object };
  const { StackId, LogicalId, RetireAfterSeconds } = parseProperties(schema, json);
  return {
    // A version of this library had the title among the properties; Lambda updates code and environment one after the other.
    properties: parseEntryProperties({ ...json.Properties, ...env[TITLE_VARIABLE] !== undefined && { Title: env[TITLE_VARIABLE] } }),
    owner: { stackId: StackId, logicalId: LogicalId },
    retireAfter: Number(RetireAfterSeconds) * 1_000,
  };
}
