import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ACCOUNTS, externalIdOf, roleArnOf, SECURITY } from './stage/accounts';
import { inventory } from './stage/inventory';
import { PATIENCE, Stage } from './stage/stage';
import { REPOSITORY } from '../support/emulator/repository';

/** RemovalPolicy.DESTROY with deletionProtection, by the real CDK CLI. */
jest.setTimeout(PATIENCE);
const folder = join(REPOSITORY, '.emulator', 'delete-guard-test');
let stage: Stage;
let connector: number;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  stage = await Stage.start({ folder, writeApi: true });
  await stage.prepare();
  await stage.deploy(['CentralSecurity', 'Production']);
  connector = await stage.operator.createConnector({ name: 'Production', arn: roleArnOf(ACCOUNTS.Production), externalId: externalIdOf(ACCOUNTS.Production) });
});

afterAll(async () => {
  await stage.stop();
  rmSync(folder, { recursive: true, force: true });
});

const assumed = async () => {
  const { state } = await stage.operator.run(connector);
  return state === 'FINISHED_SUCCESS' ? stage.service.runs().at(-1)!.signedBy : state;
};

test.each(['a first', 'a second'])('%s cdk destroy is refused while a connector remains, and the service goes on with the key', async () => {
  const { exitCode, output } = await stage.destroy(['CentralSecurity']);
  expect(exitCode).not.toBe(0);
  expect(output).toContain('is not removed, as 1 connector of account type Global (Production) would call from the Qualys account at once');
  expect(output).toContain('Let their roles trust the Qualys account too (TrustPrincipal.anyOf)');
  expect(stage.service.baseAccounts()).toMatchObject([{ accessKeyId: (await stage.currentKey())!.accessKeyId }]);
  expect(await assumed()).toBe('base account');
});

test('without the connector it goes through: first the entry, then key and user', async () => {
  await stage.operator.deleteConnector(connector);
  expect((await stage.destroy(['CentralSecurity'])).exitCode).toBe(0);
  expect(stage.service.baseAccounts()).toEqual([]);
  expect(await inventory(stage.emulator, SECURITY)).toEqual([]);
});

test('with deletionProtection: false the entry goes under its connectors', async () => {
  await stage.deploy(['CentralSecurity'], { deletionProtection: 'false' });
  connector = await stage.operator.createConnector({ name: 'Production', arn: roleArnOf(ACCOUNTS.Production), externalId: externalIdOf(ACCOUNTS.Production) });
  expect(await assumed()).toBe('base account');
  expect((await stage.destroy(['CentralSecurity'], { deletionProtection: 'false' })).exitCode).toBe(0);
  expect(stage.service.baseAccounts()).toEqual([]);
  expect(await inventory(stage.emulator, SECURITY)).toEqual([]);
});

test('no secret is left in any file', () => {
  expect(stage.leaks()).toEqual([]);
});
