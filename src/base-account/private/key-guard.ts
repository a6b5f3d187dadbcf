import { CfnDeletionPolicy, CfnResource, Lazy } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { HandlerFunction } from '../../private/handler-function';
import { Notes } from '../../private/notes';
import { parameterArn } from '../../private/stacks';
import { RECORDS_VARIABLE } from '../../wire/access-key';
import { Flag } from '../../wire/common';
import { IBaseAccountUser } from '../base-account-user-attributes';

/**
 * Makes the function that removes the user's keys read the record first: a key that the service may have stays. The function of a user of
 * another app is out of reach.
 */
export function guardKeys(user: IBaseAccountUser, recordName: string): void {
  const handler = user.node.tryFindChild('Function') as HandlerFunction | undefined;
  const access = user.node.tryFindChild('Access') as ManagedPolicy | undefined;
  if (!handler || !access) return;
  const records = new Notes<string>(user, 'records');
  records.set(recordName, recordName);
  handler.function.addEnvironment(RECORDS_VARIABLE, records.values().join(','));
  access.addStatements(new PolicyStatement({
    actions: ['ssm:GetParameter'],
    resources: [parameterArn(user, recordName)],
  }));
}

/** `true` when a change of the user's name deletes the former user in the same deployment, otherwise left out. */
export function deletesFormerUser(user: IBaseAccountUser): Flag | undefined {
  const resource = user.node.tryFindChild('User')?.node.defaultChild;
  if (!(resource instanceof CfnResource)) return undefined;
  const goes = () => (resource.cfnOptions.updateReplacePolicy ?? CfnDeletionPolicy.DELETE) === CfnDeletionPolicy.DELETE;
  return Lazy.string({ produce: () => goes() ? 'true' : undefined }) as Flag;
}
