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

/** Tells people that a key waits for them. Only ARNs and steps, never a value. */
export type Notify = (topicArn: string, subject: string, message: string) => Promise<void>;

/** What the entry has to be; which key the template knows is of no account, the secret says it. What is proven before stands apart. */
export type EntryProperties = Omit<BaseAccountProperties, 'AccessKeyId' | 'VerifyAccessTo'>;

/** What has to be proven before anything is sent to the service: that the user gets into these roles. */
export interface AccessProof {
  /** Tells the user and what it is to get into. */
  readonly hash: string;
  /** Throws where the key does not get into all of them. One request tries them once for each key. */
  prove(key: StoredKey): Promise<void>;
}

/** One look at one entry, with all that the pieces of the registration work with. */
export interface Registration {
  readonly properties: EntryProperties;
  readonly owner: Owner;
  /** Of the properties, where CloudFormation asks; see `takeover.ts`. A rotation asks for nothing new. */
  readonly deployedHash?: string;
  /** What has to be proven before anything is sent, where CloudFormation asks and the code says so. */
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
  /** Writes into the log what a person may want to know. */
  tell(reason: string): void;
}

export function entryName({ AccountType, Service }: EntryProperties): string {
  return `the ${LABELS[AccountType]} base account at ${new URL(Service.ApiServer).host}`;
}

/** Reads until the service shows what was done there, as a read may lag behind; false if it does not within 15 seconds. */
export async function isShown({ service, properties, clock }: Registration, holds: (entry: BaseAccountEntry) => boolean): Promise<boolean> {
  for (const pause of [0, 1_000, 2_000, 4_000, 8_000]) {
    await clock.sleep(pause);
    if (holds(await service.read(properties.AccountType))) return true;
  }
  return false;
}

/** The same, where it has to be shown. */
export async function readUntil(registration: Registration, holds: (entry: BaseAccountEntry) => boolean, otherwise: string): Promise<void> {
  if (!await isShown(registration, holds)) throw new DeployError(otherwise);
}

export function showsAccount(entry: BaseAccountEntry, awsAccountId: string): boolean {
  return entry.isCustomers && entry.accountId === awsAccountId;
}
