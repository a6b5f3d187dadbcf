import { failsAfter } from '../../support/cloudformation/template';
import { ROLE } from '../../support/stage/apps/connector';
import { BY_HAND, ConnectorStage } from '../../support/stage/connector-stage';

let stage: ConnectorStage;
const byHand = () => stage.service.console.createConnector({ ...BY_HAND, arn: ROLE });

describe('one that the stack has made', () => {
  beforeEach(async () => {
    stage = new ConnectorStage();
    await stage.deploy();
    stage.takeRequests();
  });

  test('goes with a search and a delete, also twice', async () => {
    const { id } = stage.live[0]!;
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live).toEqual([]);
    expect(stage.takeRequests()).toEqual(['POST search/am/awsassetdataconnector', `POST delete/am/awsassetdataconnector/${id}`]);
    expect(await stage.ask('Delete', 'Production')).toMatchObject({ Status: 'SUCCESS' });
  });

  test('is no fault where it goes between the search and the delete', async () => {
    stage.service.faults.next({ match: { path: /delete\/am/ } }, { kind: 'answer', status: 404, body: '{"ServiceResponse":{"responseCode":"OBJECT_NOT_FOUND"}}' });
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
  });

  test('stays while the service is down', async () => {
    stage.service.faults.next({ times: 20 }, { kind: 'drop' });
    expect(await stage.delete()).toBe('DELETE_FAILED');
    expect(stage.failure).toContain('no connection');
    expect(stage.live).toHaveLength(1);
  });

  test('stays as a member of an organization connector', async () => {
    stage.service.console.attachToOrganizationConnector(stage.live[0]!.id);
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live).toHaveLength(1);
  });

  test('goes alone of two on one role (fault 17)', async () => {
    byHand();
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live).toMatchObject([{ settings: { name: 'By hand' } }]);
  });

  test('is recognized by the properties under an ID that CloudFormation invented', async () => {
    expect(await stage.ask('Delete', 'Production', { physicalId: 'CentralSecurity-Production1A2B3C4D-1ABCDEFGHIJKL' })).toMatchObject({ Status: 'SUCCESS' });
    expect(stage.live).toEqual([]);
  });

  test('is not taken by a renamed construct, which is told who manages it; its clean-up changes nothing', async () => {
    expect(await stage.deploy({ id: 'Renamed' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('is managed by the resource Production of the stack CentralSecurity (arn:aws:cloudformation:');
    expect(stage.failure).toContain('set adoptExisting to take it over');
    expect(stage.live).toHaveLength(1);
  });

  test('is taken over by another stack with adoptExisting: the late Delete changes nothing, and for the new owner it was there before', async () => {
    const second = new ConnectorStage({ beside: stage, stackName: 'Second' });
    expect(await second.deploy({ id: 'Renamed', adoptExisting: true })).toBe('CREATE_COMPLETE');
    expect(stage.live[0]!.settings.description).toMatch(/\[cdk-qualys-connectors adopted arn:\S+:stack\/Second\/\S+ Renamed [0-9a-f-]{36}\]$/);

    expect(await stage.deploy({ name: 'Mine' })).not.toBe('UPDATE_COMPLETE');
    expect(stage.failure).toContain('is managed by the resource Renamed of the stack Second');
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live).toHaveLength(1);

    expect(await second.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live).toHaveLength(1);
  });

  test('goes with a construct that was renamed with adoptExisting; the rollback of the renaming leaves it to the old one', async () => {
    const renamed = { id: 'Renamed', adoptExisting: true };
    expect(await stage.deploy(renamed, { more: { Fails: failsAfter(stage.world.time, 0, ['Renamed']) } })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.live).toHaveLength(1);
    expect(await stage.deploy(renamed)).toBe('UPDATE_COMPLETE');
    expect(stage.live).toHaveLength(1);
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live).toEqual([]);
  });
});

describe('one that the stack has adopted', () => {
  beforeEach(async () => {
    stage = new ConnectorStage();
    byHand();
    await stage.deploy({ adoptExisting: true });
  });

  test('stays, after later updates as well', async () => {
    await stage.deploy({ name: 'Renamed' });
    stage.takeRequests();
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live).toMatchObject([{ settings: { name: 'Renamed' } }]);
    expect(stage.takeRequests()).toEqual(['POST search/am/awsassetdataconnector']);
  });

  test('stays adopted for the next owner', async () => {
    const second = new ConnectorStage({ beside: stage, stackName: 'Second' });
    await second.deploy({ adoptExisting: true });
    expect(stage.live[0]!.settings.description).toContain('[cdk-qualys-connectors adopted arn:aws:cloudformation:us-east-1:111111111111:stack/Second/');
    expect(await second.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live).toHaveLength(1);
  });
});
