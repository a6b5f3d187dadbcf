import { createHmac, timingSafeEqual } from 'node:crypto';
import type { StoredKey } from '../../../src/wire/access-key';
import { parseStoredKey } from '../../keys/stored-key';
import { Registration } from '../registration';

/**
 * The note of a Delete that cancels a Create. Others who may write parameters could undo a Create with such a note. It is therefore signed
 * with the key, which only this function and the service know.
 */
export async function cancellationNote(registration: Registration, requestId: string): Promise<string> {
  return `${requestId} ${signature(registration, requestId, await storedSecret(registration))}`;
}

/**
 * Whether a Delete of this resource has written the note.
 *
 * @param known the key that the Create has read, because the stored one is deleted soon after such a Delete
 */
export async function isCancellation(registration: Registration, note: string, known?: StoredKey): Promise<boolean> {
  const [requestId = '', given = ''] = note.split(' ');
  const isBy = (secretAccessKey: string): boolean => {
    const expected = signature(registration, requestId, secretAccessKey);
    return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  };
  return (known !== undefined && isBy(known.secretAccessKey)) || isBy(await storedSecret(registration));
}

async function storedSecret({ secret, redactor }: Registration): Promise<string> {
  const value = await secret.read({ stage: 'AWSCURRENT' });
  return value === undefined ? '' : parseStoredKey(value, secret.arn, redactor).secretAccessKey;
}

function signature({ owner: { stackId, logicalId } }: Registration, requestId: string, secretAccessKey: string): string {
  return createHmac('sha256', secretAccessKey).update(`${stackId} ${logicalId} ${requestId}`).digest('hex');
}
