import { isCancellation } from './cancellation-note';
import { OwnershipRecord } from './record';
import type { StoredKey } from '../../../src/wire/access-key';
import { CANCELLATION_SUFFIX } from '../../../src/wire/base-account';
import { DeployError } from '../../runtime/errors';
import { isOwner } from '../../runtime/owner';
import { Registration } from '../registration';
import { removeRegistration } from '../remove';

/** The checks of a Create before and after it writes to the service. */
export interface OngoingCreate {
  /** The part for the record. With it a repetition after a crash knows what the first attempt found. */
  readonly claim: NonNullable<OwnershipRecord['create']>;
  /** Undoes everything and throws when the Create was cancelled meanwhile. */
  goOn(key?: StoredKey): Promise<void>;
}

/**
 * When another resource fails, CloudFormation gives up a Create that is still running, and sends a Delete. That Delete writes a note before
 * it reads anything. A Create looks for a note that was not there when it began, and undoes itself. So one of the two sees the other. The
 * Create that finds the note deletes it, or the next one that succeeds.
 */
export async function ongoingCreate(registration: Registration, requestId: string): Promise<OngoingCreate> {
  const { records, owner, properties: { RecordName } } = registration;
  const standing = await records.cancellation(RecordName);
  const record = standing === undefined ? undefined : await records.read(RecordName);
  const begun = isOwner(record?.owner, owner) && record?.create?.requestId === requestId ? record.create.found : standing;
  const ongoing: OngoingCreate = {
    claim: { requestId, ...(begun === undefined ? {} : { found: begun }) },
    goOn: async (key) => {
      const note = await records.cancellation(RecordName);
      if (note === undefined || note === begun) return;
      if (!await isCancellation(registration, note, key)) {
        registration.tell(`the parameter ${RecordName}${CANCELLATION_SUFFIX} was not written by this library, and is not heeded: look who may write it`);
        return;
      }
      await removeRegistration(registration, true);
      await records.forgetCancellation(RecordName);
      throw new DeployError(`${registration.entryName} was deleted while it was being created, as CloudFormation does when it cancels a deployment; it was `
        + 'removed again');
    },
  };
  if (begun !== standing) await ongoing.goOn();
  return ongoing;
}
