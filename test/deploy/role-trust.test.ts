import { join } from 'node:path';
import { CreateRoleCommand, GetRoleCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { PATIENCE } from './stage/stage';
import { Cdk } from '../support/emulator/cdk';
import { Clients } from '../support/emulator/clients';
import { userWithKey } from '../support/emulator/resources/users';
import { startTemporaryEmulator, TemporaryEmulator } from '../support/emulator/temporary-emulator';

const QUALYS = '805950163170';
const BASE = '111111111111';
const CONNECTED = '222222222222';
const ExternalId = '83172650944188230571';
const RoleName = 'qualys-cspm-read-only';
const SOMEBODY = '{"Sid":"Audit", "Effect":"Allow", "Principal":{"Service":"ec2.amazonaws.com"}, "Action":"sts:AssumeRole"}';
const ORIGINAL = `{ "Version": "2012-10-17", "Statement": [ ${SOMEBODY}, {
  "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::${QUALYS}:root" }, "Action": "sts:AssumeRole",
  "Condition": { "StringEquals": { "sts:ExternalId": "${ExternalId}" } } } ] }`;

jest.setTimeout(PATIENCE);
let temporary: TemporaryEmulator;
let connected: Clients;
let cdk: Cdk;
let callers: Record<string, Clients>;
beforeAll(async () => {
  temporary = await startTemporaryEmulator();
  connected = new Clients(temporary.emulator, CONNECTED);
  cdk = new Cdk({ emulator: temporary.emulator, account: CONNECTED, folder: join(temporary.folder, 'cdk') });
  const assume = [{ Action: 'sts:AssumeRole', Resource: '*' }];
  const user = async (account: string, name: string) => (
    new Clients(temporary.emulator, await userWithKey(new Clients(temporary.emulator, account), name, assume)));
  callers = { qualys: await user(QUALYS, 'connector'), base: await user(BASE, 'base'), other: await user(BASE, 'other') };
  await connected.iam.send(new CreateRoleCommand({ RoleName, Path: '/security/', AssumeRolePolicyDocument: ORIGINAL }));
  expect(await cdk.bootstrap([CONNECTED])).toMatchObject({ exitCode: 0 });
});
afterAll(() => temporary.remove());

const app = (trust: string, name = 'Trust') => ({
  app: 'node_modules/.bin/tsx --tsconfig test/tsconfig.json test/deploy/apps/role-trust.ts', context: { trust, name, externalId: ExternalId },
});
const trustPolicy = async () => decodeURIComponent((await connected.iam.send(new GetRoleCommand({ RoleName }))).Role!.AssumeRolePolicyDocument!);

/** Who can assume the role. */
async function letIn(): Promise<string[]> {
  const RoleArn = `arn:aws:iam::${CONNECTED}:role/security/${RoleName}`;
  const may = await Promise.all(Object.entries(callers).map(async ([name, { sts }]) => (
    sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', ExternalId })).then(() => [name], () => []))));
  return may.flat();
}

test('the trust of a role that a person made goes from Qualys to the base account, and is put back at the end', async () => {
  expect(await letIn()).toEqual(['qualys']);
  for (const [trust, callersNow] of [['both', ['qualys', 'base']], ['base', ['base']]] as const) {
    expect(await cdk.deploy(app(trust))).toMatchObject({ exitCode: 0 });
    expect(await letIn()).toEqual(callersNow);
  }

  // Each of the two, the old one and the new, asks its stack about the other.
  expect(await cdk.deploy(app('base', 'Renamed'))).toMatchObject({ exitCode: 0 });
  expect(await letIn()).toEqual(['base']);

  const record = await connected.ssm.send(new GetParameterCommand({ Name: `/cdk-qualys-connectors/role-trust/${RoleName}` }));
  const { previous, predecessor } = JSON.parse(record.Parameter!.Value!);
  expect([JSON.parse(previous), predecessor]).toEqual([JSON.parse(ORIGINAL), undefined]);
  expect(await cdk.destroy(app('base', 'Renamed'))).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(await trustPolicy())).toEqual(JSON.parse(ORIGINAL));
  expect(await letIn()).toEqual(['qualys']);
  await expect(connected.ssm.send(new GetParameterCommand({ Name: `/cdk-qualys-connectors/role-trust/${RoleName}` }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test('a document that is not understood fails the deployment with one sentence, and stays', async () => {
  const denying = ORIGINAL.replace('"Allow", "Principal":{"Service"', '"Deny", "Principal":{"Service"');
  await connected.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: denying }));
  const before = await trustPolicy();
  const deployed = await cdk.deploy(app('both'));
  expect(deployed.exitCode).toBe(1);
  expect(deployed.output).toContain(`the role ${RoleName} was not changed: statement 1 ('Audit') of its trust policy has a Deny`);
  expect(await trustPolicy()).toBe(before);
});
