import type { ConnectorApp } from '../../support/stage/apps/connector';
import { ConnectorStage, DENIED } from '../../support/stage/connector-stage';

const ROLE = 'arn:aws-cn:iam::001122334455:role/QualysConnector';
const LIST = 'GET connectors?pageNo=0&pageSize=50';
const THERE = { name: 'By hand', externalId: 'ee', isChinaConfigured: true, arn: ROLE };

let stage: ConnectorStage;
beforeEach(() => { stage = new ConnectorStage(); });

const deploy = (app: ConnectorApp = {}) => stage.deploy({ roleArn: ROLE, ...app });
const requests = () => stage.takeRequests().filter((request) => request !== 'POST /auth');

test('is made, edited, disabled, enabled and deleted at CloudView, each with a list, the change and a read', async () => {
  expect(await deploy({ description: 'Shop' })).toBe('CREATE_COMPLETE');
  const { id: number, cloudviewUuid: id, settings } = stage.live[0]!;
  expect(stage.attributes).toMatchObject({ ConnectorId: id, QualysAwsAccountId: 'UNKNOWN', State: 'Pending' });
  expect(settings).toMatchObject({
    name: 'Production', arn: ROLE, externalId: 'external-1234567890', isChinaConfigured: true, runFrequency: 240, description: expect.stringMatching(/^Shop \[cdk-qualys-connectors created /),
  });
  expect(requests()).toEqual([LIST, 'POST connectors', LIST]);

  // What a PUT would take away, were it not sent again.
  stage.service.console.editConnector(number, { isPortalConnector: true, isRemediationEnabled: true });
  const changed: ConnectorApp = { description: 'Shop', pollingMinutes: 90 };
  await deploy(changed);
  expect(stage.live[0]!.settings.runFrequency).toBe(90);
  expect(stage.service.requests().find(({ method }) => method === 'PUT')!.body).toMatchObject({
    name: 'Production', arn: ROLE, isChinaRegion: true, isPortalConnector: true, remediationEnabled: true, pollingFrequency: { hours: 1, minutes: 30 },
  });
  expect(requests()).toEqual([LIST, `PUT connectors/${id}`, `GET connectors/${id}`]);

  await deploy({ ...changed, enabled: false });
  expect(stage.attributes.State).toBe('Disabled');
  expect(requests()).toEqual([LIST, 'PATCH connectors/connectors/disable', `GET connectors/${id}`]);
  await deploy(changed);
  expect(requests()[1]).toBe('PATCH connectors/connectors/enable');
  await deploy({ ...changed, adoptExisting: true });
  expect(requests()).toEqual([LIST]);

  expect(await stage.delete()).toBe('DELETE_COMPLETE');
  expect(stage.service.requests().at(-1)!.body).toEqual([id]);
  expect(requests()).toEqual([LIST, 'DELETE connectors']);
  expect(stage.live).toEqual([]);
});

test('is made disabled', async () => {
  await deploy({ enabled: false });
  expect(stage.live).toMatchObject([{ state: 'DISABLED' }]);
});

test('runs, and its states are words', async () => {
  stage.service.console.createBaseAccount({ title: 'C', awsAccountId: '000000000042', accountType: 'China', accessKeyId: 'AKIAEXAMPLE000000001', secretAccessKey: 'x'.repeat(40) });
  stage.world.refusal = () => undefined;
  await deploy({ verify: 'fail' });
  expect(stage.attributes).toMatchObject({
    State: 'Completed successfully', QualysAwsAccountId: '000000000042', Verification: expect.stringContaining('assumed from base account 000000000042'),
  });
  stage.world.refusal = () => DENIED;
  expect(await deploy({ verify: 'fail', name: 'New' })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stage.failure).toContain('ended in state Completed with errors: AccessDenied');
  expect(stage.live[0]!.settings.name).toBe('Production');
});

test('an answer that is lost is asked after', async () => {
  stage.service.faults.next({ match: { method: 'POST', path: /aws\/connectors$/ } }, { kind: 'lose-answer' });
  expect(await deploy()).toBe('CREATE_COMPLETE');
  expect(stage.live).toHaveLength(1);
});

test('what is not served at the gateway is at the platform URL, which is asked alone from then on', async () => {
  stage.service.faults.next({ match: { host: 'gateway', path: /cloudview/ } }, { kind: 'answer', status: 404 });
  expect(await deploy()).toBe('CREATE_COMPLETE');
  expect(stage.service.requests().map(({ host }) => host)).toEqual(['gateway', 'gateway', 'platformUrl', 'platformUrl', 'platformUrl']);
});

test.each([
  ['a connector of another role', { arn: `${ROLE}2` }],
  ['one that is deleted', undefined],
])('%s is not taken for it', async (_, settings) => {
  const id = stage.service.console.createConnector({ ...THERE, ...settings });
  if (!settings) stage.service.console.deleteConnector(id);
  expect(await deploy()).toBe('CREATE_COMPLETE');
});

test('one that is there is adopted only where the code says so', async () => {
  stage.service.console.createConnector(THERE);
  expect(await deploy()).toBe('ROLLBACK_COMPLETE');
  expect(stage.failure).toContain('exists already');
  await stage.delete();
  expect(await deploy({ adoptExisting: true })).toBe('CREATE_COMPLETE');
  await stage.delete();
  expect(stage.live).toMatchObject([{ settings: { name: 'Production' } }]);
});

test.each([{ Modules: ['AI'] }, { Activation: ['VM'] }, { Regions: ['cn-north-1'] }])('%j is refused: that API does not know it', async (Production) => {
  await stage.deploy({ roleArn: ROLE }, { raw: { Production } });
  expect(stage.failure).toContain('\'Modules\', \'Activation\' and \'Regions\' must be left out for account type China');
  expect(stage.service.requests()).toEqual([]);
});

test('without a host for CloudView it says what to give', async () => {
  const { Service: { Gateway, PlatformUrl, ...Service } } = await stage.properties('Production', { roleArn: ROLE });
  await stage.deploy({ roleArn: ROLE }, { raw: { Production: { Service } } });
  expect(stage.failure).toContain('give QualysPlatform.custom its gateway or platformUrl');
  expect([Gateway, PlatformUrl]).not.toContain(undefined);
});
