import { AccessKeyWorld } from './access-key';
import { parseAccessKeyProperties } from './properties';
import { parseStoredKey } from './stored-key';
import { ACCESS_KEY_VARIABLE } from '../../src/wire/access-key';
import { patient } from '../runtime/calls/patience';
import { Invocation } from '../runtime/resource';

/** Reads the user and its secret, and returns the state of the key in words, for the person who asked. It changes nothing. */
export async function confirmKey(world: AccessKeyWorld, { outbound, redactor }: Invocation): Promise<string[]> {
  const { UserName, SecretArn } = parseAccessKeyProperties(JSON.parse(world.env[ACCESS_KEY_VARIABLE] ?? '{}'));
  const patiently = patient(outbound, world.clock, world.random);
  const keys = await world.userKeys(UserName, patiently).list();
  if (keys === undefined) return [`FAILED: there is no IAM user ${UserName}.`];
  const value = await world.secret(SecretArn, patiently).read({ stage: 'AWSCURRENT' });
  const current = value === undefined ? undefined : parseStoredKey(value, SecretArn, redactor).accessKeyId;
  const lines = keys.map(({ accessKeyId, status }) => `the access key ${accessKeyId} is ${status}${accessKeyId === current ? ', and the current one in the secret' : ''}`);
  const holds = keys.some(({ accessKeyId, status }) => accessKeyId === current && status === 'Active');
  return [`${holds ? 'OK' : 'FAILED'}: of the IAM user ${UserName} ${lines.length === 0 ? 'there is no access key' : lines.join('; ')}.`
    + (holds ? '' : ` The secret ${SecretArn} holds ${current ?? 'none'}.`)];
}
