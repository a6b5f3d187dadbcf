import { BaseAccountApp, USER } from '../../support/stage/apps/base-account';
import { ConnectorApp, ROLE } from '../../support/stage/apps/connector';
import { BY_HAND, DENIED } from '../../support/stage/connector-stage';
import { MonitoringStage } from '../../support/stage/monitoring-stage';

const roleIn = (account: number, partition = 'aws') => `arn:${partition}:iam::${String(account).padStart(12, '0')}:role/QualysConnector`;
const connectorIn = (account: number): ConnectorApp => ({ id: `C${account}`, name: `C${account}`, roleArn: roleIn(account) });
const DONE = { outcome: 'returned' };
const FINE = { FailingConnectors: 0, MissingConnectors: 0, MonitoringHeartbeat: 1 };

let stage: MonitoringStage;
beforeEach(() => { stage = new MonitoringStage(); });

const poll = () => stage.world.service.console.poll();

describe('a check', () => {
  test('finds all as it should be: one line, the heartbeat last, with platform, account type and stack', async () => {
    await stage.deploy();
    await poll();
    expect(await stage.check()).toEqual(DONE);
    expect(stage.metrics).toEqual({ Connectors: 1, ...FINE });
    expect(Object.keys(stage.metrics).at(-1)).toBe('MonitoringHeartbeat');
    expect(stage.lines).toEqual([expect.objectContaining({
      Platform: 'qualysapi.connectors.example',
      AccountType: 'GLOBAL',
      Stack: 'CentralSecurity',
      _aws: { Timestamp: expect.any(Number), CloudWatchMetrics: [expect.objectContaining({ Namespace: 'CdkQualysConnectors', Dimensions: [['Platform', 'AccountType', 'Stack']] })] },
    })]);
    expect(stage.words).toEqual([]);
  });

  test('finds what fails, in code or not, and says why in the service\'s words', async () => {
    await stage.deploy();
    stage.world.service.console.createConnector({ ...BY_HAND, arn: roleIn(7) });
    stage.world.refusal = () => DENIED;
    await poll();
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 2, ...FINE, FailingConnectors: 2 });
    expect(stage.words).toEqual([ROLE, roleIn(7)].map((roleArn) => ({
      outcome: 'failing', roleArn, state: 'FINISHED_ERRORS', reason: expect.stringMatching(/^the last run of connector '.*' \(ID \d+\) failed: AccessDenied: User is not authorized/),
    })));
  });

  test('counts a member of an organization connector that fails: the base account serves it, too', async () => {
    await stage.deploy({ connectors: [] });
    const id = stage.world.service.console.createConnector({ ...BY_HAND, arn: ROLE });
    stage.world.service.console.attachToOrganizationConnector(id);
    stage.world.refusal = () => DENIED;
    await poll();
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 1, ...FINE, FailingConnectors: 1 });
  });

  test('finds one that was deleted and one that was disabled by hand (fault 135)', async () => {
    await stage.deploy({ connectors: [1, 2, 3].map(connectorIn) });
    stage.byHand(roleIn(1)).delete();
    stage.byHand(roleIn(2)).disable();
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 2, ...FINE, MissingConnectors: 2 });
    expect(stage.words).toEqual([
      { outcome: 'missing', roleArn: roleIn(1), reason: 'the stack has the resource C1, but the service has no connector of its role: somebody has deleted it' },
      { outcome: 'missing', roleArn: roleIn(2), reason: expect.stringMatching(/^the stack has the resource C2, but connector 'C2' \(ID \d+\) is disabled at the service$/) },
    ]);
  });

  test('leaves alone what the code has disabled; that one is missing once it is deleted', async () => {
    await stage.deploy({ connectors: [{ ...connectorIn(1), enabled: false }, connectorIn(2)] });
    expect(stage.event.DisabledInCode).toEqual(['C1']);
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 2, ...FINE });
    stage.byHand(roleIn(1)).delete();
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 1, ...FINE, MissingConnectors: 1 });
  });

  test('one of two connectors on a role is enough', async () => {
    await stage.deploy();
    stage.world.service.console.createConnector({ ...BY_HAND, arn: ROLE, disabled: true });
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 2, ...FINE });
    stage.byHand(ROLE).disable();
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 2, ...FINE, MissingConnectors: 1 });
  });

  test('a connector without a role counts, and is no connector of the stack', async () => {
    await stage.deploy();
    stage.world.service.console.createConnector({ name: 'No role' });
    await poll();
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 2, ...FINE, FailingConnectors: 1 });
    expect(stage.words).toEqual([expect.not.objectContaining({ roleArn: expect.anything() })]);
  });

  test('a stack without connectors asks for no notes, which it may not read', async () => {
    await stage.deploy({ connectors: [] });
    expect(await stage.check()).toEqual(DONE);
    expect(stage.metrics).toEqual({ Connectors: 0, ...FINE });
  });

  test('of one account type says nothing of another', async () => {
    await stage.deploy({ connectors: [{ roleArn: roleIn(1, 'aws-us-gov') }] });
    stage.byHand(roleIn(1, 'aws-us-gov')).delete();
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 0, ...FINE });
    expect(await stage.deploy({ connectors: [{ roleArn: roleIn(1, 'aws-us-gov') }], accountType: 'US_GOVCLOUD' })).toBe('UPDATE_COMPLETE');
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 0, ...FINE, MissingConnectors: 1 });
    expect(stage.lines.at(-1)).toMatchObject({ AccountType: 'US_GOVCLOUD' });
  });

  test('of China reads CloudView, whose order moves', async () => {
    const connectors = [1, 2].map((account) => ({ ...connectorIn(account), roleArn: roleIn(account, 'aws-cn') }));
    await stage.deploy({ connectors, accountType: 'CHINA' });
    stage.byHand(roleIn(1, 'aws-cn')).delete();
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 1, ...FINE, MissingConnectors: 1 });
    expect(stage.takeRequests().at(-1)).toMatch(/^GET connectors/);
  });

  test('that the schedule asks for twice says the same twice', async () => {
    await stage.deploy();
    expect(await Promise.all([stage.check(), stage.check()])).toEqual([DONE, DONE]);
    expect(stage.lines).toHaveLength(2);
  });
});

describe('each state at the service', () => {
  const answer = (fields: object) => ({ kind: 'answer' as const, status: 200, body: JSON.stringify({ ServiceResponse: { responseCode: 'SUCCESS', data: [{ AwsAssetDataConnector: { id: 73001, arn: ROLE, name: 'Production', ...fields } }] } }) });
  const search = { match: { path: /search\/am\/awsassetdataconnector/ }, times: 1 };

  test.each<[state: string, failing: number, missing: number]>([
    ['FINISHED_ERRORS', 1, 0], ['ERROR', 1, 0], ['INCOMPLETE', 1, 0],
    ['FINISHED_SUCCESS', 0, 0], ['SUCCESS', 0, 0],
    ['PENDING', 0, 0], ['QUEUED', 0, 0], ['RUNNING', 0, 0], ['PROCESSING', 0, 0],
    ['DISABLED', 0, 1],
    ['NEVER_SEEN', 0, 0], ['', 0, 0],
    ['Completed with errors', 1, 0], ['Completed successfully', 0, 0],
  ])('%j: failing %d, missing %d', async (connectorState, FailingConnectors, MissingConnectors) => {
    await stage.deploy();
    stage.world.service.faults.next(search, answer({ connectorState }));
    expect(await stage.check()).toEqual(DONE);
    expect(stage.metrics).toEqual({ Connectors: 1, FailingConnectors, MissingConnectors, MonitoringHeartbeat: 1 });
  });

  test('disabled is missing, whatever its last run came to', async () => {
    await stage.deploy();
    stage.world.service.faults.next(search, answer({ connectorState: 'FINISHED_ERRORS', disabled: 'true' }));
    await stage.check();
    expect(stage.metrics).toMatchObject({ FailingConnectors: 0, MissingConnectors: 1 });
  });

  test('words of the service are one line, cut, and without a secret', async () => {
    await stage.deploy();
    const lastError = `line one\nline two ${'connector-api'} ${'canary-of-the-api-password/+'} ${'x'.repeat(10_000)}`;
    stage.world.service.faults.next(search, answer({ connectorState: 'ERROR', lastError, name: `na\nme ${'canary-of-the-api-password/+'} ${'y'.repeat(10_000)}` }));
    await stage.check();
    const { reason } = stage.words[0]!;
    expect(reason).toMatch(/^the last run of connector 'na me .*: line one line two/);
    expect([reason.length < 1000, reason.includes('\n')]).toEqual([true, false]);
    for (const secret of stage.world.secrets()) expect(stage.world.log.join('\n')).not.toContain(secret);
  });

  test('10,000 that fail are 20 lines and one more, and one line of metrics', async () => {
    await stage.deploy();
    stage.world.refusal = () => DENIED;
    for (let id = 0; id < 9_999; id++) stage.world.service.console.createConnector({ name: `C${id}`, arn: roleIn(id + 1) });
    await poll();
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 10_000, ...FINE, FailingConnectors: 10_000 });
    expect(stage.words).toHaveLength(21);
    expect(stage.words.at(-1)).toEqual({ outcome: 'failing', reason: '9980 more are not written one by one' });
  }, 60_000);
});

describe('what is in code', () => {
  test.each([
    ['CREATE_COMPLETE', 1], ['UPDATE_COMPLETE', 1], ['IMPORT_COMPLETE', 1], ['UPDATE_ROLLBACK_COMPLETE', 1],
    ['CREATE_IN_PROGRESS', 0], ['UPDATE_IN_PROGRESS', 0], ['DELETE_IN_PROGRESS', 0], ['DELETE_COMPLETE', 0], ['CREATE_FAILED', 0], ['DELETE_FAILED', 0],
  ])('a resource in %s: missing %d', async (ResourceStatus, MissingConnectors) => {
    await stage.deploy();
    stage.byHand(ROLE).delete();
    stage.stack.listedAs = (all) => all.map((one) => ({ ...one, ResourceStatus }));
    await stage.check();
    expect(stage.metrics).toMatchObject({ MissingConnectors, MonitoringHeartbeat: 1 });
  });

  test('the ID that CloudFormation invents for a failed create, another host and another type count for nothing', async () => {
    await stage.deploy();
    stage.byHand(ROLE).delete();
    const ids = ['CentralSecurity-Production-1ABC', `qualys-connector:qualysapi.other.example:${ROLE}`, 'qualys-connector:qualysapi.connectors.example:', undefined];
    stage.stack.listedAs = (all) => [
      ...ids.map((PhysicalResourceId) => ({ LogicalResourceId: 'Other', PhysicalResourceId, ResourceType: 'Custom::QualysConnector', ResourceStatus: 'CREATE_COMPLETE' })),
      ...all.filter(({ ResourceType }) => ResourceType !== 'Custom::QualysConnector'),
    ];
    await stage.check();
    expect(stage.metrics).toMatchObject({ MissingConnectors: 0 });
  });

  test('is read page after page', async () => {
    await stage.deploy({ connectors: Array.from({ length: 120 }, (_, index) => connectorIn(index + 1)) });
    stage.byHand(roleIn(120)).delete();
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 119, ...FINE, MissingConnectors: 1 });
  }, 60_000);
});

describe('the base account', () => {
  const whole = async (baseAccount: BaseAccountApp = {}) => {
    expect(await stage.deploy({ baseAccount, connectors: [{ verify: 'fail' }] })).toBe('CREATE_COMPLETE');
  };

  test('is there, then is deleted at the console, and another one comes (fault 136)', async () => {
    stage = new MonitoringStage({ writeApi: true });
    await whole();
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 1, ...FINE, BaseAccountMissing: 0 });
    stage.world.service.console.deleteBaseAccount('Global');
    await stage.check();
    expect(stage.metrics).toMatchObject({ BaseAccountMissing: 1, MonitoringHeartbeat: 1 });
    expect(stage.words).toEqual([{ outcome: 'base-account-missing', reason: 'the service calls from the Qualys account 805950163170, not from the base account 111111111111' }]);
    stage.world.service.console.createBaseAccount({ title: 'Theirs', awsAccountId: '999999999999', accountType: 'Global', accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 'x' });
    await stage.check();
    expect(stage.metrics).toMatchObject({ BaseAccountMissing: 1 });
    expect(stage.words.at(-1)).toEqual({ outcome: 'base-account-missing', reason: 'the service calls from the base account 999999999999, not from the base account 111111111111' });
  });

  test('is looked at without rotation as well (fault 136)', async () => {
    stage = new MonitoringStage({ writeApi: true });
    await whole({ rotation: 'disabled' });
    stage.world.service.console.deleteBaseAccount('Global');
    await stage.check();
    expect(stage.metrics).toMatchObject({ BaseAccountMissing: 1 });
  });

  test('that a person brings is missing until then; a connector that was never judged is run once, and told (fault 139)', async () => {
    await whole({ delivery: 'console' });
    await stage.check();
    expect([stage.metrics, stage.world.assumed.length]).toEqual([{ Connectors: 1, ...FINE, BaseAccountMissing: 1 }, 0]);
    stage.world.enterKey(stage.world.aws.account.keysOf(USER)[0]!);
    expect(await stage.check()).toEqual(DONE);
    expect([stage.metrics, stage.world.assumed.length]).toEqual([{ Connectors: 1, ...FINE, BaseAccountMissing: 0 }, 1]);
    expect(stage.words.at(-1)).toEqual({ outcome: 'judged', reason: expect.stringMatching(/^connector 'Production' \(ID \d+\) on .*: SUCCEEDED: the role was assumed from base account 111111111111/) });
    await stage.check();
    expect(stage.world.assumed).toHaveLength(1);
  });

  test('a connector that was never judged and fails then is told, and counts from the next check on', async () => {
    await whole({ delivery: 'console' });
    stage.world.enterKey(stage.world.aws.account.keysOf(USER)[0]!);
    stage.world.refusal = () => DENIED;
    expect(await stage.check()).toEqual(DONE);
    expect(stage.words.at(-1)).toMatchObject({ outcome: 'judged', reason: expect.stringContaining('FAILED: the run of connector') });
    await stage.check();
    expect(stage.metrics).toEqual({ Connectors: 1, ...FINE, FailingConnectors: 1, BaseAccountMissing: 0 });
  });
});

describe('calls of the service', () => {
  test.each([[0, 2], [100, 2], [500, 2], [1_000, 2], [1_001, 3], [2_000, 4]])('%d connectors take %d', async (count, calls) => {
    stage = new MonitoringStage({ writeApi: true });
    await stage.deploy({ baseAccount: {}, connectors: [] });
    for (let id = 0; id < count; id++) stage.world.service.console.createConnector({ ...BY_HAND, arn: roleIn(id + 1) });
    stage.takeRequests();
    await stage.check();
    expect(stage.metrics).toMatchObject({ Connectors: count, MonitoringHeartbeat: 1 });
    expect(stage.takeRequests()).toHaveLength(calls);
  }, 60_000);
});
