import { awsError } from './account';
import type { Service } from './aws';

export const sts: Service = {
  /** A new key spreads from one endpoint to the next. */
  GetCallerIdentity: ({ account }, _, { credentials }) => {
    const { accountId, partition } = account;
    if (!credentials) return { Account: accountId, UserId: 'AROAFUNCTION:function', Arn: `arn:${partition}:sts::${accountId}:assumed-role/function/function` };
    const caller = account.use(credentials);
    if (!caller) throw awsError('InvalidClientTokenId', 'The security token included in the request is invalid.');
    return { Account: accountId, UserId: `AIDA${caller.userName}`, Arn: account.userArn(caller.userName) };
  },
};
