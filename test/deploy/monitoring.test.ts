import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Metrics, ScheduledRun } from './stage/scheduled-run';
import { PATIENCE, Stage } from './stage/stage';
import { REPOSITORY } from '../support/emulator/repository';

/** The check of connectors by the real CDK CLI, on a local AWS that enforces IAM: what the rule hands over, to the deployed function. */
jest.setTimeout(PATIENCE);
const folder = join(REPOSITORY, '.emulator', 'monitoring-test');
let stage: Stage;
let check: ScheduledRun;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  stage = await Stage.start({ folder, writeApi: true });
  await stage.prepare();
  await stage.deploy(['--all']);
  check = new ScheduledRun(stage.emulator, 'Connectors');
});

afterAll(async () => {
  await stage.stop();
  rmSync(folder, { recursive: true, force: true });
});

const values = ({ _aws, Platform, AccountType, ...metrics }: Metrics) => metrics;
const FINE = { Stack: 'Connectors', Connectors: 2, FailingConnectors: 0, MissingConnectors: 0, BaseAccountMissing: 0, MonitoringHeartbeat: 1 };

test('finds what was deployed as it is', async () => {
  expect(values(await check.call())).toEqual(FINE);
});

test('finds a connector and an entry that somebody has deleted at the console, and says which', async () => {
  stage.service.console.deleteConnector(stage.connector('Production'));
  stage.service.console.deleteBaseAccount('Global');
  expect(values(await check.call())).toEqual({ ...FINE, Connectors: 1, MissingConnectors: 1, BaseAccountMissing: 1 });
  expect(await check.told('missing')).toEqual([expect.stringMatching(/^the stack has the resource Production\w+, but the service has no connector of its role: somebody has deleted it$/)]);
  expect(await check.told('base-account-missing')).toEqual(['the service calls from the Qualys account 805950163170, not from the base account 111111111111']);
});

test('sees that a role lets nobody in any more', async () => {
  await stage.operator.run(stage.connector('Development'));
  expect(values(await check.call())).toMatchObject({ FailingConnectors: 1, MissingConnectors: 1, BaseAccountMissing: 1 });
  expect(await check.told('failing')).toEqual([expect.stringMatching(/^the last run of connector 'Development' \(ID \d+\) failed: AccessDenied/)]);
});

test('sees that the steps of the runbook mend it: another title, another description', async () => {
  await stage.deploy(['CentralSecurity'], { title: 'Central Security (again)' });
  expect(values(await check.call())).toMatchObject({ MissingConnectors: 1, BaseAccountMissing: 0 });
  await stage.deploy(['Connectors'], { title: 'Central Security (again)', description: 'made again' });
  expect(values(await check.call())).toEqual(FINE);
  expect(stage.service.runs().at(-1)).toMatchObject({ signedBy: 'base account', outcome: 'FINISHED_SUCCESS' });
});

test('fails with a sentence, and writes nothing, where the login of the service is wrong', async () => {
  await stage.setLogin('not/the+password');
  await expect(check.call()).rejects.toThrow('with HTTP 401');
  await stage.setLogin();
  expect(values(await check.call())).toEqual(FINE);
});

test('nobody but the rule\'s own input is taken: a stack whose input was changed by hand is told to deploy', async () => {
  await expect(check.call({ ApiServer: 'https://api.attacker.example' })).rejects.toThrow('the event asks for a check of a place that is not monitored from here; nothing was called. Deploy the stack');
});

test('the daily run of the base account counts the keys that the library has not made', async () => {
  expect(await stage.rotation.daily.call()).toMatchObject({ ForeignKeys: 0, Heartbeat: 1 });
});

test('no secret is in any file', () => {
  expect(stage.leaks()).toEqual([]);
});
