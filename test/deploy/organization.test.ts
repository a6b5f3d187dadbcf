import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeStackSetCommand } from '@aws-sdk/client-cloudformation';
import { SECURITY } from './stage/accounts';
import { inventory } from './stage/inventory';
import { ConnectedOrganization, MANAGEMENT, MEMBERS, NEWCOMER, PREFIX, READY, SET } from './stage/organization';
import { PATIENCE } from './stage/stage';
import { QUALYS_ACCOUNT_IDS } from '../support/connector-service/account-type';
import { REPOSITORY } from '../support/emulator/repository';

/** examples/organization by the real CDK CLI: roles by a stack set, connectors by a fleet, the switch there and back under a steady caller, proven before it happens. */
jest.setTimeout(PATIENCE);
const folder = join(REPOSITORY, '.emulator', 'organization-test');
const QUALYS = QUALYS_ACCOUNT_IDS.Global;
/** Calls that each phase has to bear once it is deployed. */
const CALLS = 50;
const members = Object.values(MEMBERS);
/** Those that stay, and whose connectors the service calls all the time. */
const called = [MEMBERS.Production, MEMBERS.Development, MANAGEMENT];
let organization: ConnectedOrganization;
let key: string;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  organization = await ConnectedOrganization.start({ folder });
  await organization.prepare();
});

afterAll(async () => {
  await organization.endCalls();
  await organization.stage.stop();
  rmSync(folder, { recursive: true, force: true });
});

const expectNoOutage = async () => {
  await organization.furtherCalls(CALLS);
  expect(organization.tally()).toMatchObject({ failures: 0, reasons: [] });
};
const description = async () => {
  const { StackSet } = await organization.clients(SECURITY).cloudFormation.send(new DescribeStackSetCommand({ StackSetName: SET, CallAs: 'DELEGATED_ADMIN' }));
  return StackSet!.Description;
};

test('the set rolls the role out to the accounts of both units, and the management account has its own', async () => {
  await organization.to('qualysAccount');
  expect(await organization.sets.statuses(SET)).toEqual(Object.fromEntries(members.map((account) => [account, READY])));
  expect(await organization.letIn(QUALYS, [...members, MANAGEMENT])).toEqual([...members, MANAGEMENT]);
  expect(await organization.letIn(SECURITY, members)).toEqual([]);
});

test('the fleet gives each account a connector, within a run, and nothing more in the next one', async () => {
  expect(await organization.askFleet()).toEqual([expect.stringContaining('has not run yet')]);
  expect(await organization.runFleet()).toEqual(['search', 'create', 'create', 'create', 'create']);
  for (const [name, account] of Object.entries(MEMBERS)) expect(organization.connectorOf(account)!.settings).toMatchObject({ name: `aws-${name} (${account})`, externalId: `${PREFIX}${account}` });

  expect(organization.connectorOf(MANAGEMENT)).toBeDefined();
  expect(await organization.runFleet()).toEqual([]);
  expect(await organization.askFleet()).toEqual([expect.stringContaining('has connected 4 accounts; 0 wait for their connectors, 0 need a person')]);
  organization.beginCalls(called);
  await expectNoOutage();
});

test('an account that joins a unit gets role and connector by itself; one that leaves loses the role, and its connector has a day', async () => {
  await organization.organization.addAccount(NEWCOMER, organization.units.development, 'Newcomer');
  await organization.untilRole(NEWCOMER, true);
  await organization.organization.move(MEMBERS.Staging, organization.organization.rootId);
  await organization.untilRole(MEMBERS.Staging, false);
  await organization.sets.settled(SET);
  expect(Object.keys(await organization.sets.statuses(SET)).sort()).toEqual([MEMBERS.Production, MEMBERS.Development, NEWCOMER].sort());
  // Somebody may have made one for it by now.
  expect(await organization.runFleet()).toEqual(['search', 'create']);
  expect(organization.connectorOf(NEWCOMER)!.settings.name).toBe(`aws-Newcomer (${NEWCOMER})`);
  expect(organization.connectorOf(MEMBERS.Staging)!.settings.disabled).toBe(false);
  await expectNoOutage();
});

test('both are trusted, and the description of the set says so', async () => {
  await organization.to('both');
  expect(await description()).toMatch(/Trusts: the Qualys account and the base account 111111111111 \(user qualys-base-account\)$/);
  await expectNoOutage();
});

test('the switch is refused while one role is not ready: nothing was sent, and the service goes on as before', async () => {
  const trust = (await organization.trustOf(NEWCOMER))!;
  await organization.setTrust(NEWCOMER, trust.replaceAll('qualys-base-account', 'somebody-else'));
  const reason = await organization.failsTo('registered');
  expect(reason).toMatch(/tried on 4 roles for verifyAccessTo, and 1 of them is not as needed: 555555555555 \(AWS denies it\)\. Nothing was sent to the service/);
  expect(organization.stage.service.baseAccounts()).toEqual([]);
  await expectNoOutage();
  expect(organization.tally().keyIds).toEqual([QUALYS]);
  await organization.setTrust(NEWCOMER, trust);
});

test('and when it is ready the service moves to the base account', async () => {
  await organization.to('registered');
  key = (await organization.stage.currentKey())!.accessKeyId;
  await expectNoOutage();
  expect(organization.tally().keyIds).toEqual([QUALYS, key]);

  await organization.to('baseAccount');
  await expectNoOutage();
  expect(await organization.letIn(QUALYS, called)).toEqual([]);
});

test('and back: both, without the base account, the Qualys account alone', async () => {
  await organization.to('leaving');
  await expectNoOutage();
  await organization.to('both');
  await expectNoOutage();
  expect(organization.tally().keyIds).toEqual([QUALYS, key, QUALYS]);
  await organization.to('qualysAccount');
  const { calls, failures } = await organization.endCalls();
  expect(calls).toBeGreaterThanOrEqual(7 * CALLS);
  expect(failures).toBe(0);
});

test('what is destroyed takes the roles with it, and leaves the connectors', async () => {
  const { stage } = organization;
  expect((await stage.destroy(['--all'], organization.context('qualysAccount'))).exitCode).toBe(0);
  const left = await Promise.all([...members, NEWCOMER, MANAGEMENT, SECURITY].map(async (account) => inventory(stage.emulator, account)));
  expect(left.flat()).toEqual([]);
  expect(stage.service.connectors().filter(({ isDeleted }) => !isDeleted)).toHaveLength(5);
});

test('no secret is left in any file', () => {
  expect(organization.stage.leaks()).toEqual([]);
});
