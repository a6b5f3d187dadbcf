import { takenOver } from '../record/ownership';
import { OwnershipRecord } from '../record/record';
import { Registration, showsAccount } from '../registration';
import { consoleSteps } from './steps';
import type { StoredKey } from '../../../src/wire/access-key';
import { BaseAccountEntry } from '../../service/base-account-api';

/**
 * The delivery without a write API: the key waits in its secret until a person has pasted it. No read of the service shows which key it
 * has. A key therefore counts as registered once an entry appears that was not there when the key began to wait.
 */
export async function awaitConsole(
  registration: Registration, entry: BaseAccountEntry, claimed: OwnershipRecord, key: StoredKey,
): Promise<OwnershipRecord> {
  const { records, properties, notify, clock } = registration;
  const entryIsThere = showsAccount(entry, properties.AwsAccountId);
  const waiting = claimed.status === 'AWAITING_CONSOLE' && claimed.accessKeyId === key.accessKeyId;
  const common = {
    ...claimed, ...takenOver(claimed), delivery: 'CONSOLE', awsAccountId: properties.AwsAccountId, mark: registration.deployedHash ?? claimed.mark,
  } as const;
  let next: OwnershipRecord;
  if (entryIsThere && claimed.registeredAccessKeyId === key.accessKeyId) {
    next = { ...common, status: 'REGISTERED' }; // if a key waits, it is that of a rotation, and goes on waiting
  } else if (entryIsThere && waiting && !claimed.entryWasThere) {
    next = { ...common, status: 'REGISTERED', registeredAccessKeyId: key.accessKeyId, awaitingSince: undefined };
  } else if (waiting) {
    next = common;
  } else {
    const topic = properties.Delivery.NotifyTopicArn;
    if (topic !== undefined) await notify(topic, 'A Qualys base account key waits to be entered', consoleSteps(properties, key, entry.isCustomers));
    next = {
      ...common,
      status: 'AWAITING_CONSOLE',
      accessKeyId: key.accessKeyId,
      entryWasThere: entry.isCustomers,
      awaitingSince: new Date(clock.now()).toISOString(),
    };
  }
  await records.write(properties.RecordName, next);
  return next;
}
