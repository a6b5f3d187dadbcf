import type { AccountTypeName, BaseAccountProperties } from '../../src/private/contract';
import { KeySecret, WhoAmI } from '../keys/ports';
import { DeployError } from '../runtime/errors';
import { Deadline, ResourceRequest } from '../runtime/resource';
import { Clock, Random } from '../runtime/world';
import { BaseAccountApi, BaseAccountEntry } from '../service/base-account-api';
import { Owner, Records } from './record';

/** The vendor's labels of the account types, for messages. */
export const LABELS: Readonly<Record<AccountTypeName, string>> = { GLOBAL: 'Global', US_GOVCLOUD: 'US GovCloud', CHINA: 'China' };

/** Tells people that a key waits for them. Only ARNs and steps, never a value. */
export type Notify = (topicArn: string, subject: string, message: string) => Promise<void>;

/** One request about one entry, with all that the pieces of the registration work with. */
export interface Registration {
  readonly request: ResourceRequest<BaseAccountProperties>;
  readonly properties: BaseAccountProperties;
  readonly owner: Owner;
  /** Names the entry in messages. */
  readonly entryName: string;
  readonly service: BaseAccountApi;
  readonly secret: KeySecret;
  readonly records: Records;
  readonly whoAmI: WhoAmI;
  readonly notify: Notify;
  readonly clock: Clock;
  readonly random: Random;
  readonly deadline: Deadline;
}

export function entryName({ AccountType, Service }: BaseAccountProperties): string {
  return `the ${LABELS[AccountType]} base account at ${new URL(Service.ApiServer).host}`;
}

/** Reads until the service shows what a write has made, as a read may lag behind. */
export async function readUntil(
  { service, properties, clock }: Registration,
  holds: (entry: BaseAccountEntry) => boolean,
  otherwise: string,
): Promise<void> {
  for (const pause of [0, 1_000, 2_000, 4_000, 8_000]) {
    await clock.sleep(pause);
    if (holds(await service.read(properties.AccountType))) {
      return;
    }
  }
  throw new DeployError(otherwise);
}

export function showsAccount(entry: BaseAccountEntry, awsAccountId: string): boolean {
  return entry.isCustomers && entry.accountId === awsAccountId;
}
