import type { FakeAccount } from './account';
import type { UserKeys, WhoAmI } from '../../../lambda/keys/ports';
import type { Outbound } from '../../../lambda/runtime/resource';

/** IAM's side of one user. */
export function fakeUserKeys(account: FakeAccount, userName: string, outbound: Outbound): UserKeys {
  const gone = () => !account.users.has(userName);
  return {
    list: () => outbound('iam:ListAccessKeys', async () => gone()
      ? undefined
      : account.keysOf(userName).map(({ accessKeyId, status, created }) => ({ accessKeyId, status, created }))),
    create: () => outbound('iam:CreateAccessKey', async () => {
      const { accessKeyId, secretAccessKey } = account.createKey(userName);
      return { accessKeyId, secretAccessKey };
    }),
    deactivate: (accessKeyId) => outbound('iam:UpdateAccessKey', async () => {
      if (account.keysOf(userName).some((key) => key.accessKeyId === accessKeyId)) account.setStatus(userName, accessKeyId, 'Inactive');
    }),
    lastUsed: (accessKeyId) => outbound('iam:GetAccessKeyLastUsed', async () => account.keys.find((key) => key.accessKeyId === accessKeyId)?.lastUsed),
    delete: (accessKeyId) => outbound('iam:DeleteAccessKey', async () => {
      if (account.keysOf(userName).some((key) => key.accessKeyId === accessKeyId)) account.deleteKey(userName, accessKeyId);
    }),
  };
}

/** STS' side. */
export function fakeWhoAmI(account: FakeAccount, outbound: Outbound): WhoAmI {
  return (key) => outbound('sts:GetCallerIdentity', async () => {
    const caller = account.use(key);
    return caller && { accountId: account.accountId, arn: `arn:${account.partition}:iam::${account.accountId}:user/${caller.userName}` };
  });
}
