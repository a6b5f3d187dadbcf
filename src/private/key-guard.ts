import { CfnDeletionPolicy, CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBaseAccountUser } from '../base-account-user';
import { Flag, RECORDS_VARIABLE } from './contract';
import { HandlerFunction } from './handler-function';

/** Names of the records of what a user's key is registered for. By name, so that two copies of the library see each other's. */
const RECORDS = Symbol.for('cdk-qualys-connectors.records');

/**
 * Has the function that removes the user's keys look into the record first: a key that the service may have stays. A user of
 * another app has its function there, out of reach.
 */
export function guardKeys(user: IBaseAccountUser, recordName: string): void {
  const handler = user.node.tryFindChild('Function') as HandlerFunction | undefined;
  const access = user.node.tryFindChild('Access') as ManagedPolicy | undefined;
  if (!handler || !access) { return; }
  const holder = user as { [RECORDS]?: string[] };
  const names = [...holder[RECORDS] ?? [], recordName];
  Object.defineProperty(holder, RECORDS, { value: names, configurable: true });
  handler.function.addEnvironment(RECORDS_VARIABLE, names.join(','));
  access.addStatements(new PolicyStatement({
    actions: ['ssm:GetParameter'],
    resources: [Stack.of(user).formatArn({ service: 'ssm', resource: 'parameter', resourceName: recordName.slice(1) })],
  }));
}

/** `true` where a change of the user's name deletes the former user in the same deployment, whoever set that; otherwise left out. */
export function deletesFormerUser(user: IBaseAccountUser): Flag | undefined {
  const resource = user.node.tryFindChild('User')?.node.defaultChild;
  if (!(resource instanceof CfnResource)) { return undefined; }
  const goes = () => (resource.cfnOptions.updateReplacePolicy ?? CfnDeletionPolicy.DELETE) === CfnDeletionPolicy.DELETE;
  return Lazy.string({ produce: () => goes() ? 'true' : undefined }) as Flag;
}
