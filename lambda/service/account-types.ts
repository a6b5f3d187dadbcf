import type { AccountTypeName } from '../../src/private/contract';

/** The vendor's labels of the account types, for messages. */
export const LABELS: Readonly<Record<AccountTypeName, string>> = { GLOBAL: 'Global', US_GOVCLOUD: 'US GovCloud', CHINA: 'China' };

/** The AWS partition of each account type. */
export const PARTITIONS: Readonly<Record<AccountTypeName, string>> = { GLOBAL: 'aws', US_GOVCLOUD: 'aws-us-gov', CHINA: 'aws-cn' };
