import { BY_HAND, ConnectorsWorld, ROLE } from './world';
import type { ConnectorProperties } from '../../../src/wire/connector';
import type { StackResource } from '../../support/cloudformation/stack-resource';

let world: ConnectorsWorld;
let resource: StackResource;
let id: number;
const START: Partial<ConnectorProperties> = { Description: 'The shop', Activation: ['VM', 'PC'], Regions: ['eu-west-1', 'us-east-1'] };
const start = (changes: Partial<ConnectorProperties> = {}) => world.properties({ ...START, ...changes });
const SEARCH = 'POST search/am/awsassetdataconnector';

beforeEach(async () => {
  world = await ConnectorsWorld.start();
  resource = world.resource();
  await resource.create(start());
  id = world.live[0]!.id;
  world.takeRequests();
});
afterEach(() => world.stop());

test.each<[string, Partial<ConnectorProperties>, object]>([
  ['a name', { Name: 'Shop & <"é">' }, { name: 'Shop & <"é">' }],
  ['an external ID', { ExternalId: 'external-0987654321' }, { externalId: 'external-0987654321' }],
  ['the polling', { PollingMinutes: '1440' }, { runFrequency: 1440 }],
  ['modules', { Modules: ['AI', 'CSA'] }, { connectorAppInfos: [{ name: 'AI', identifier: ROLE }, { name: 'CSA', identifier: ROLE }] }],
  ['no modules', { Modules: [] }, { connectorAppInfos: [] }],
  ['activation', { Activation: ['SCA'] }, { activation: ['SCA'] }],
  ['other regions', { Regions: ['eu-west-1'] }, { allRegions: false, endpoints: ['eu-west-1'] }],
  ['all regions', { Regions: undefined }, { allRegions: true }],
  ['disabling', { Enabled: 'false' }, { disabled: true }],
  ['a description', { Description: 'New' }, { description: expect.stringMatching(/^New \[cdk-qualys-connectors created arn:\S+ Production1A2B3C4D\]$/) }],
  ['no description', { Description: undefined }, { description: expect.stringMatching(/^\[cdk-qualys-connectors created/) }],
])('changes %s in place: a search, an update with nothing else, a read', async (_, changes, settings) => {
  const { answer, cleanUp } = await resource.update(start(changes));
  expect([answer.Status, cleanUp]).toEqual(['SUCCESS', undefined]);
  expect(world.live).toMatchObject([{ id, settings }]);
  const sent = world.lastBody('update');
  expect(Object.keys(sent).every((field) => Object.hasOwn(settings, field))).toBe(true);
  expect(world.takeRequests()).toEqual([SEARCH, `POST update/am/awsassetdataconnector/${id}`, `GET get/am/awsassetdataconnector/${id}`]);
});

test('enabling again', async () => {
  await resource.update(start({ Enabled: 'false' }));
  await resource.update(start());
  expect(world.live).toMatchObject([{ state: 'PENDING', settings: { disabled: false } }]);
});

test.each<[string, Partial<ConnectorProperties>]>([
  ['nothing', {}],
  ['the order of lists', { Activation: ['PC', 'VM'], Regions: ['us-east-1', 'eu-west-1'], Modules: ['CI', 'AI'] }],
  ['what concerns the handler alone', { AdoptExisting: 'true', Verification: 'FAIL' }],
  ['activation, which is not asked for any more', { Activation: undefined }],
])('%s: one read, no run', async (_, changes) => {
  const { answer } = await resource.update(start(changes));
  expect(answer).toMatchObject({
    Status: 'SUCCESS', Data: { ConnectorId: String(id), QualysAwsAccountId: '805950163170', State: 'PENDING', Verification: 'NOT RUN: nothing was changed' },
  });
  expect(world.takeRequests()).toEqual([SEARCH]);
});

test('what a person has changed is set back, what the library does not own is left (fault 45)', async () => {
  world.service.console.editConnector(id, { name: 'Edited', runFrequency: 60, isRemediationEnabled: true, connectorAppInfos: [{ name: 'AI', identifier: `${ROLE}2` }] });
  await resource.update(start({ AdoptExisting: 'true' }));
  expect(world.live[0]!.settings).toMatchObject({
    name: 'Production', runFrequency: 240, isRemediationEnabled: true, connectorAppInfos: [{ name: 'AI', identifier: ROLE }, { name: 'CI', identifier: ROLE }],
  });
});

test('another role replaces: the new connector is there before the old one goes (fault 2)', async () => {
  const other = ROLE.replace('001122334455', '000000000042');
  const { answer, cleanUp } = await resource.update(start({ RoleArn: other }));
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: expect.stringContaining('000000000042') });
  expect(cleanUp!.Status).toBe('SUCCESS');
  expect(world.live.map(({ settings }) => settings.arn)).toEqual([other]);
});

test('a connector that somebody removed is made again (fault 45)', async () => {
  world.service.console.deleteConnector(id);
  const { answer } = await resource.update(start({ Name: 'Again' }));
  expect(answer.Status).toBe('SUCCESS');
  expect(world.live).toMatchObject([{ settings: { name: 'Again' } }]);
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.live).toEqual([]);
});

test('one that is removed between the search and the update, too', async () => {
  const path = /update\/am/;
  const body = JSON.stringify({ ServiceResponse: { responseCode: 'OBJECT_NOT_FOUND' } });
  world.service.faults.next({ match: { path } }, { kind: 'answer', status: 200, body });
  const { answer } = await resource.update(start({ Name: 'Again' }));
  expect(answer.Status).toBe('SUCCESS');
  world.service.faults.next({ match: { path }, times: 3 }, { kind: 'answer', status: 200, body });
  const stubborn = await resource.update(start({ Name: 'Never' }));
  expect(stubborn.answer.Reason).toContain('OBJECT_NOT_FOUND');
});

test('a failed update keeps the ID, and the rollback sets everything back', async () => {
  world.service.faults.next({ match: { path: /update\/am/ } }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
  const physicalId = resource.physicalId;
  const before = world.live;
  const { answer, rollback } = await resource.update(start({ Name: 'Never' }));
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: physicalId, Reason: expect.stringContaining('HTTP 400, INVALID_REQUEST') });
  expect(rollback).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
  expect(world.live).toEqual(before);
});

test('an update whose read fails is undone, and rolled back', async () => {
  const before = world.live;
  world.service.faults.next({ match: { path: /get\/am/ } }, { kind: 'answer', status: 403 });
  const { answer, rollback } = await resource.update(start({ Name: 'Never', PollingMinutes: '60' }));
  expect([answer.Status, rollback!.Status]).toEqual(['FAILED', 'SUCCESS']);
  expect(world.live).toEqual(before);
});

test('the answer to an update that is lost is asked for again', async () => {
  world.service.faults.next({ match: { path: /update\/am/ } }, { kind: 'lose-answer' });
  expect((await resource.update(start({ Name: 'New' }))).answer.Status).toBe('SUCCESS');
  expect(world.live).toMatchObject([{ settings: { name: 'New' } }]);
});

test('a second one that somebody made meanwhile stops a change, and not the way back', async () => {
  const twin = world.service.console.createConnector({ ...BY_HAND, name: 'Twin' });
  const before = world.live;
  const { answer, rollback } = await resource.update(start({ Name: 'New' }));
  expect(answer.Reason).toContain(`has 2 connectors: connector 'Production' (ID ${id}), connector 'Twin' (ID ${twin}). Nothing was changed`);
  expect(rollback!.Status).toBe('SUCCESS');
  expect(world.live).toEqual(before);
});

test('one that has become a member of an organization connector is left alone, and the way back is free', async () => {
  world.service.console.attachToOrganizationConnector(id);
  const { answer, rollback } = await resource.update(start({ Name: 'New' }));
  expect(answer.Reason).toContain('is a member of an organization connector, which manages it');
  expect(rollback!.Status).toBe('SUCCESS');
  expect(world.live[0]!.settings.name).toBe('Production');
});

test('a marker that a person has edited away is written again, as one that is not ours to delete', async () => {
  world.service.console.editConnector(id, { description: 'My words' });
  const { answer } = await resource.update(start({ Description: undefined, AdoptExisting: 'false' }));
  expect(answer.Status).toBe('SUCCESS');
  expect(world.live[0]!.settings.description).toMatch(/^My words \[cdk-qualys-connectors adopted /);
});

test.each(['create', 'update'] as const)('a limit is waited for in a %s, and too long a one is told', async (verb) => {
  const act = () => (verb === 'create' ? world.resource({ logicalId: 'Other' }).create(start({ RoleArn: `${ROLE}2` })) : resource.update(start({ Name: 'New' })));
  world.service.faults.next({ match: { path: new RegExp(`/${verb}/`) }, times: 2 }, { kind: 'limit', toWaitSeconds: 7 });
  expect((await act()).answer.Status).toBe('SUCCESS');
  expect(world.clock.sleeps.filter((wait) => wait === 7_350)).toHaveLength(2);

  await resource.update(start());
  world.service.faults.next({ match: { path: /search/ } }, { kind: 'limit', toWaitSeconds: 3600 });
  const { answer } = await resource.update(start({ Name: 'Newer' }));
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('It can be asked again in 3780 seconds') });
  expect(answer.Reason).toContain('LIMIT_EXCEEDED');
});
