import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { givenNames } from '../../../private/final-name';
import { stageOf } from '../../../private/stacks';
import { trustEditorsIn } from '../../../private/taken-roles';
import type { AccountSource } from '../../../role/private/account-source';

/** The roles of listed accounts that the stage makes or edits, found when the app is synthesized. */
export function rolesOfLists(scope: IConstruct, sources: readonly AccountSource[]): () => IConstruct[] {
  const lists = sources.filter(({ kind }) => kind === 'LIST');
  return () => (lists.length === 0 ? [] : [...made(scope, lists), ...edited(scope, lists)]);
}

function made(scope: IConstruct, lists: readonly AccountSource[]): IConstruct[] {
  const wanted = new Set(lists.flatMap(({ role, accountIds = [] }) => accountIds.map((accountId) => `${accountId} ${role.name.toLowerCase()}`)));
  return stageOf(scope).node.findAll().filter((one) => (
    CfnResource.isCfnResource(one) && one.cfnResourceType === CfnRole.CFN_RESOURCE_TYPE_NAME && wanted.has(`${Stack.of(one).account} ${String(givenNames(one).name).toLowerCase()}`)));
}

function edited(scope: IConstruct, lists: readonly AccountSource[]): IConstruct[] {
  return lists.flatMap(({ role, accountIds = [] }) => accountIds.flatMap((accountId) => trustEditorsIn(scope, accountId, role.name)));
}
