import { HeldKeys, ReadHeldKeys } from './held-keys';
import { DeployError } from '../../runtime/errors';
import { Clock } from '../../runtime/world';

/** Milliseconds to wait for a cancelled Create. It may still be running, and removes its record as soon as it notices. */
const PAUSES = [0, 2_000, 4_000, 8_000, 16_000, 30_000];

/**
 * Throws when a record says that the service has, or may have, one of these keys. A cleanup, a rollback or a deletion must not delete that
 * key. When a registration is deleted together with its user, its record is deleted before.
 */
export async function refuseKeysInUse(
  read: ReadHeldKeys, names: readonly string[], userName: string, accessKeyIds: readonly string[], clock: Clock,
): Promise<void> {
  for (const name of names) {
    const held = await stillHeld(read, name, accessKeyIds, clock);
    if (held !== undefined) {
      throw new DeployError(`the access key ${held} of the user ${userName} stays, as the service may sign with it: the record ${name} in Parameter Store says so. Nothing was `
        + 'deleted. Bring another key to the service, or remove the entry there first; then delete again, or, where CloudFormation has left the user behind, delete '
        + 'key and user yourself. If the service has no such entry any more, delete the record too');
    }
  }
}

async function stillHeld(read: ReadHeldKeys, name: string, accessKeyIds: readonly string[], clock: Clock): Promise<string | undefined> {
  let held: string | undefined;
  for (const pause of PAUSES) {
    await clock.sleep(pause);
    const record = await read(name);
    held = record && accessKeyIds.find((id) => mayBeAtService(record, id));
    if (held === undefined) break;
  }
  return held;
}

function mayBeAtService({ status, accessKeyId, registeredAccessKeyId }: HeldKeys, id: string): boolean {
  return registeredAccessKeyId === id || (accessKeyId === id && status !== 'CLAIMED');
}
