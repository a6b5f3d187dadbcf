import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod/mini';
import { unless } from '../../runtime/calls/aws-errors';
import { DeployError } from '../../runtime/errors';
import { Outbound } from '../../runtime/resource';

/** The fields about keys in the record of a registration; `registration/record/record.ts` has all fields. */
export interface HeldKeys {
  /** `CLAIMED` means that nothing was sent. */
  readonly status: string;
  /** The key that is delivered, or that waits for a person. */
  readonly accessKeyId: string;
  /** The key that the service has, as far as known. */
  readonly registeredAccessKeyId?: string;
}

/** Reads the record of this name; undefined when there is none. */
export type ReadHeldKeys = (recordName: string) => Promise<HeldKeys | undefined>;

const schema = z.object({ status: z.string(), accessKeyId: z.string(), registeredAccessKeyId: z.optional(z.string()) });

/** From Parameter Store. */
export function heldKeys(outbound: Outbound): ReadHeldKeys {
  const client = new SSMClient({});
  return async (Name) => {
    const answer = await unless('ParameterNotFound', outbound('ssm:GetParameter', () => client.send(new GetParameterCommand({ Name }))));
    const value = answer?.Parameter?.Value;
    try {
      return value === undefined ? undefined : z.parse(schema, JSON.parse(value));
    } catch {
      throw new DeployError(`the parameter ${Name} in Parameter Store is not a record that this library wrote, so that it does not say which key the `
        + 'service has; nothing was deleted. If nothing else needs it, delete it, then try again');
    }
  };
}
