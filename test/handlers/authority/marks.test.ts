import { failsAfter } from '../../support/cloudformation/template';
import { ROLE } from '../../support/stage/apps/connector';
import { BY_HAND, ConnectorStage } from '../../support/stage/connector-stage';

let stage: ConnectorStage;
beforeEach(() => { stage = new ConnectorStage(); });

const notes = () => [...stage.world.aws.parameters].map(([name, value]) => [name, JSON.parse(value)] as const);
const description = () => stage.live[0]!.settings.description!;

describe('what a user of the subscription writes into a description makes no connector this stack\'s', () => {
  test('a connector that a person has cloned, mark and all, stays when the stack goes (fault 100)', async () => {
    await stage.deploy();
    const clone = stage.service.console.createConnector({ ...BY_HAND, arn: ROLE, description: description() });
    expect(await stage.deploy({ name: 'New' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('has 2 connectors');
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live.map(({ id }) => id)).toEqual([clone]);
  });

  test('an older one with a forged mark does not make the stack delete its own (fault 101)', async () => {
    const forged = stage.service.console.createConnector({ ...BY_HAND, arn: 'arn:aws:iam::001122334455:role/Other' });
    await stage.deploy();
    const own = stage.live.find(({ id }) => id !== forged)!;
    stage.service.console.editConnector(forged, { arn: ROLE, description: own.settings.description });
    await stage.ask('Update', 'Production');
    await stage.ask('Create', 'Production');
    expect(stage.live.map(({ id }) => id)).toEqual([forged, own.id]);
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live.map(({ id }) => id)).toEqual([forged]);
  });

  test.each([['adopted', 'created'], ['created', 'adopted']])('%s edited to %s changes nothing about who deletes it (fault 102)', async (is, forged) => {
    const adopts = is === 'adopted';
    if (adopts) stage.service.console.createConnector({ ...BY_HAND, arn: ROLE });
    await stage.deploy({ adoptExisting: adopts });
    stage.service.console.editConnector(stage.live[0]!.id, { description: description().replace(is, forged) });
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live).toHaveLength(adopts ? 1 : 0);
  });

  test('a mark with the token of another request is not that of a Create that was broken off: its clean-up leaves the connector (fault 101)', async () => {
    stage.world.traffic.fault = ({ step }) => (step.includes('/create/') ? 'refuse' : undefined);
    expect(await stage.ask('Create', 'Production')).toMatchObject({ Status: 'FAILED' });
    stage.world.traffic.fault = undefined;
    expect(notes()).toMatchObject([[expect.any(String), expect.not.objectContaining({ connectorId: expect.anything() })]]);
    const mark = `[cdk-qualys-connectors created ${stage.stack.stackId} Production 0b0c7b8e-3a0f-4c9e-9d61-2f6a1b3c4d5e]`;
    const clone = stage.service.console.createConnector({ ...BY_HAND, arn: ROLE, description: mark });
    expect(await stage.ask('Delete', 'Production')).toMatchObject({ Status: 'SUCCESS' });
    expect(stage.live.map(({ id }) => id)).toEqual([clone]);
  });

  test('a mark without a note is no ownership: it is told, and neither changed nor deleted (fault 103)', async () => {
    await stage.deploy();
    stage.world.aws.parameters.clear();
    expect(await stage.ask('Create', 'Production')).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('no note in Parameter Store says that this resource made it: it may be a copy') });
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live).toHaveLength(1);
    expect(stage.world.log.some((line) => line.includes('no note in Parameter Store says that this resource has made a connector'))).toBe(true);
  });

  test('an update without its note goes on managing it, and never deletes it (fault 103)', async () => {
    await stage.deploy();
    stage.world.aws.parameters.clear();
    expect(await stage.deploy({ name: 'New' })).toBe('UPDATE_COMPLETE');
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live).toMatchObject([{ settings: { name: 'New' } }]);
  });

  test('a note that this library did not write stops everything (fault 103)', async () => {
    await stage.deploy();
    const [[name]] = notes() as [ReturnType<typeof notes>[number]];
    for (const value of ['{', '{"owner":{}}', 'null']) {
      stage.world.aws.parameters.set(name, value);
      expect(await stage.ask('Delete', 'Production')).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('is not a note that this library wrote') });
    }
    expect(stage.live).toHaveLength(1);
  });
});

describe('the note', () => {
  test('says what is made before it is made, and its ID once the service shows it', async () => {
    const seen: string[] = [];
    stage.world.traffic.watch = ({ step }) => {
      const [note] = notes();
      if (step.startsWith('POST') || step === 'ssm:PutParameter') seen.push(`${step.replace(/^POST .*3.0\//, '')} ${note === undefined ? 'none' : note[1].connectorId === undefined ? 'without ID' : 'with ID'}`);
    };
    await stage.deploy();
    expect(seen).toEqual([
      'search/am/awsassetdataconnector none', 'ssm:PutParameter without ID', 'create/am/awsassetdataconnector without ID', 'search/am/awsassetdataconnector without ID', 'ssm:PutParameter with ID',
    ]);
    expect(notes()).toEqual([[
      expect.stringMatching(/^\/cdk-qualys-connectors\/connector\/CentralSecurity\/qualysapi\.connectors\.example\/Production-[0-9a-f]{16}$/),
      {
        owner: { stackId: stage.stack.stackId, logicalId: 'Production' },
        origin: 'created',
        token: stage.requests.sent[0]!.requestId,
        connectorId: String(stage.live[0]!.id),
        accountType: 'GLOBAL',
        roleArn: ROLE,
      },
    ]]);
  });

  test('costs no call of the service more than before', async () => {
    await stage.deploy();
    expect(stage.takeRequests()).toHaveLength(3);
    await stage.deploy({ name: 'New' });
    expect(stage.takeRequests()).toHaveLength(3);
    await stage.delete();
    expect(stage.takeRequests()).toHaveLength(2);
    expect(notes()).toEqual([]);
  });

  test('goes with a Create that fails, and with its clean-up', async () => {
    stage.service.faults.next({ match: { path: /create\/am/ } }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect([notes(), stage.live]).toEqual([[], []]);
  });
});

describe('a connector of an earlier version, which kept no notes', () => {
  /** As it stands after a deployment of then: a mark without a token, and no note. */
  async function earlier(origin = 'created'): Promise<void> {
    await stage.deploy();
    stage.world.aws.parameters.clear();
    stage.service.console.editConnector(stage.live[0]!.id, { description: `Mine [cdk-qualys-connectors ${origin} ${stage.stack.stackId} Production]` });
  }

  test.each([['created', 0], ['adopted', 1]])('gets one at the next update, with the history that its mark tells: %s', async (origin, left) => {
    await earlier(origin);
    const before = description();
    stage.takeRequests();
    expect(await stage.ask('Update', 'Production')).toMatchObject({ Status: 'SUCCESS' });
    expect(stage.takeRequests()).toHaveLength(1);
    expect([notes()[0]![1].origin, description()]).toEqual([origin, before]);
    // For a token alone nothing is sent.
    expect(await stage.ask('Update', 'Production')).toMatchObject({ Status: 'SUCCESS' });
    expect([stage.takeRequests().length, description()]).toEqual([1, before]);
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live).toHaveLength(left);
  });

  test('goes where the role changes in that update', async () => {
    await earlier();
    const roleArn = 'arn:aws:iam::001122334455:role/Other';
    expect(await stage.deploy({ roleArn })).toBe('UPDATE_COMPLETE');
    expect(stage.live).toMatchObject([{ settings: { arn: roleArn } }]);
  });

  test('goes where the role changes in that update, and comes back where that is rolled back', async () => {
    await earlier();
    const other = { roleArn: 'arn:aws:iam::001122334455:role/Other' };
    expect(await stage.deploy(other, { more: { Fails: failsAfter(stage.world.time, 0, ['Production']) } })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.live).toMatchObject([{ settings: { arn: ROLE } }]);
    expect(await stage.deploy(other)).toBe('UPDATE_COMPLETE');
    expect(stage.live).toMatchObject([{ settings: { arn: other.roleArn } }]);
  });

  test('stays where the stack goes without an update in between, and the log says so', async () => {
    await earlier();
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.live).toHaveLength(1);
  });
});
