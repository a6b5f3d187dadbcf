/** Account types, as the service's API spells them (`awsCloudType`). */
export const ACCOUNT_TYPES = ['Global', 'Gov', 'China'] as const;
export type AccountType = (typeof ACCOUNT_TYPES)[number];

export const PARTITIONS: Readonly<Record<AccountType, string>> = { Global: 'aws', Gov: 'aws-us-gov', China: 'aws-cn' };

/**
 * The accounts that the service signs from without a base account. The first is attested; the vendor does not publish
 * the one for GovCloud, so it is invented, with a leading zero. In China the vendor has none.
 */
export const QUALYS_ACCOUNT_IDS: Readonly<Record<AccountType, string>> = {
  Global: '805950163170',
  Gov: '017500041238',
  China: '',
};
