import { DescribeStackSetCommand, ListStackInstancesCommand, ListStackSetOperationsCommand } from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeregisterDelegatedAdministratorCommand } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { Clients } from '../../../support/emulator/clients';
import { Organization, STACK_SETS } from '../../../support/emulator/organization/organization';
import { roleSet } from '../../../support/emulator/organization/role-set';
import { StackSets } from '../../../support/emulator/organization/stack-sets';
import { statements } from '../../../support/emulator/resources/inline-function';
import { userWithKey } from '../../../support/emulator/resources/users';
import { FIRST_START, startTemporaryEmulator, TemporaryEmulator } from '../../../support/emulator/temporary-emulator';

const [MANAGEMENT, ADMIN, MEMBER] = ['999999999999', '111111111111', '222222222222'];
const READS = ['cloudformation:ListStackInstances', 'cloudformation:ListStackSetOperations'];

let temporary: TemporaryEmulator;
let organization: Organization;
let unit: string;
beforeAll(async () => {
  temporary = await startTemporaryEmulator();
  organization = await Organization.create(temporary.emulator, MANAGEMENT);
  unit = await organization.addUnit('Unit');
  await organization.addAccount(ADMIN);
  for (const account of [MEMBER, '333333333333', '444444444444']) await organization.addAccount(account, unit);
  await organization.delegate(ADMIN);
  expect((await clients(ADMIN).stacks.create('admin', roleSet({ units: [unit] }))).StackStatus).toBe('CREATE_COMPLETE');
}, FIRST_START);
afterAll(() => temporary.remove());

const clients = (account: string) => new Clients(temporary.emulator, account);
const list = async (caller: Clients, CallAs?: 'SELF' | 'DELEGATED_ADMIN', StackSetName = 'roles') =>
  (await caller.cloudFormation.send(new ListStackInstancesCommand({ StackSetName, CallAs }))).Summaries!.length;
let users = 0;
const userOf = async (account: string, ...allow: object[]) => new Clients(temporary.emulator, await userWithKey(clients(account), `user-${++users}`, allow));
const arn = (id: string) => `arn:aws:cloudformation:us-east-1:${MANAGEMENT}:stackset/roles:${id}`;
const listAdministrators = { Action: 'organizations:ListDelegatedAdministrators', Resource: '*' };
const REFUSED = { name: 'ValidationError', message: expect.stringContaining('Account used is not a delegated administrator') };

test('the management account reads the set as itself, a delegated administrator as such', async () => {
  expect([await list(clients(MANAGEMENT)), await list(clients(ADMIN), 'DELEGATED_ADMIN')]).toEqual([3, 3]);
  await expect(list(clients(ADMIN), 'SELF')).rejects.toThrow(/must be the management account or delegated admin account/);
  await expect(list(clients(MANAGEMENT), 'DELEGATED_ADMIN')).rejects.toMatchObject(REFUSED);
  await expect(list(clients(MEMBER), 'DELEGATED_ADMIN')).rejects.toMatchObject(REFUSED);
  await expect(list(clients('555555555555'), 'DELEGATED_ADMIN')).rejects.toMatchObject(REFUSED);
});

test('IAM is asked about the set, which is in the management account', async () => {
  const { StackSet } = await clients(MANAGEMENT).cloudFormation.send(new DescribeStackSetCommand({ StackSetName: 'roles' }));
  const id = StackSet!.StackSetId!.split(':')[1]!;
  for (const [resource, allowed] of [[arn(id), true], [arn('*'), true], [arn(id).replace(MANAGEMENT, '*'), true], [arn('another'), false], [arn('*').replace(MANAGEMENT, ADMIN), false]] as const) {
    const caller = await userOf(ADMIN, { Action: READS, Resource: resource }, listAdministrators);
    const answer = list(caller, 'DELEGATED_ADMIN');
    await (allowed ? expect(answer).resolves.toBe(3) : expect(answer).rejects.toMatchObject({ name: 'AccessDenied' }));
    const operations = caller.cloudFormation.send(new ListStackSetOperationsCommand({ StackSetName: 'roles', CallAs: 'DELEGATED_ADMIN' }));
    await (allowed ? expect(operations).resolves.toMatchObject({ Summaries: [{ Action: 'CREATE' }] }) : expect(operations).rejects.toMatchObject({ name: 'AccessDenied' }));
  }
});

test('a role of the account reads the set as a user does', async () => {
  const allowed = statements([{ Effect: 'Allow', Action: READS, Resource: arn('*') }, { Effect: 'Allow', ...listAdministrators }]);
  const { Role } = await clients(ADMIN).iam.send(new CreateRoleCommand({
    RoleName: 'reader', AssumeRolePolicyDocument: JSON.stringify(statements([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ADMIN } }])),
  }));
  const assume = async () => {
    const user = await userOf(ADMIN, { Action: 'sts:AssumeRole', Resource: Role!.Arn });
    const { Credentials } = await user.sts.send(new AssumeRoleCommand({ RoleArn: Role!.Arn, RoleSessionName: 'test' }));
    const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials!;
    return new Clients(temporary.emulator, { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! });
  };
  await expect(list(await assume(), 'DELEGATED_ADMIN')).rejects.toMatchObject({ name: 'AccessDenied' });
  await clients(ADMIN).iam.send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'allow', PolicyDocument: JSON.stringify(allowed) }));
  expect(await list(await assume(), 'DELEGATED_ADMIN')).toBe(3);
});

test('whoever may not list delegated administrators is told that the account is none', async () => {
  await expect(list(await userOf(ADMIN, { Action: READS, Resource: arn('*') }), 'DELEGATED_ADMIN')).rejects.toMatchObject(REFUSED);
});

test('a set that does not exist is not found, by whoever may read it', async () => {
  await expect(list(clients(MANAGEMENT), 'SELF', 'another')).rejects.toMatchObject({ name: 'StackSetNotFoundException' });
  await expect(list(await userOf(ADMIN, { Action: READS, Resource: arn('*') }, listAdministrators), 'DELEGATED_ADMIN', 'another')).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('instances and operations come in pages', async () => {
  await temporary.emulator.cutPages(1, true);
  const first = await clients(MANAGEMENT).cloudFormation.send(new ListStackInstancesCommand({ StackSetName: 'roles' }));
  expect([first.Summaries, typeof first.NextToken]).toEqual([[], 'string']);
  const sets = new StackSets(temporary.emulator, clients(MANAGEMENT));
  expect((await sets.instances('roles')).map(({ Account }) => Account)).toEqual([MEMBER, '333333333333', '444444444444']);
  expect(await sets.operations('roles')).toHaveLength(1);
  await expect(clients(MANAGEMENT).cloudFormation.send(new ListStackInstancesCommand({ StackSetName: 'roles', NextToken: 'made up' }))).rejects.toMatchObject({ name: 'ValidationError' });
});

test('only who administers the organization\'s stack sets makes one', async () => {
  for (const [account, CallAs, words] of [[MEMBER, 'DELEGATED_ADMIN', 'Account used is not a delegated administrator'], [ADMIN, 'SELF', 'You must be the management account']] as const) {
    const { StackStatus, StackId } = await clients(account).stacks.create('refused', roleSet({ units: [unit], properties: { CallAs, StackSetName: 'refused' } }));
    expect([StackStatus, await clients(account).stacks.reasonOf(StackId!)]).toEqual(['ROLLBACK_COMPLETE', expect.stringContaining(words)]);
  }
  await organization.root.organizations.send(new DeregisterDelegatedAdministratorCommand({ AccountId: ADMIN, ServicePrincipal: STACK_SETS }));
  await expect(list(clients(ADMIN), 'DELEGATED_ADMIN')).rejects.toMatchObject(REFUSED);
});
