import { CHINA_ROLE, ConnectorsWorld, DENIED } from './world';

let world: ConnectorsWorld;
beforeEach(async () => { world = await ConnectorsWorld.start(); });
afterEach(() => world.stop());

const LIST = 'GET connectors?pageNo=0&pageSize=50';
const requests = () => world.takeRequests().filter((request) => request !== 'POST /auth');

test('is made, edited, disabled, enabled and deleted at CloudView, each with a list, the change and a read', async () => {
  const resource = world.resource();
  const { answer } = await resource.create(world.chinaProperties({ Description: 'Shop' }));
  const [{ cloudviewUuid: id }] = world.live;
  expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { ConnectorId: id, QualysAwsAccountId: '680400017752', State: 'Pending' } });
  expect(world.live[0]!.settings).toMatchObject({
    name: 'Production', arn: CHINA_ROLE, externalId: 'external-1234567890', isChinaConfigured: true, runFrequency: 240, description: expect.stringMatching(/^Shop \[cdk-qualys-connectors created /),
  });
  expect(requests()).toEqual([LIST, 'POST connectors', LIST]);

  // What a PUT would take away, were it not sent again.
  world.service.console.editConnector(world.live[0]!.id, { isPortalConnector: true, isRemediationEnabled: true });
  await resource.update(world.chinaProperties({ Description: 'Shop', PollingMinutes: '90' }));
  expect(world.live[0]!.settings.runFrequency).toBe(90);
  expect(world.service.requests().find(({ method }) => method === 'PUT')!.body).toMatchObject({
    name: 'Production', arn: CHINA_ROLE, isChinaRegion: true, isPortalConnector: true, remediationEnabled: true, pollingFrequency: { hours: 1, minutes: 30 },
  });
  expect(requests()).toEqual([LIST, `PUT connectors/${id}`, `GET connectors/${id}`]);

  const { answer: disabled } = await resource.update(world.chinaProperties({ Description: 'Shop', PollingMinutes: '90', Enabled: 'false' }));
  expect(disabled.Data!.State).toBe('Disabled');
  expect(requests()).toEqual([LIST, 'PATCH connectors/connectors/disable', `GET connectors/${id}`]);
  await resource.update(world.chinaProperties({ Description: 'Shop', PollingMinutes: '90' }));
  expect(requests()[1]).toBe('PATCH connectors/connectors/enable');
  await resource.update(world.chinaProperties({ Description: 'Shop', PollingMinutes: '90', AdoptExisting: 'true' }));
  expect(requests()).toEqual([LIST]);

  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.service.requests().at(-1)!.body).toEqual([id]);
  expect(requests()).toEqual([LIST, 'DELETE connectors']);
  expect(world.live).toEqual([]);
});

test('is made disabled', async () => {
  await world.resource().create(world.chinaProperties({ Enabled: 'false' }));
  expect(world.live).toMatchObject([{ state: 'DISABLED' }]);
});

test('runs, and its states are words', async () => {
  world.service.console.createBaseAccount({ title: 'C', awsAccountId: '000000000042', accountType: 'China', accessKeyId: 'AKIAEXAMPLE000000001', secretAccessKey: 'x'.repeat(40) });
  const resource = world.resource();
  const { answer } = await resource.create(world.chinaProperties({ Verification: 'FAIL' }));
  expect(answer.Data).toMatchObject({
    State: 'Completed successfully', QualysAwsAccountId: '000000000042', Verification: expect.stringContaining('assumed from base account 000000000042'),
  });
  world.aws.decide = async () => DENIED;
  const { answer: failed, rollback } = await resource.update(world.chinaProperties({ Verification: 'FAIL', Name: 'New' }));
  expect(failed.Reason).toContain('ended in state Completed with errors: AccessDenied');
  expect(rollback!.Status).toBe('SUCCESS');
  expect(world.live[0]!.settings.name).toBe('Production');
});

test('an answer that is lost is asked after', async () => {
  world.service.faults.next({ match: { method: 'POST', path: /aws\/connectors$/ } }, { kind: 'lose-answer' });
  expect((await world.resource().create(world.chinaProperties())).answer.Status).toBe('SUCCESS');
  expect(world.live).toHaveLength(1);
});

test('what is not served at the gateway is at the platform URL, which is asked alone from then on', async () => {
  world.service.faults.next({ match: { host: 'gateway', path: /cloudview/ } }, { kind: 'answer', status: 404 });
  const resource = world.resource();
  expect((await resource.create(world.chinaProperties())).answer.Status).toBe('SUCCESS');
  expect(world.service.requests().map(({ host }) => host)).toEqual(['gateway', 'gateway', 'platformUrl', 'platformUrl', 'platformUrl']);
});

test.each([
  ['a connector of another role', { arn: `${CHINA_ROLE}2`, isChinaConfigured: true }],
  ['one that is deleted', undefined],
])('%s is not taken for it', async (_, settings) => {
  const id = world.service.console.createConnector({ name: 'Other', externalId: 'ee', isChinaConfigured: true, arn: CHINA_ROLE, ...settings });
  if (!settings) world.service.console.deleteConnector(id);
  expect((await world.resource().create(world.chinaProperties())).answer.Status).toBe('SUCCESS');
});

test('one that is there is adopted only where the code says so', async () => {
  world.service.console.createConnector({ name: 'By hand', externalId: 'ee', isChinaConfigured: true, arn: CHINA_ROLE });
  const { answer } = await world.resource().create(world.chinaProperties());
  expect(answer.Reason).toContain('exists already');
  const resource = world.resource();
  expect((await resource.create(world.chinaProperties({ AdoptExisting: 'true' }))).answer.Status).toBe('SUCCESS');
  await resource.delete();
  expect(world.live).toMatchObject([{ settings: { name: 'Production' } }]);
});

test.each([
  [{ Modules: ['AI'] as const }], [{ Activation: ['VM'] as const }], [{ Regions: ['cn-north-1'] }],
])('%j is refused: that API does not know it', async (changes) => {
  const { answer } = await world.resource().create(world.chinaProperties(changes as object));
  expect(answer.Reason).toContain('\'Modules\', \'Activation\' and \'Regions\' must be left out for account type China');
  expect(world.service.requests()).toEqual([]);
});

test('without a host for CloudView it says what to give', async () => {
  const { Gateway, PlatformUrl, ...Service } = world.properties().Service;
  const { answer } = await world.resource().create(world.chinaProperties({ Service }));
  expect(answer.Reason).toContain('give QualysPlatform.custom its gateway or platformUrl');
  expect([Gateway, PlatformUrl]).not.toContain(undefined);
});
