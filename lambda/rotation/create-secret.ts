import { deleteWhenSettled } from './delete-when-settled';
import { pushKey } from './push-key';
import { keyOf, Rotation } from './rotation';
import { describeSecret, listKeys, readVersion } from '../keys/engine';
import { isActive, mintKey } from '../keys/minting/mint';
import { SecretState } from '../keys/ports';
import { replacedKey } from '../keys/removal/replaced-key';
import { ownRecord } from '../registration/record/own-record';
import { DeployError } from '../runtime/errors';

/** Makes the new key, or finds the one that an earlier attempt has made. The current key stays as it is. */
export async function createSecret(rotation: Rotation, token: string): Promise<void> {
  const { engine } = rotation;
  const pending = await readVersion(engine, token);
  if (!pending) {
    const begun = await describeSecret(engine);
    await makeRoom(rotation, begun);
    await mintKey(engine, token, 'AWSPENDING', begun);
    return;
  }
  if (!isActive(await listKeys(engine), pending.accessKeyId)) {
    // A version cannot be written twice, so this rotation cannot be finished. The key is deleted first, because IAM allows two.
    await bringCurrent(rotation, pending.accessKeyId);
    await engine.userKeys.delete(pending.accessKeyId);
    await engine.secret.unstage('AWSPENDING', token);
    throw new DeployError(`the new key ${pending.accessKeyId} was deleted or deactivated before it was in use; the current key stays. Rotate again`);
  }
}

/** If an earlier attempt has sent the new key to the service already, the service gets the current one back. */
async function bringCurrent(rotation: Rotation, pendingId: string): Promise<void> {
  const { delivery, registeredAccessKeyId } = await ownRecord(rotation);
  if (delivery !== 'CONSOLE' && registeredAccessKeyId === pendingId) {
    const { stages } = await describeSecret(rotation.engine);
    await pushKey(rotation, await keyOf(rotation, stages.AWSCURRENT));
  }
}

/** The key that the last rotation replaced has to be gone, because IAM allows two. It is deleted now if it was deactivated a day ago. */
async function makeRoom(rotation: Rotation, begun: SecretState): Promise<void> {
  const key = await replacedKey(rotation.engine, begun);
  if (key === undefined) return;
  if (key.status === 'Active') {
    throw new DeployError(`the key ${key.accessKeyId}, which was replaced by the last rotation, is still active, and IAM allows two keys a user. The daily run retires `
      + 'it when its time is over and nobody uses it; to cut it off now, deactivate and delete it yourself, then rotate again');
  }
  const until = await deleteWhenSettled(rotation, key.accessKeyId);
  if (until !== undefined) {
    throw new DeployError(`the key ${key.accessKeyId}, which was replaced by the last rotation, was deactivated less than a day ago, and IAM allows two keys a user. It can be deleted `
      + `from ${until.toISOString()} on: rotate again then, or delete it yourself if nobody misses it, and rotate again`);
  }
}
