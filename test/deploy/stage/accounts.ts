/** The accounts of the vendor's own example of a base account. */
export const ACCOUNTS = { 'Central Security': '111111111111', 'Production': '222222222222', 'Development': '333333333333' } as const;

export type AccountName = keyof typeof ACCOUNTS;

export const SECURITY = ACCOUNTS['Central Security'];
export const USER_NAME = 'qualys-base-account';
export const ROLE_NAME = 'QualysConnector';
export const CREDENTIALS_SECRET = 'qualys/api-user';

/** As the example renders it: a prefix and the account's ID. */
export const externalIdOf = (accountId: string): string => `8317265094418823${accountId}`;

export const roleArnOf = (accountId: string): string => `arn:aws:iam::${accountId}:role/${ROLE_NAME}`;
