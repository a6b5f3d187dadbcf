import { Records } from './record/record';
import type { StoredKey } from '../../src/wire/access-key';
import { LABELS } from '../../src/wire/account-types';
import type { BaseAccountProperties } from '../../src/wire/base-account';
import { KeySecret, WhoAmI } from '../keys/ports';
import { DeployError } from '../runtime/errors';
import { Owner } from '../runtime/owner';
import { Redactor } from '../runtime/redaction/redact';
import { Deadline } from '../runtime/resource';
import { Clock, Random } from '../runtime/world';
import { BaseAccountEntry } from '../service/base-account-api';
import { ServiceApi } from '../service/service';

/** Tells people that a key waits for them. The message has ARNs and steps, and never a value. */
export type Notify = (topicArn: string, subject: string, message: string) => Promise<void>;

/** The wanted entry. The key comes from the secret, so the key in the template does not matter. What has to be proven before is separate. */
export type EntryProperties = Omit<BaseAccountProperties, 'AccessKeyId' | 'VerifyAccessTo'>;

/** The proof that is needed before anything is sent to the service: the user can assume these roles. */
export interface AccessProof {
  /** Identifies the user and its roles. */
  readonly hash: string;
  /** Throws when the key cannot assume all of them. One request tries them once for each key. */
  prove(key: StoredKey): Promise<void>;
}

/** Everything about one entry that the parts of the registration need. */
export interface Registration {
  readonly properties: EntryProperties;
  readonly owner: Owner;
  /** Hash of the properties in a request of CloudFormation; see `takeover.ts`. A rotation has none. */
  readonly deployedHash?: string;
  /** The proof that is needed before anything is sent, in a request of CloudFormation with `verifyAccessTo`. */
  readonly accessProof?: AccessProof;
  /** Names the entry in messages. */
  readonly entryName: string;
  readonly service: ServiceApi;
  readonly secret: KeySecret;
  readonly records: Records;
  readonly whoAmI: WhoAmI;
  readonly notify: Notify;
  readonly clock: Clock;
  readonly random: Random;
  readonly deadline: Deadline;
  readonly redactor: Redactor;
  /** Writes a line for people into the log. */
  tell(reason: string): void;
}

export function entryName({ AccountType, Service }: EntryProperties): string {
  return `the ${LABELS[AccountType]} base account at ${new URL(Service.ApiServer).host}`;
}

/** Reads until the service shows the change, because a read may lag behind. False if it does not within 15 seconds. */
export async function isShown({ service, properties, clock }: Registration, holds: (entry: BaseAccountEntry) => boolean): Promise<boolean> {
  for (const pause of [0, 1_000, 2_000, 4_000, 8_000]) {
    await clock.sleep(pause);
    if (holds(await service.read(properties.AccountType))) return true;
  }
  return false;
}

/** Reads until the service shows the change, and throws if it does not. */
export async function readUntil(registration: Registration, holds: (entry: BaseAccountEntry) => boolean, otherwise: string): Promise<void> {
  if (!await isShown(registration, holds)) throw new DeployError(otherwise);
}

export function showsAccount(entry: BaseAccountEntry, awsAccountId: string): boolean {
  return entry.isCustomers && entry.accountId === awsAccountId;
}
