import type { StoredKey } from '../../src/private/contract';
import { BaseAccountEntry } from '../service/base-account-api';
import { OwnershipRecord } from './record';
import { Registration, showsAccount } from './registry';
import { consoleSteps } from './steps';

/**
 * The way without a write API: the key waits in its secret until a person has pasted it. No read of the service shows
 * which key it holds, so a key counts as registered once an entry appears that was not there when the key began to wait.
 */
export async function awaitConsole(
  registration: Registration, entry: BaseAccountEntry, claimed: OwnershipRecord, key: StoredKey,
): Promise<OwnershipRecord> {
  const { records, properties, notify } = registration;
  const sameKey = claimed.accessKeyId === key.accessKeyId;
  const waiting = sameKey && claimed.status === 'AWAITING_CONSOLE';
  const entryIsThere = showsAccount(entry, properties.AwsAccountId);
  const delivered = entryIsThere && sameKey && (claimed.status === 'REGISTERED' || (waiting && !claimed.entryWasThere));
  const next: OwnershipRecord = {
    ...claimed,
    delivery: 'CONSOLE',
    awsAccountId: properties.AwsAccountId,
    accessKeyId: key.accessKeyId,
    ...(delivered
      ? { status: 'REGISTERED', registeredAccessKeyId: key.accessKeyId }
      : { status: 'AWAITING_CONSOLE', entryWasThere: waiting ? claimed.entryWasThere : entry.isCustomers }),
  };
  const topic = properties.Delivery.NotifyTopicArn;
  if (!delivered && !waiting && topic !== undefined) {
    await notify(topic, 'A Qualys base account key waits to be entered', consoleSteps(properties, key, entry.isCustomers));
  }
  await records.write(properties.RecordName, next);
  return next;
}
