import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { withEveryFunction } from './app';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { KEY_OPERATIONS } from '../../faults/operations/key';
import { REGISTRATION_OPERATIONS } from '../../faults/operations/registration';
import { ask, change } from '../../faults/operations/requests';
import { ROTATION_OPERATIONS } from '../../faults/operations/rotation';
import { BaseAccountStage } from '../../support/stage/base-account-stage';
import { functionRoles, listOf, placed, RoleStatement } from '../../support/function-roles';
import { HOSTS } from '../../support/lambda/network';
import { World } from '../../support/lambda/world';
import { may } from '../../support/may';
import { Place, Policy, stackIn } from '../../support/policies';
import { Used, watchRights } from '../../support/rights-used';
import { nameOf, plain } from '../../support/synth';

/*
 * What the bundled handlers ask of AWS while they do everything that they can do, against what their roles allow: nothing is
 * missing, nothing is spare, and the neighbours of each resource are out of reach.
 */
const PLACE: Place = { partition: 'aws', region: 'us-east-1', accountId: '111111111111' };
const { apiServer, gateway, platformUrl } = HOSTS;
const stack = withEveryFunction(stackIn(PLACE), { platform: QualysPlatform.custom({ apiServer, gateway, platformUrl }), notify: true });

const STACK_ID = 'arn:aws:cloudformation:us-east-1:111111111111:stack/Stack/1';

/** What CloudFormation fills in. */
const FILLED: Readonly<Record<string, string>> = {
  '${UserSecret}': new BaseAccountStage().secretArn,
  '${User.Arn}': 'arn:aws:iam::111111111111:user/qualys-base-account',
  '${User}': 'qualys-base-account',
  '${AWS::StackId}': STACK_ID,
};
const filled = <Value>(value: Value): Value => JSON.parse(Object.entries(FILLED)
  .reduce((text, [reference, known]) => text.replaceAll(reference, known), JSON.stringify(placed(value, PLACE))));

const HANDLERS: Readonly<Record<string, string>> = {
  'access-key': 'UserFunctionRole', 'base-account': 'EntryFunctionRole', 'connector': 'QualysConnectorFunctionRole', 'role-trust': 'TrustFunctionRole',
};
const roles = filled(functionRoles(stack));
/** Lambda itself writes the log. */
const rightsOf = (handler: string): RoleStatement[] => roles[HANDLERS[handler]!]!.filter(({ Action }) => !listOf(Action)[0]!.startsWith('logs:'));
const policyOf = (handler: string): Policy => ({ Version: '2012-10-17', Statement: rightsOf(handler) as Policy['Statement'] });

const OPERATIONS = [...KEY_OPERATIONS, ...REGISTRATION_OPERATIONS, ...ROTATION_OPERATIONS];
const ELSEWHERE = 'give another user a key';
const TOKEN = '11111111-2222-4333-8444-555555555551';
const used: Used[] = [];
const distinct = () => [...new Map(used.map((one) => [JSON.stringify(one), one])).values()];

beforeAll(async () => {
  for (const { name, prepare, run } of OPERATIONS) {
    const stage = await prepare();
    if (name === ELSEWHERE) { // a change of the user that is rolled back; what is done to the other user is that one's policy
      expect(await run(stage, TOKEN)).toBe(true);
      watchRights(stage.world, used);
      expect(await ask(stage, `${TOKEN}-back`, change(stage, 'Update', 'Key'))).toBe(true);
      continue;
    }
    watchRights(stage.world, used);
    // The daily run goes on until the old key has been inactive for long enough.
    for (const token of name.startsWith('the daily run') ? [TOKEN, TOKEN, TOKEN] : [TOKEN]) expect([name, await run(stage, token)]).toEqual([name, true]);

  }
  await cancelled();
  const world = new World();
  world.aws.account.roles.create('Elsewhere', {
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::805950163170:root' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': '83172650944188230571' } },
    }],
  }, '/security/');
  watchRights(world, used);
  for (const [name, handler] of [['Connector', 'connector'], ['Lookup', 'connector'], ['Trust', 'role-trust']]) await createAndDelete(world, handler!, name!);

  // A renaming that is rolled back.
  await play(world, 'role-trust', 'Trust', [['Create', 'Trust'], ['Create', 'Renamed'], ['Delete', 'Renamed'], ['Delete', 'Trust']]);
}, 60_000);

/** A Create that CloudFormation gives up, whose Delete comes first. */
async function cancelled(): Promise<void> {
  const stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy({ withoutRegistration: true });
  watchRights(stage.world, used);
  const registration = { handler: 'base-account', logicalId: 'Registration', properties: { ...stage.properties(), AccessKeyId: stage.currentKey } };
  await ask(stage, `${TOKEN}-given-up`, { ...registration, requestType: 'Delete', physicalId: 'CentralSecurity-Registration-1B2C3D4E5F6G' });
  await ask(stage, `${TOKEN}-late`, { ...registration, requestType: 'Create' });
  await ask(stage, `${TOKEN}-anew`, { ...registration, requestType: 'Create', stackId: stage.stack.stackId.replace(/.$/, '7') });
}

async function createAndDelete(world: World, handler: string, name: string): Promise<void> {
  await play(world, handler, name, [['Create', name], ['Delete', name]]);
}

/** Some requests about a resource of the template, each under a logical ID. */
async function play(world: World, handler: string, name: string, requests: ReadonlyArray<readonly ['Create' | 'Delete', string]>): Promise<void> {
  const { Type, Properties: { ServiceToken, ServiceTimeout, ...properties } } = customResource(stack, name);
  let physicalId: string | undefined;
  for (const [requestType, logicalId] of requests) {
    const RequestId = `${name}-${requests.length}-${requestType}-${logicalId}`;
    await world.function(handler).invoke({
      RequestType: requestType,
      ResponseURL: world.answers.url(RequestId),
      RequestId,
      StackId: STACK_ID,
      LogicalResourceId: logicalId,
      ResourceType: Type,
      ResourceProperties: properties,
      PhysicalResourceId: physicalId,
    });
    const answer = world.answers.all(RequestId).at(-1);
    expect([RequestId, answer?.Status, answer?.Reason]).toEqual([RequestId, 'SUCCESS', '']);
    physicalId = answer!.PhysicalResourceId;
  }
}

function customResource(from: Stack, name: string): any {
  const found = Object.entries<any>(Template.fromStack(from).toJSON().Resources).find(([id, { Type }]) => nameOf(id) === name && Type.startsWith('Custom::'));
  return filled(plain(found![1]));
}

test.each(Object.keys(HANDLERS))('%s may do all that it does (fault 75)', async (handler) => {
  const asked = distinct().filter(({ role }) => role === handler);
  expect(asked.length).toBeGreaterThan(0);
  const refused: Used[] = [];
  for (const one of asked) if (!await may(PLACE, [policyOf(handler)], one.action, one.resource, one.tagKeys)) refused.push(one);

  expect(refused).toEqual([]);
});

test.each(Object.keys(HANDLERS))('%s does all that it may (fault 75)', (handler) => {
  const does = new Set(distinct().filter(({ role }) => role === handler).map(({ action, resource }) => `${action} ${resource}`));
  const spare = rightsOf(handler).flatMap(({ Action, Resource }) => listOf(Action).flatMap((action) => listOf(Resource).map((resource) => `${action} ${resource}`))).filter((right) => !does.has(right));
  expect(spare).toEqual([]);
});

describe.each(Object.keys(HANDLERS))('%s', (handler) => {
  test('may do it to no neighbour: not to a longer, shorter or nested name, in no other account or region (faults 57 and 75)', async () => {
    const reached: string[] = [];
    for (const { action, resource } of rights(handler)) for (const neighbour of neighbours(resource).filter((one) => !rights(handler).some((right) => right.resource === one))) if (await may(PLACE, [policyOf(handler)], action, neighbour, ['cdk-qualys-connectors:minting'])) reached.push(`${action} ${neighbour}`);


    expect(reached).toEqual([]);
  });

  test('may do nothing else to the same (fault 75)', async () => {
    const reached: string[] = [];
    for (const resource of new Set(rights(handler).map((right) => right.resource))) {
      const known = new Set(rights(handler).filter((right) => right.resource === resource).map(({ action }) => action));
      for (const action of OTHERS[resource.split(/[:/]/)[5]!]!.filter((one) => !known.has(one))) if (await may(PLACE, [policyOf(handler)], action, resource)) reached.push(`${action} ${resource}`);

    }
    expect(reached).toEqual([]);
  });
});

const rights = (handler: string) => rightsOf(handler).flatMap(({ Action, Resource }) => (
  listOf(Action).flatMap((action) => listOf(Resource).map((resource) => ({ action, resource })))));

function neighbours(resource: string): string[] {
  const [, folder = '', name = ''] = /^(.*\/)?([^/]+)$/.exec(resource)!;
  const isStack = resource.includes(':stack/'); // whose ARN has its name and an ID, no more and no less
  return [
    `${resource}2`,
    ...isStack ? [resource.replace(':stack/', ':stack/Other')] : [resource.slice(0, -1)],
    ...isStack || folder === '' ? [] : [`${folder}elsewhere/${name}`, `${folder}other`],
    resource.replace(PLACE.accountId, '999999999999'),
    ...resource.includes(PLACE.region) ? [resource.replace(PLACE.region, 'eu-west-1')] : [],
  ];
}

const actions = (service: string, ...names: string[]) => names.map((name) => `${service}:${name}`);
/** What would hurt, and what one right that is close by would bring. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  user: actions('iam', 'CreateAccessKey', 'DeleteAccessKey', 'ListAccessKeys', 'UpdateAccessKey', 'GetAccessKeyLastUsed', 'GetUser', 'DeleteUser', 'UpdateUser', 'TagUser',
    'AttachUserPolicy', 'PutUserPolicy', 'CreateLoginProfile', 'PutUserPermissionsBoundary'),
  role: actions('iam', 'GetRole', 'UpdateAssumeRolePolicy', 'AttachRolePolicy', 'PutRolePolicy', 'DeleteRole', 'UpdateRole', 'PassRole', 'TagRole').concat('sts:AssumeRole'),
  secret: actions('secretsmanager', 'DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage', 'TagResource', 'UntagResource', 'UpdateSecret',
    'DeleteSecret', 'PutResourcePolicy', 'RotateSecret', 'CancelRotateSecret', 'ReplicateSecretToRegions', 'RestoreSecret'),
  parameter: actions('ssm', 'GetParameter', 'GetParameters', 'GetParametersByPath', 'GetParameterHistory', 'PutParameter', 'DeleteParameter', 'LabelParameterVersion'),
  stack: actions('cloudformation', 'DescribeStackResource', 'DescribeStackResources', 'DescribeStacks', 'GetTemplate', 'UpdateStack', 'DeleteStack', 'CancelUpdateStack',
    'SetStackPolicy', 'SignalResource'),
  people: actions('sns', 'Publish', 'Subscribe', 'DeleteTopic', 'SetTopicAttributes', 'AddPermission'),
};
