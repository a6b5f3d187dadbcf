import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ACCOUNTS, externalIdOf, roleArnOf, SECURITY } from './stage/accounts';
import { inventory } from './stage/inventory';
import { leftBehind } from './stage/left-behind';
import { PATIENCE, Stage } from './stage/stage';
import type { ConnectorServiceStandIn } from '../support/connector-service';
import { ResourceMapping } from '../support/emulator/cdk';
import { REPOSITORY } from '../support/emulator/repository';

/*
 * A stack that was deleted by mistake, with the default removal policy, and is brought back: cdk import, then cdk deploy with
 * adoptExisting. The service goes on assuming the role all the time, with one and the same key.
 */
jest.setTimeout(PATIENCE);
const folder = join(REPOSITORY, '.emulator', 'retained-test');
const RETAINED = { cleanUp: 'false' };
let stage: Stage;
let caller: ReturnType<ConnectorServiceStandIn['steadyCaller']> | undefined;
let key: string;
let before: string[];
let left: ResourceMapping;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  stage = await Stage.start({ folder, writeApi: true });
  await stage.prepare();
  await stage.deploy(['CentralSecurity', 'Production'], RETAINED);
  key = (await stage.currentKey())!.accessKeyId;
  const connector = await stage.operator.createConnector({ name: 'Production', arn: roleArnOf(ACCOUNTS.Production), externalId: externalIdOf(ACCOUNTS.Production) });
  caller = stage.service.steadyCaller([connector], { concurrency: 1 });
});

afterAll(async () => {
  await caller?.stop();
  await stage.stop();
  rmSync(folder, { recursive: true, force: true });
});

const leftInSecurity = async () => (await inventory(stage.emulator, SECURITY)).filter((name) => !name.startsWith('stack ')).sort();
const ownerOfRecord = async () => {
  const name = (await leftInSecurity()).find((one) => one.startsWith('parameter '))!.split(' ')[1];
  const { Parameter } = await new SSMClient(stage.emulator.clientConfig(SECURITY)).send(new GetParameterCommand({ Name: name }));
  return JSON.parse(Parameter!.Value!).owner.stackId as string;
};
const expectUntouched = async () => {
  expect(await leftInSecurity()).toEqual(before);
  expect(stage.service.baseAccounts()).toMatchObject([{ title: 'Central Security', accessKeyId: key }]);
  expect((await stage.currentKey())!.accessKeyId).toBe(key);
};

test('the deletion leaves user, group, policy, secret, key and entry', async () => {
  expect((await stage.destroy(['CentralSecurity'], RETAINED)).exitCode).toBe(0);
  before = await leftInSecurity();
  expect(before.map((name) => name.split(' ')[0])).toEqual(['group', 'parameter', 'policy', 'secret', 'user']);
  left = await leftBehind(stage.emulator, 'CentralSecurity');
  expect(Object.values(left).map((identifier) => Object.keys(identifier)[0]).sort()).toEqual(['GroupName', 'Id', 'PolicyArn', 'UserName']);
});

test('to deploy again without an import fails, as the user exists, and takes nothing away', async () => {
  expect(await stage.failedDeploy(['CentralSecurity'], { ...RETAINED, adoptExisting: 'true' })).toMatch(/already exists/i);
  await expectUntouched();
  // The CDK CLI would compare with the template of the stack that was rolled back, and find nothing to import.
  expect((await stage.destroy(['CentralSecurity'], RETAINED)).exitCode).toBe(0);
  await expectUntouched();
});

test('cdk import takes them into the stack', async () => {
  await stage.import('CentralSecurity', left, RETAINED);
  await expectUntouched();
});

test('a deployment that forgets adoptExisting fails, and its rollback leaves the key', async () => {
  const output = await stage.failedDeploy(['CentralSecurity'], RETAINED);
  expect(output).toContain('is managed by the resource');
  expect(output).toContain('set adoptExisting to take it over');
  await expectUntouched();
});

test('one that fails later gives the entry back', async () => {
  stage.service.faults.next({ match: { path: /update\/am\/awsbaseaccount/ } }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
  expect(await stage.failedDeploy(['CentralSecurity'], { ...RETAINED, adoptExisting: 'true' })).toContain('INVALID_REQUEST');
  await expectUntouched();
});

test('with adoptExisting the entry is the new stack\'s, with the same key, which was in use all the time', async () => {
  const former = await ownerOfRecord();
  const outputs = await stage.deploy(['CentralSecurity'], { ...RETAINED, adoptExisting: 'true' });
  expect(JSON.stringify(outputs)).toContain('Nothing: the service has the key.');
  expect(stage.service.baseAccounts()).toMatchObject([{ title: 'Central Security', accessKeyId: key }]);
  expect((await stage.currentKey())!.accessKeyId).toBe(key);
  expect(await ownerOfRecord()).not.toBe(former);

  const { calls, failures, keyIds } = await caller!.stop();
  expect(calls).toBeGreaterThan(0);
  expect(failures).toBe(0);
  expect(keyIds).toEqual([key]);
});

test('the key rotates again', async () => {
  expect(await stage.rotation.rotate()).toMatchObject({ event: 'RotationSucceeded' });
  expect((await stage.currentKey())!.accessKeyId).not.toBe(key);
  expect(stage.service.baseAccounts()[0]!.accessKeyId).toBe((await stage.currentKey())!.accessKeyId);
});

test('no secret is left in any file', () => {
  expect(stage.leaks()).toEqual([]);
});
