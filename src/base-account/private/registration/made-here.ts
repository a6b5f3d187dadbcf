import { Annotations, CfnDeletionPolicy, CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { deployedStack, inOneStage } from '../../../private/stacks';
import { hasWeakReferences } from '../../../private/weak-references';
import type { IBaseAccountUser } from '../../base-account-user-attributes';

/** Whether this app makes the user. */
export function isMadeHere(user: IBaseAccountUser): boolean {
  return user.node.tryFindChild('Key') !== undefined;
}

/** Warns when CloudFormation would delete a user that another stack still reads. With strong references it refuses. */
export function warnOfWeakUser(reader: IConstruct, user: IBaseAccountUser): void {
  const resource = user.node.tryFindChild('User')?.node.defaultChild;
  const isElsewhere = deployedStack(reader) !== deployedStack(user) && inOneStage(reader, user);
  if (!isElsewhere || !hasWeakReferences(reader) || !CfnResource.isCfnResource(resource)) return;
  if (resource.cfnOptions.deletionPolicy !== CfnDeletionPolicy.DELETE) return;
  Annotations.of(reader).addWarningV2('cdk-qualys-connectors:destroyedUserIsRead',
    `the user ${user.node.path} has RemovalPolicy.DESTROY and stands in another stack, which can be deleted while this one still uses the user: references between `
    + 'stacks are weak in this app. Put both into one stack, or leave the default removalPolicy');
}
