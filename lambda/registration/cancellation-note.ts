import { createHmac, timingSafeEqual } from 'node:crypto';
import { Registration } from './registration';
import { parseStoredKey } from '../keys/stored-key';

/**
 * What a Delete leaves behind that cancels a Create. Others may be able to write parameters, and would undo a Create by it; so the note is signed with
 * what only this function and the service know.
 */
export async function cancellationNote(registration: Registration, requestId: string): Promise<string> {
  return `${requestId} ${await signatureOf(registration, requestId)}`;
}

/** Whether a Delete of this resource has written the note. */
export async function isCancellation(registration: Registration, note: string): Promise<boolean> {
  const [requestId = '', signature = ''] = note.split(' ');
  const expected = await signatureOf(registration, requestId);
  return signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
}

async function signatureOf({ secret, redactor, owner: { stackId, logicalId } }: Registration, requestId: string): Promise<string> {
  const value = await secret.read({ stage: 'AWSCURRENT' });
  const { secretAccessKey = '' } = value === undefined ? {} : parseStoredKey(value, secret.arn, redactor);
  return createHmac('sha256', secretAccessKey).update(`${stackId} ${logicalId} ${requestId}`).digest('hex');
}
