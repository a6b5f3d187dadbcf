/** Account types of the service, by the names that this library gives them. */
export type AccountTypeName = 'GLOBAL' | 'US_GOVCLOUD' | 'CHINA';

/** The vendor's labels. */
export const LABELS: Readonly<Record<AccountTypeName, string>> = { GLOBAL: 'Global', US_GOVCLOUD: 'US GovCloud', CHINA: 'China' };

/** The AWS partition of each. */
export const PARTITIONS: Readonly<Record<AccountTypeName, string>> = { GLOBAL: 'aws', US_GOVCLOUD: 'aws-us-gov', CHINA: 'aws-cn' };
