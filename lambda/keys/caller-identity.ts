import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { WhoAmI } from './ports';
import { Outbound } from '../runtime/resource';

/** What STS says of a key that it does not know, or not yet everywhere. */
const UNKNOWN_KEY = new Set(['InvalidClientTokenId', 'SignatureDoesNotMatch', 'UnrecognizedClientException', 'InvalidAccessKeyId', 'AuthFailure']);

/** Whether STS does not know the key that signed, or not yet everywhere. */
export function isUnknownKey(error: unknown): boolean {
  return error instanceof Error && UNKNOWN_KEY.has(error.name);
}

/** Asks STS whom a key signs as; needs no right of the key's user. */
export function stsWhoAmI(outbound: Outbound): WhoAmI {
  return async ({ accessKeyId, secretAccessKey }) => {
    const client = new STSClient({ credentials: { accessKeyId, secretAccessKey } });
    try {
      const { Account = '', Arn = '' } = await outbound('sts:GetCallerIdentity', () => client.send(new GetCallerIdentityCommand({})));
      return { accountId: Account, arn: Arn };
    } catch (error) {
      if (isUnknownKey(error)) return undefined;
      throw error;
    } finally {
      client.destroy();
    }
  };
}
