import { HANDLER_NAMES } from '../../../projenrc/handlers';
import { CONFIRM_EVENT } from '../../../src/wire/common';
import { CONNECTOR_RESOURCE_TYPE } from '../../../src/wire/connector';
import type { Operation } from '../../faults/matrix/matrix';
import { CONNECTOR_OPERATIONS, LOOKUP_OPERATIONS } from '../../faults/operations/connector';
import { FLEET_OPERATIONS } from '../../faults/operations/fleet';
import { KEY_OPERATIONS } from '../../faults/operations/key';
import { MONITORING_OPERATIONS } from '../../faults/operations/monitoring';
import { REGISTRATION_OPERATIONS } from '../../faults/operations/registration';
import { ROLE_TRUST_OPERATIONS } from '../../faults/operations/role-trust';
import { ROTATION_OPERATIONS } from '../../faults/operations/rotation';
import { allows, Right, rightFor, RightStatement } from '../../support/fake-aws/rights';
import { USER } from '../../support/stage/apps/base-account';
import { BaseAccountStage } from '../../support/stage/base-account-stage';
import { ConnectorStage } from '../../support/stage/connector-stage';
import type { Stage } from '../../support/stage/stage';
import { listOf } from '../../support/synth/function-roles';
import { may } from '../../support/synth/may';
import { Place, Policy } from '../../support/synth/policies';

/*
 * What the bundled handlers ask of AWS while they do everything that they can do, against what their roles allow: nothing is
 * missing, nothing is spare, and the neighbours of each resource are out of reach.
 */
const PLACE: Place = { partition: 'aws', region: 'us-east-1', accountId: '111111111111' };
const OPERATIONS = [
  ...KEY_OPERATIONS, ...REGISTRATION_OPERATIONS, ...ROTATION_OPERATIONS, ...CONNECTOR_OPERATIONS, ...LOOKUP_OPERATIONS, ...MONITORING_OPERATIONS,
  ...ROLE_TRUST_OPERATIONS, ...FLEET_OPERATIONS,
] as unknown as ReadonlyArray<Operation<Stage<object>>>;
const ELSEWHERE = 'give another user a key';
const TOKEN = '11111111-2222-4333-8444-555555555551';

/** A right that was used, and by which function. */
interface Used extends Right { readonly handler: string }

const used = new Map<string, Used>();
const granted = new Map<string, RightStatement & { readonly handler: string }>();
const note = <T extends object>(notes: Map<string, T>, one: T) => notes.set(JSON.stringify(one), one);

/** Takes down what the functions of the stage may do. */
function noteGranted({ stack, world: { aws, functionAt } }: Stage<object>): void {
  for (const { template: { type }, attributes, properties } of stack.resources.values()) {
    if (type !== 'AWS::Lambda::Function') continue;
    const { name: handler } = functionAt(attributes.Arn!);
    // Lambda itself writes the log.
    const statements = aws.account.roles.statementsOf(properties.Role).filter(({ Action }) => ![Action].flat()[0]!.startsWith('logs:'));
    statements.forEach((statement) => note(granted, { handler, ...statement }));
  }
}

/** Takes down what they ask for from now on. */
function watch({ world: { aws, traffic } }: Stage<object>): void {
  const answer = aws.answer.bind(aws);
  aws.answer = (service, action, input, caller) => {
    // A key under test is not the role.
    const right = caller.credentials ? undefined : rightFor(aws, service, action, input);
    // What is done to another user is allowed by a policy of its own, which reads the same.
    if (right) note(used, { handler: traffic.calls.at(-1)!.functionName, ...right, resource: right.resource.replace(/user\/renamed$/, `user/${USER}`) });
    return answer(service, action, input, caller);
  };
}

beforeAll(async () => {
  for (const { name, prepare, run, undo, settle } of OPERATIONS) {
    const stage = await prepare();
    if (name === ELSEWHERE) { // a change of the user that is rolled back
      expect(await run(stage, TOKEN)).toBe(true);
      watch(stage);
      expect((await stage.ask('Update', 'UserKey', { app: {}, from: { userName: 'renamed' } }))!.Status).toBe('SUCCESS');
      continue;
    }
    noteGranted(stage);
    watch(stage);
    expect([name, await run(stage, TOKEN)]).toEqual([name, true]);
    await undo?.(stage, `${TOKEN}-undone`, true);
    await settle?.(stage);
  }
  // A Create that CloudFormation gives up, whose Delete comes first.
  const stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy({}, { without: ['Registration'] });
  watch(stage as unknown as Stage<object>);
  await stage.ask('Delete', 'Registration', { requestId: `${TOKEN}-given-up` });
  await stage.ask('Create', 'Registration', { requestId: `${TOKEN}-late` });
  await stage.ask('Create', 'Registration', { requestId: `${TOKEN}-anew`, stackId: stage.stack.stackId.replace(/.$/, '7') });
  await lostKey();
  await confirmed();
}, 240_000); // all that the functions can do: seconds on a machine of its own

/** The function ends when it has made a key, and the next request has to tell whose it is. */
async function lostKey(): Promise<void> {
  const stage = new BaseAccountStage();
  await stage.deploy({}, { without: ['UserKey', 'Registration'] });
  watch(stage as unknown as Stage<object>);
  stage.world.traffic.fault = ({ step }) => (step === 'iam:CreateAccessKey' ? 'kill' : undefined);
  await stage.ask('Create', 'UserKey', { requestId: TOKEN });
  stage.world.traffic.fault = undefined;
  expect((await stage.ask('Create', 'UserKey', { requestId: TOKEN }))?.Status).toBe('SUCCESS');
}

/** A person asks how connectors stand, of which one was never run. */
async function confirmed(): Promise<void> {
  const stage = new ConnectorStage();
  expect(await stage.deploy()).toBe('CREATE_COMPLETE');
  watch(stage as unknown as Stage<object>);
  expect(await stage.functionFor(CONNECTOR_RESOURCE_TYPE).invoke(CONFIRM_EVENT)).toMatchObject({ outcome: 'returned' });
}

const usedBy = (handler: string) => [...used.values()].filter((one) => one.handler === handler);
const policyOf = (handler: string): Policy => ({
  Version: '2012-10-17', Statement: [...granted.values()].filter((one) => one.handler === handler).map(({ handler: _, ...statement }) => statement) as unknown as Policy['Statement'],
});

test.each(HANDLER_NAMES)('%s may do all that it does (fault 75)', async (handler) => {
  const asked = usedBy(handler);
  expect(asked.length).toBeGreaterThan(0);
  const refused: Used[] = [];
  for (const one of asked) if (!await may(PLACE, [policyOf(handler)], one.action, one.resource, one.tagKeys)) refused.push(one);

  expect(refused).toEqual([]);
});

test.each(HANDLER_NAMES)('%s does all that it may (fault 75)', (handler) => {
  const covers = (given: string, resource: string) => allows([{ Effect: 'Allow', Action: '*', Resource: given }], { action: 'any', resource });
  // CloudFormation asks for it on our behalf, before it lets a delegated administrator in; the fake refuses without it.
  const does = [...usedBy(handler), { action: 'organizations:ListDelegatedAdministrators', resource: '*' }];
  expect(rights(handler).filter(({ action, resource }) => !does.some((one) => one.action === action && covers(resource, one.resource)))).toEqual([]);
});

describe.each(HANDLER_NAMES)('%s', (handler) => {
  test('may do it to no neighbour: not to a longer, shorter or nested name, in no other account or region (faults 57 and 75)', async () => {
    const reached: string[] = [];
    for (const { action, resource } of rights(handler)) for (const neighbour of neighbours(resource).filter((one) => !rights(handler).some((right) => right.resource === one))) if (await may(PLACE, [policyOf(handler)], action, neighbour, ['cdk-qualys-connectors:minting'])) reached.push(`${action} ${neighbour}`);


    expect(reached).toEqual([]);
  });

  test('may do nothing else to the same (fault 75)', async () => {
    const reached: string[] = [];
    for (const resource of new Set(rights(handler).map((right) => right.resource))) {
      const known = new Set(rights(handler).filter((right) => right.resource === resource).map(({ action }) => action));
      for (const action of OTHERS[kindOf(resource)]!.filter((one) => !known.has(one))) if (await may(PLACE, [policyOf(handler)], action, resource === '*' ? ACCOUNT : resource.replaceAll('*', '999999999999'))) reached.push(`${action} ${resource}`);

    }
    expect(reached).toEqual([]);
  });
});

const rights = (handler: string) => policyOf(handler).Statement.flatMap(({ Action, Resource }) => (
  listOf(Action).flatMap((action) => listOf(Resource!).map((resource) => ({ action, resource })))));

/** Of an organization that it reads. */
const ACCOUNT = 'arn:aws:organizations::999999999999:account/o-a1b2c3d4e5/222222222222';

function kindOf(resource: string): string {
  if (resource === '*') return 'organization';
  return resource.includes(':sns:') ? 'topic' : resource.split(/[:/]/)[5]!;
}

function neighbours(resource: string): string[] {
  if (resource === '*') return []; // of Organizations, whose lists know no resources
  const [, set, name] = /^(.*:stackset\/)([^:]+):\*$/.exec(resource) ?? [];
  // It stands in the management account, whichever that is.
  if (set !== undefined) return [`${set}${name}2:1b2c`, `${set}Other:1b2c`, `${set.replace(PLACE.region, 'eu-west-1')}${name}:1b2c`].map((one) => one.replace(':*:', ':999999999999:'));
  if (resource.endsWith('/*')) return neighbours(resource.slice(0, -2)).map((folder) => `${folder}/Connector`);
  const [, folder = '', last = ''] = /^(.*\/)?([^/]+)$/.exec(resource)!;
  const isStack = resource.includes(':stack/'); // whose ARN has its name and an ID, no more and no less
  return [
    `${resource}2`,
    ...isStack ? [resource.replace(':stack/', ':stack/Other')] : [resource.slice(0, -1)],
    ...isStack || folder === '' ? [] : [`${folder}elsewhere/${last}`, `${folder}other`],
    ...isStack || folder.split('/').length < 3 ? [] : [`${folder.slice(0, -1)}2/${last}`],
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
  stackset: actions('cloudformation', 'ListStackInstances', 'ListStackSetOperations', 'DescribeStackSet', 'UpdateStackSet', 'DeleteStackSet', 'CreateStackInstances',
    'DeleteStackInstances', 'UpdateStackInstances', 'StopStackSetOperation'),
  table: actions('dynamodb', 'GetItem', 'PutItem', 'UpdateItem', 'BatchWriteItem', 'Scan', 'DeleteItem', 'Query', 'DeleteTable', 'UpdateTable', 'ExportTableToPointInTime'),
  organization: actions('organizations', 'ListAccounts', 'ListDelegatedAdministrators', 'DescribeAccount', 'MoveAccount', 'CloseAccount', 'RemoveAccountFromOrganization'),
  topic: actions('sns', 'Publish', 'Subscribe', 'DeleteTopic', 'SetTopicAttributes', 'AddPermission'),
};
