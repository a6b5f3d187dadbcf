import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { FLEET_NAMES, FleetName } from './stage/fleet';
import { Migration, QUALYS_ACCOUNT } from './stage/migration';
import { PATIENCE } from './stage/stage';
import { REPOSITORY } from '../support/emulator/repository';

/** examples/migrate-existing-connectors, there and back by the real CDK CLI, while the service assumes all roles without a pause. */
jest.setTimeout(PATIENCE);
const folder = join(REPOSITORY, '.emulator', 'migration-test');
/** Calls that each phase has to bear once it is deployed. */
const CALLS = 50;
let migration: Migration;
let before: Record<FleetName, string>;
let key: string;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  migration = await Migration.start({ folder });
  await migration.stage.prepare();
  await migration.settle();
});

afterAll(async () => {
  await migration.endCalls();
  await migration.stage.stop();
  rmSync(folder, { recursive: true, force: true });
});

const expectNoOutage = async () => {
  await migration.furtherCalls(CALLS);
  expect(migration.tally()).toMatchObject({ failures: 0, reasons: [] });
};

test('the connectors are called from the Qualys account; of the two that were there, the app has taken over one', async () => {
  expect(await migration.letIn(QUALYS_ACCOUNT)).toEqual(FLEET_NAMES);
  const described = Object.fromEntries(migration.stage.service.connectors().map(({ settings: { name, description } }) => [name, description]));
  expect(described).toEqual({
    Production: expect.stringMatching(/^made by hand \[cdk-qualys-connectors adopted /),
    Development: 'made by hand',
    Staging: expect.stringMatching(/^\[cdk-qualys-connectors created /),
  });
  before = await migration.trusts();
  migration.beginCalls();
  await expectNoOutage();
});

test('there: both, the registration, the base account alone', async () => {
  await migration.to('both');
  await expectNoOutage();
  expect(migration.tally().keyIds).toEqual([QUALYS_ACCOUNT]);

  await migration.to('registered');
  await expectNoOutage();
  key = (await migration.stage.currentKey())!.accessKeyId;
  expect(migration.tally().keyIds).toEqual([QUALYS_ACCOUNT, key]);
  expect(await migration.letIn(QUALYS_ACCOUNT)).toEqual(FLEET_NAMES);

  await migration.to('baseAccount');
  await expectNoOutage();
  expect(migration.tally().keyIds).toEqual([QUALYS_ACCOUNT, key]);
  expect(await migration.letIn(QUALYS_ACCOUNT)).toEqual([]);
  expect((await migration.trusts()).Development).toContain('"Sid": "Auditors"');
});

test('and back: both, without the registration, the Qualys account alone', async () => {
  await migration.to('leaving');
  await expectNoOutage();
  expect(await migration.letIn(QUALYS_ACCOUNT)).toEqual(FLEET_NAMES);
  expect(migration.tally().keyIds).toEqual([QUALYS_ACCOUNT, key]);

  await migration.to('both');
  await expectNoOutage();
  expect(migration.tally().keyIds).toEqual([QUALYS_ACCOUNT, key, QUALYS_ACCOUNT]);
  expect(migration.stage.service.baseAccounts()).toEqual([]);
  expect(await migration.leftOfBaseAccount()).toEqual([]);

  await migration.to('qualysAccount');
  await expectNoOutage();
  expect(await migration.trusts()).toEqual(before);
  const { calls, failures } = await migration.endCalls();
  expect(calls).toBeGreaterThanOrEqual(7 * CALLS);
  expect(failures).toBe(0);
});

describe('a connector takes no call that is not needed', () => {
  const app = 'test/deploy/apps/one-connector.ts';
  const calls = async (work: () => Promise<unknown>): Promise<string[]> => {
    const { service } = migration.stage;
    service.clearRequests();
    await work();
    return service.requests().map(({ method, path }) => `${method} ${path.replace(/^\/qps\/rest\/3\.0\//, '').replace(/\/\d+$/, '/ID')}`);
  };
  const deploy = (context: Record<string, string>) => calls(() => migration.stage.deploy(['OneConnector'], context, app));
  const [SEARCH, CREATE, UPDATE, DELETE] = ['search', 'create', 'update', 'delete'].map((verb) => `POST ${verb}/am/awsassetdataconnector`);
  const GET = 'GET get/am/awsassetdataconnector/ID';

  test('to be created, changed, looked at and deleted', async () => {
    expect(await deploy({})).toEqual([SEARCH, CREATE, SEARCH]);
    expect(await deploy({ name: 'Another' })).toEqual([SEARCH, `${UPDATE}/ID`, GET]);
    // What the service has no field for is a change to CloudFormation only.
    expect(await deploy({ name: 'Another', adoptExisting: 'true' })).toEqual([SEARCH]);
    expect(await calls(() => migration.stage.destroy(['OneConnector'], {}, app))).toEqual([SEARCH, `${DELETE}/ID`]);
  });
});

test('no secret is left in any file', () => {
  expect(migration.stage.leaks()).toEqual([]);
});
