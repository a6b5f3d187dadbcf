import { BY_HAND, ConnectorsWorld } from './world';

let world: ConnectorsWorld;
beforeEach(async () => { world = await ConnectorsWorld.start(); });
afterEach(() => world.stop());

test('removes what it has made, with a search and a delete, also twice', async () => {
  const resource = world.resource();
  await resource.create(world.properties());
  const { id } = world.live[0]!;
  world.takeRequests();
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.live).toEqual([]);
  expect(world.takeRequests()).toEqual(['POST search/am/awsassetdataconnector', `POST delete/am/awsassetdataconnector/${id}`]);
  expect((await resource.delete()).Status).toBe('SUCCESS');
});

test('one that goes between the search and the delete is no fault', async () => {
  const resource = world.resource();
  await resource.create(world.properties());
  world.service.faults.next({ match: { path: /delete\/am/ } }, { kind: 'answer', status: 404, body: '{"ServiceResponse":{"responseCode":"OBJECT_NOT_FOUND"}}' });
  expect((await resource.delete()).Status).toBe('SUCCESS');
});

test('a service that is down keeps the connector', async () => {
  const resource = world.resource();
  await resource.create(world.properties());
  world.service.faults.next({ times: 20 }, { kind: 'drop' });
  expect(await resource.delete()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('no connection') });
  expect(world.live).toHaveLength(1);
});

test('an adopted one stays, after later updates as well', async () => {
  world.service.console.createConnector(BY_HAND);
  const resource = world.resource();
  await resource.create(world.properties({ AdoptExisting: 'true' }));
  await resource.update(world.properties({ Name: 'Renamed', AdoptExisting: 'false' }));
  world.takeRequests();
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.live).toMatchObject([{ settings: { name: 'Renamed' } }]);
  expect(world.takeRequests()).toEqual(['POST search/am/awsassetdataconnector']);
});

test('a member of an organization connector stays', async () => {
  const resource = world.resource();
  await resource.create(world.properties());
  world.service.console.attachToOrganizationConnector(world.live[0]!.id);
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.live).toHaveLength(1);
});

test('of two on one role only its own goes (fault 17)', async () => {
  const resource = world.resource();
  await resource.create(world.properties());
  world.service.console.createConnector(BY_HAND);
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.live).toMatchObject([{ settings: { name: 'By hand' } }]);
});

test('an ID that CloudFormation invented is recognized by the properties', async () => {
  const resource = world.resource();
  await resource.create(world.properties());
  const answer = await resource.send('Delete', world.properties(), { PhysicalResourceId: 'CentralSecurity-Production1A2B3C4D-1ABCDEFGHIJKL' });
  expect(answer.Status).toBe('SUCCESS');
  expect(world.live).toEqual([]);
});

describe('when the ownership moves', () => {
  test('a renamed construct is told who manages it, and the late delete of the failed one changes nothing', async () => {
    await world.resource().create(world.properties());
    const { answer, cleanUp } = await world.resource({ logicalId: 'Renamed5E6F' }).create(world.properties());
    expect(answer.Reason).toContain('is managed by the resource Production1A2B3C4D of the stack CentralSecurity (arn:aws:cloudformation:');
    expect(answer.Reason).toContain('set adoptExisting to take it over');
    expect(cleanUp!.Status).toBe('SUCCESS');
    expect(world.live).toHaveLength(1);
  });

  test('with adoptExisting it is taken over; the late Delete changes nothing, the new owner still removes what was made', async () => {
    const first = world.resource();
    await first.create(world.properties());
    const second = world.resource({ logicalId: 'Renamed5E6F', stackName: 'Second' });
    expect((await second.create(world.properties({ AdoptExisting: 'true' }))).answer.Status).toBe('SUCCESS');
    expect(world.live[0]!.settings.description).toMatch(/\[cdk-qualys-connectors created arn:\S+:stack\/Second\/\S+ Renamed5E6F\]$/);

    expect((await first.delete()).Status).toBe('SUCCESS');
    expect(world.live).toHaveLength(1);
    const { answer } = await first.update(world.properties({ Name: 'Mine' }));
    expect(answer.Reason).toContain('is managed by the resource Renamed5E6F of the stack Second');

    expect((await second.delete()).Status).toBe('SUCCESS');
    expect(world.live).toEqual([]);
  });

  test('what was adopted stays adopted', async () => {
    world.service.console.createConnector(BY_HAND);
    await world.resource().create(world.properties({ AdoptExisting: 'true' }));
    const second = world.resource({ stackName: 'Second' });
    await second.create(world.properties({ AdoptExisting: 'true' }));
    expect(world.live[0]!.settings.description).toContain('[cdk-qualys-connectors adopted arn:aws:cloudformation:us-east-1:111111111111:stack/Second/');
    expect((await second.delete()).Status).toBe('SUCCESS');
    expect(world.live).toHaveLength(1);
  });
});
