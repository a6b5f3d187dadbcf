import { awsError } from './account';
import type { Service } from './aws';

/** Of every session: must not be seen on any surface. */
export const SESSION_SECRET = 'canary-of-a-session-secret/+';

export const sts: Service = {
  /** Roles of other accounts; see `connected-roles.ts`. */
  AssumeRole: ({ account, connectedRoles }, { RoleArn, ExternalId }, { credentials }) => {
    const caller = credentials && account.use(credentials);
    if (!caller) throw awsError('InvalidClientTokenId', 'The security token included in the request is invalid.');
    const callerArn = account.userArn(caller.userName);
    if (!connectedRoles.letsIn({ roleArn: RoleArn, externalId: ExternalId, callerArn })) throw awsError('AccessDenied', `User: ${callerArn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`);

    return { Credentials: { AccessKeyId: 'ASIACANARY', SecretAccessKey: SESSION_SECRET, SessionToken: SESSION_SECRET, Expiration: new Date(0) } };
  },
  /** A new key spreads from one endpoint to the next. */
  GetCallerIdentity: ({ account }, _, { credentials }) => {
    const { accountId, partition } = account;
    if (!credentials) return { Account: accountId, UserId: 'AROAFUNCTION:function', Arn: `arn:${partition}:sts::${accountId}:assumed-role/function/function` };
    const caller = account.use(credentials);
    if (!caller) throw awsError('InvalidClientTokenId', 'The security token included in the request is invalid.');
    return { Account: accountId, UserId: `AIDA${caller.userName}`, Arn: account.userArn(caller.userName) };
  },
};
