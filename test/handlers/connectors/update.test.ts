import { ConnectorApp, ROLE } from '../../support/stage/apps/connector';
import { BY_HAND, ConnectorStage } from '../../support/stage/connector-stage';

const SEARCH = 'POST search/am/awsassetdataconnector';
const START: ConnectorApp = { description: 'The shop', activation: ['VM', 'PC'], regions: ['eu-west-1', 'us-east-1'] };

let stage: ConnectorStage;
let id: number;
const change = (changes: ConnectorApp = {}) => stage.deploy({ ...START, ...changes });

beforeEach(async () => {
  stage = new ConnectorStage();
  await stage.deploy(START);
  id = stage.live[0]!.id;
  stage.takeRequests();
});

test.each<[string, ConnectorApp, object]>([
  ['a name', { name: 'Shop & <"é">' }, { name: 'Shop & <"é">' }],
  ['an external ID', { externalId: 'external-0987654321' }, { externalId: 'external-0987654321' }],
  ['the polling', { pollingMinutes: 1440 }, { runFrequency: 1440 }],
  ['modules', { modules: ['AI', 'CSA'] }, { connectorAppInfos: [{ name: 'AI', identifier: ROLE }, { name: 'CSA', identifier: ROLE }] }],
  ['activation', { activation: ['SCA'] }, { activation: ['SCA'] }],
  ['other regions', { regions: ['eu-west-1'] }, { allRegions: false, endpoints: ['eu-west-1'] }],
  ['all regions', { regions: undefined }, { allRegions: true }],
  ['remediation', { remediation: true }, { isRemediationEnabled: true }],
  ['the perimeter scan', { perimeterScan: true }, { isCPSEnabled: true, connectorScanSetting: { isCustomScanConfigEnabled: false } }],
  ['tags by their IDs', { tags: [7, 8] }, { defaultTags: [7, 8] }],
  ['disabling', { enabled: false }, { disabled: true }],
  ['a description', { description: 'New' }, { description: expect.stringMatching(/^New \[cdk-qualys-connectors created arn:\S+ Production [0-9a-f-]{36}\]$/) }],
  ['no description', { description: undefined }, { description: expect.stringMatching(/^\[cdk-qualys-connectors created/) }],
])('changes %s in place: a search, an update with nothing else, a read', async (_, changes, settings) => {
  expect(await change(changes)).toBe('UPDATE_COMPLETE');
  expect(stage.sent).toEqual(['Create Production', 'Update Production']);
  expect(stage.live).toMatchObject([{ id, settings }]);
  expect(Object.keys(stage.lastBody('update')).every((field) => Object.hasOwn(settings, field))).toBe(true);
  expect(stage.takeRequests()).toEqual([SEARCH, `POST update/am/awsassetdataconnector/${id}`, `GET get/am/awsassetdataconnector/${id}`]);
});

describe('tags', () => {
  const tags = () => [...stage.live[0]!.settings.defaultTags ?? []].sort();
  const searches = () => stage.service.requests().filter(({ path }) => path === '/qps/rest/2.0/search/am/tag').map(({ body }) => body);

  test('by name are looked for, and sent by the ID that the service has', async () => {
    const cloud = stage.service.console.createTag('Cloud & <é>');
    stage.service.console.createTag('Other');
    expect(await change({ tags: ['Cloud & <é>', 7] })).toBe('UPDATE_COMPLETE');
    expect(tags()).toEqual([7, cloud].sort());
    expect(searches()).toEqual([{ ServiceRequest: { filters: { Criteria: [{ field: 'name', operator: 'EQUALS', value: 'Cloud & <é>' }] } } }]);
    stage.service.clearRequests();
    expect(await change({ tags: ['Cloud & <é>', 7], name: 'New' })).toBe('UPDATE_COMPLETE');
    expect(Object.keys(stage.lastBody('update'))).toEqual(['name']);
    // Named before and now, and looked up once.
    expect(searches()).toHaveLength(1);
  });

  test('of a name that the service does not have fail the deployment, and nothing is changed', async () => {
    expect(await change({ tags: ['Nowhere'] })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.failure).toContain("the service has no tag named 'Nowhere' that this user can see. Make it at the Qualys console, or correct the name");
    expect(tags()).toEqual([]);
  });

  test('that are gone at the service can go from the code too', async () => {
    stage.service.console.createTag('Cloud');
    await change({ tags: ['Cloud'] });
    stage.service.console.renameTag('Cloud', 'Clouds');
    expect(await change({ tags: [7] })).toBe('UPDATE_COMPLETE');
    expect(tags()).toContain(7);
  });

  test('of a name that two tags have are not guessed', async () => {
    const ids = [stage.service.console.createTag('Twice'), stage.service.console.createTag('Twice')];
    expect(await change({ tags: ['Twice'] })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.failure).toContain(`the service has 2 tags named 'Twice' (IDs ${ids.join(', ')}): use AssetTag.id() with the one that is meant`);
  });

  test('that people have added stay, and those of the code go with it', async () => {
    await change({ tags: [7, 8] });
    stage.service.console.editConnector(id, { defaultTags: [7, 8, 99] });
    await change({ tags: [8, 9] });
    expect(tags()).toEqual([8, 9, 99]);
    await change({ tags: [] });
    expect(tags()).toEqual([99]);
    await change({ tags: [7] });
    await change();
    expect(tags()).toEqual([99]);
  });

  test('of a deployment that is rolled back are put back', async () => {
    await change({ tags: [7] });
    stage.world.refusal = () => ({ message: 'API error in all regions' });
    expect(await change({ tags: [8], verify: 'fail' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(tags()).toEqual([7]);
  });
});

test.each<[string, ConnectorApp]>([
  ['remediation', { remediation: true }], ['the perimeter scan', { perimeterScan: true }],
])('%s, once it is not asked for any more, stays as it is: a person may have set it', async (_, changes) => {
  await change(changes);
  stage.takeRequests();
  await change();
  expect(stage.takeRequests()).toEqual([SEARCH]);
});

test('no modules, which only an earlier version asked for', async () => {
  expect(await stage.deploy(START, { raw: { Production: { Modules: [] } } })).toBe('UPDATE_COMPLETE');
  expect(stage.live).toMatchObject([{ id, settings: { connectorAppInfos: [] } }]);
});

test('enabling again', async () => {
  await change({ enabled: false });
  await change();
  expect(stage.live).toMatchObject([{ state: 'PENDING', settings: { disabled: false } }]);
});

test.each<[string, object]>([
  ['the order of lists', { Activation: ['PC', 'VM'], Regions: ['us-east-1', 'eu-west-1'], Modules: ['CI', 'AI'] }],
  ['what concerns the handler alone', { AdoptExisting: 'true', Verification: 'FAIL' }],
  ['activation, which is not asked for any more', { Activation: undefined }],
  ['a property that this version does not know', { Later: 'x' }],
])('%s: one read, no run', async (_, Production) => {
  expect(await stage.deploy(START, { raw: { Production } })).toBe('UPDATE_COMPLETE');
  expect(stage.attributes).toEqual({
    ConnectorId: String(id), QualysAwsAccountId: '805950163170', State: 'PENDING', Verification: 'NOT RUN: nothing was changed',
  });
  expect(stage.takeRequests()).toEqual([SEARCH]);
});

test('what a person has changed is set back, what the library does not own is left (fault 45)', async () => {
  stage.service.console.editConnector(id, { name: 'Edited', runFrequency: 60, isRemediationEnabled: true, connectorAppInfos: [{ name: 'AI', identifier: `${ROLE}2` }] });
  await change({ adoptExisting: true });
  expect(stage.live[0]!.settings).toMatchObject({
    name: 'Production', runFrequency: 240, isRemediationEnabled: true, connectorAppInfos: [{ name: 'AI', identifier: ROLE }, { name: 'CI', identifier: ROLE }],
  });
});

test('another role replaces: the new connector is there before the old one goes (fault 2)', async () => {
  const other = ROLE.replace('001122334455', '000000000042');
  const counts = new Set<number>();
  stage.world.traffic.watch = () => counts.add(stage.live.length);
  expect(await change({ roleArn: other })).toBe('UPDATE_COMPLETE');
  expect(stage.sent.slice(1)).toEqual(['Update Production', 'Delete Production']);
  expect(stage.stack.resources.get('Production')!.physicalId).toContain('000000000042');
  expect(stage.live.map(({ settings }) => settings.arn)).toEqual([other]);
  expect([...counts].sort()).toEqual([1, 2]);
});

test('a connector that somebody removed is made again (fault 45)', async () => {
  stage.service.console.deleteConnector(id);
  expect(await change({ name: 'Again' })).toBe('UPDATE_COMPLETE');
  expect(stage.live).toMatchObject([{ settings: { name: 'Again' } }]);
  expect(await stage.delete()).toBe('DELETE_COMPLETE');
  expect(stage.live).toEqual([]);
});

test('one that is removed between the search and the update, too', async () => {
  const path = /update\/am/;
  const body = JSON.stringify({ ServiceResponse: { responseCode: 'OBJECT_NOT_FOUND' } });
  stage.service.faults.next({ match: { path } }, { kind: 'answer', status: 200, body });
  expect(await change({ name: 'Again' })).toBe('UPDATE_COMPLETE');
  stage.service.faults.next({ match: { path }, times: 3 }, { kind: 'answer', status: 200, body });
  await change({ name: 'Never' });
  expect(stage.failure).toContain('OBJECT_NOT_FOUND');
});

test.each<[string, RegExp, number, string]>([
  ['a failed update', /update\/am/, 400, 'HTTP 400'], ['an update whose read fails', /get\/am/, 403, 'HTTP 403'],
])('%s keeps the ID, and everything is as before', async (_, path, status, words) => {
  stage.service.faults.next({ match: { path } }, { kind: 'answer', status, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
  const [before, { physicalId }] = [stage.live, stage.stack.resources.get('Production')!];
  expect(await change({ name: 'Never', pollingMinutes: 60 })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stage.failure).toContain(`${words}, INVALID_REQUEST`);
  expect(stage.world.answers.puts.map(({ PhysicalResourceId }) => PhysicalResourceId)).toEqual(Array(3).fill(physicalId));
  expect(stage.live).toEqual(before);
});

test('the answer to an update that is lost is asked for again', async () => {
  stage.service.faults.next({ match: { path: /update\/am/ } }, { kind: 'lose-answer' });
  expect(await change({ name: 'New' })).toBe('UPDATE_COMPLETE');
  expect(stage.live).toMatchObject([{ settings: { name: 'New' } }]);
});

test('a second one that somebody made meanwhile stops a change, and not the way back', async () => {
  const twin = stage.service.console.createConnector({ ...BY_HAND, arn: ROLE, name: 'Twin' });
  const before = stage.live;
  expect(await change({ name: 'New' })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stage.failure).toContain(`has 2 connectors: connector 'Production' (ID ${id}), connector 'Twin' (ID ${twin}). Nothing was changed`);
  expect(stage.live).toEqual(before);
});

test('an older one that somebody has moved to the role stops a change, and not the way back: the note says which one is ours', async () => {
  const [moved, roleArn] = [stage.service.console.createConnector({ ...BY_HAND, arn: `${ROLE}2` }), `${ROLE}3`];
  expect(await change({ roleArn })).toBe('UPDATE_COMPLETE');
  stage.service.console.editConnector(moved, { arn: roleArn });
  expect(await change({ roleArn, name: 'New' })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stage.failure).toContain('has 2 connectors');
  expect(await stage.delete()).toBe('DELETE_COMPLETE');
  expect(stage.live).toMatchObject([{ id: moved }]);
});

test('one that has become a member of an organization connector is left alone, and the way back is free', async () => {
  stage.service.console.attachToOrganizationConnector(id);
  expect(await change({ name: 'New' })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stage.failure).toContain('is a member of an organization connector, which manages it');
  expect(stage.live[0]!.settings.name).toBe('Production');
});

test('a mark that a person has edited away is written again: the note says whose the connector is', async () => {
  stage.service.console.editConnector(id, { description: 'My words' });
  expect(await change({ description: undefined })).toBe('UPDATE_COMPLETE');
  expect(stage.live[0]!.settings.description).toMatch(/^My words \[cdk-qualys-connectors created /);
  expect(await stage.delete()).toBe('DELETE_COMPLETE');
  expect(stage.live).toEqual([]);
});

test.each(['create', 'update'] as const)('a limit is waited for in a %s, and too long a one is told', async (verb) => {
  if (verb === 'create') stage = new ConnectorStage({ beside: stage, stackName: 'Second' });
  const act = () => (verb === 'create' ? stage.deploy({ roleArn: `${ROLE}2` }) : change({ name: 'New' }));
  stage.service.faults.next({ match: { path: new RegExp(`/${verb}/`) }, times: 2 }, { kind: 'limit', toWaitSeconds: 7 });
  expect(await act()).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  const [first, second, third] = stage.world.traffic.calls.filter(({ step }) => step.includes(`/${verb}/`)).slice(-3).map(({ at }) => at);
  for (const waited of [second! - first!, third! - second!]) expect([waited >= 7_000, waited < 8_000]).toEqual([true, true]);

  stage.service.faults.next({ match: { path: /search/ } }, { kind: 'limit', toWaitSeconds: 3600 });
  await stage.deploy({ roleArn: verb === 'create' ? `${ROLE}2` : ROLE, name: 'Newer' });
  expect(stage.failure).toMatch(/LIMIT_EXCEEDED.*It can be asked again in 3\d\d\d seconds/);
});
