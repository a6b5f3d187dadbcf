import { BY_HAND } from '../../support/stage/connector-stage';
import { account, accounts, externalId, FleetStage, HOUR, MINUTE, roleArn } from '../../support/stage/fleet-stage';

const paths = ({ service }: FleetStage) => service.requests().map(({ path }) => path.replace('/qps/rest/3.0/', '').split('/')[0]!);

describe('a first onboarding', () => {
  test('gives each account a connector of its own, in as many calls as there are accounts, and two', async () => {
    const stage = new FleetStage();
    stage.join(...accounts(4));
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    expect(stage.live).toEqual([]);
    expect(await stage.run()).toEqual({ outcome: 'returned' });
    expect(stage.connected).toEqual(accounts(4));
    expect(paths(stage)).toEqual(['search', 'search', 'create', 'create', 'create', 'create']);
    expect(stage.live[0]!.settings).toMatchObject({
      name: 'aws-Account 0001 (000000000001)', arn: roleArn(account(1)), externalId: externalId(account(1)), disabled: false, allRegions: true, runFrequency: 240,
    });
    expect(stage.live[0]!.settings.description)
      .toMatch(/^\[cdk-qualys-connectors created arn:aws:cloudformation:us-east-1:111111111111:stack\/CentralSecurity Fleet [0-9a-f-]{36}\]$/);
    expect(stage.metrics).toEqual({
      Connected: 4, Waiting: 0, OldestWaiting: 0, Problems: 0, FailingConnectors: 0, MissingConnectors: 0, Stopped: 0, Heartbeat: 1,
    });
  });

  test('the answer of the deployment says how many accounts there are, and how long they take', async () => {
    const stage = new FleetStage();
    stage.join(...accounts(3));
    await stage.deploy({ callsPerHour: 12 });
    const { attributes } = stage.stack.resources.get('Fleet')!;
    expect(attributes).toEqual({ AccountCount: '3', Estimate: '3 accounts are connected, or brought up to a change, within an hour at 12 calls an hour, the newest first' });
  });

  test('a run with nothing to do makes no call of the service, reads three things of AWS, and writes its metrics', async () => {
    const stage = new FleetStage();
    stage.join(...accounts(2));
    await stage.deploy();
    await stage.run();
    stage.service.clearRequests();
    stage.world.traffic.calls = [];
    stage.world.time.advance(5 * MINUTE);
    await stage.run();
    expect(stage.service.requests()).toEqual([]);
    expect(stage.world.traffic.calls.map(({ step }) => step)).toEqual([
      'dynamodb:GetItem', 'dynamodb:UpdateItem', 'cloudformation:ListStackSetOperations', 'dynamodb:PutItem',
    ]);
    expect(stage.metrics).toMatchObject({ Connected: 2, Heartbeat: 1 });
  });

  test('a list in code is connected without the organization, by account ID', async () => {
    const stage = new FleetStage();
    await stage.deploy({ accountIds: accounts(2) });
    await stage.run();
    expect(stage.live.map(({ settings }) => settings.name)).toEqual(['aws-000000000001', 'aws-000000000002']);
    expect(stage.world.traffic.calls.filter(({ step }) => /organizations|cloudformation/.test(step))).toEqual([]);
  });

  test('accounts of units are connected but for those that are left out, and who joins within the next run', async () => {
    const stage = new FleetStage();
    stage.join(...accounts(3));
    stage.world.aws.organization.join(account(9), 'Elsewhere', 'ou-ab12-elsewher');
    await stage.deploy({ units: true, excludeAccounts: [account(2)], byAccountId: true });
    await stage.run();
    stage.world.time.advance(5 * MINUTE);
    stage.join(account(4));
    await stage.run();
    expect(stage.connected).toEqual([account(1), account(3), account(4)]);
  });
});

describe('names', () => {
  test('are cut so that the account ID stays, and follow an account that is renamed', async () => {
    const stage = new FleetStage();
    stage.join(account(1));
    stage.world.aws.organization.accounts.get(account(1))!.name = 'x'.repeat(300);
    await stage.deploy({ prefix: 'prod-' });
    await stage.run();
    const { name } = stage.live[0]!.settings;
    expect([name!.length, name!.startsWith('prod-xxx'), name!.endsWith('x (000000000001)')]).toEqual([255, true, true]);
    stage.world.aws.organization.accounts.get(account(1))!.name = 'Production';
    stage.service.clearRequests();
    stage.world.time.advance(HOUR);
    await stage.run();
    expect(stage.live[0]!.settings.name).toBe('prod-Production (000000000001)');
    expect(paths(stage)).toEqual(['search', 'update']);
  });
});

describe('who joins', () => {
  test('has a connector within one run after the role is there, also while the operation goes on for others', async () => {
    const stage = new FleetStage();
    stage.join(...accounts(3));
    await stage.deploy();
    await stage.run();
    accounts(3, 11).forEach((accountId) => stage.world.aws.organization.join(accountId));
    stage.set.begin(accounts(3, 11));
    stage.world.time.advance(5 * MINUTE);
    await stage.run();
    expect(stage.connected).toEqual(accounts(3));
    expect(stage.metrics).toMatchObject({ Connected: 3, Waiting: 3 });
    stage.set.bring(account(12));
    stage.world.time.advance(5 * MINUTE);
    stage.world.traffic.calls = [];
    await stage.run();
    expect(stage.connected).toEqual([...accounts(3), account(12)]);
    // The instances of the operation alone were listed, and nobody asked the organization.
    expect(stage.world.traffic.calls.filter(({ step }) => step === 'organizations:ListAccounts')).toEqual([]);
  });

  test('during a first onboarding goes before those that wait, with one search more', async () => {
    const stage = new FleetStage();
    stage.join(...accounts(40));
    await stage.deploy({ callsPerHour: 36 });
    await stage.run();
    stage.world.time.advance(5 * MINUTE);
    stage.join(account(99));
    await stage.run();
    expect(stage.connected).toContain(account(99));
    expect(stage.connected.length).toBeLessThan(40);
    expect(paths(stage).slice(-3)).toEqual(['search', 'create', 'create']);
  });

  test('and had a connector of somebody else before is not given a second one', async () => {
    const stage = new FleetStage();
    stage.join(account(1));
    await stage.deploy();
    await stage.run();
    stage.service.console.createConnector({ ...BY_HAND, arn: roleArn(account(2)) });
    stage.world.time.advance(5 * MINUTE);
    stage.join(account(2));
    await stage.run();
    expect(stage.live.filter(({ settings }) => settings.arn === roleArn(account(2)))).toHaveLength(1);
    expect(stage.metrics).toMatchObject({ Connected: 1, Problems: 1 });
  });
});

describe('a change of settings', () => {
  test('is sent to those that differ, one call each, newest accounts first, and what people wrote stays', async () => {
    const stage = new FleetStage();
    stage.join(...accounts(3));
    await stage.deploy();
    await stage.run();
    stage.world.time.advance(5 * MINUTE);
    stage.join(account(4));
    await stage.run();
    const { id, settings: { description } } = stage.live[1]!;
    stage.service.console.editConnector(id, { description: `Kept for audit ${description}` });
    stage.service.clearRequests();
    expect(await stage.deploy({ pollingMinutes: 360, activation: ['VM'] })).toBe('UPDATE_COMPLETE');
    await stage.run();
    expect(stage.live.map(({ settings }) => settings.runFrequency)).toEqual([360, 360, 360, 360]);
    expect(stage.live[1]!.settings.description).toBe(`Kept for audit ${description}`);
    const updates = stage.service.requests().filter(({ path }) => path.includes('/update/'));
    expect(updates.map(({ path }) => path.split('/').at(-1))).toEqual([stage.live[3]!, ...stage.live.slice(0, 3)].map((one) => String(one.id)));
    expect(paths(stage)).toHaveLength(7); // the check, the read, the page before the updates, and four updates
    await stage.runFor(7 * HOUR);
    expect(stage.service.requests().filter(({ path }) => path.includes('/update/'))).toHaveLength(4);
  });

  test('that the service does not take is sent once, and not at every read again', async () => {
    const stage = new FleetStage();
    stage.join(account(1));
    await stage.deploy();
    await stage.run();
    const { id } = stage.live[0]!;
    const put = stage.service.console.editConnector.bind(stage.service.console, id, { runFrequency: 60 });
    put();
    stage.world.traffic.watch = ({ step }) => { if (step.includes('/update/')) put(); };
    stage.service.clearRequests();
    await stage.runFor(30 * HOUR);
    expect(stage.service.requests().filter(({ path }) => path.includes('/update/'))).toHaveLength(1);
  });

  test('of tags takes its own away, and leaves those that people have added', async () => {
    const stage = new FleetStage();
    stage.join(account(1));
    await stage.deploy({ tagIds: [11, 12] });
    await stage.run();
    stage.service.console.editConnector(stage.live[0]!.id, { defaultTags: [11, 12, 99] } as never);
    await stage.deploy({ tagIds: [12, 13] });
    await stage.run();
    expect([...stage.live[0]!.settings.defaultTags as unknown as number[]].sort()).toEqual([12, 13, 99]);
  });
});

test('a connector that somebody deletes or disables is missed at the next read, and made or enabled again', async () => {
  const stage = new FleetStage();
  stage.join(...accounts(4));
  await stage.deploy();
  await stage.run();
  stage.service.console.deleteConnector(stage.live[0]!.id);
  stage.service.console.editConnector(stage.live[1]!.id, { disabled: true });
  await stage.runFor(6 * HOUR - MINUTE);
  expect(stage.metrics).toMatchObject({ MissingConnectors: 0 });
  stage.world.time.advance(5 * MINUTE);
  await stage.run();
  expect(stage.metrics).toMatchObject({ Connected: 4, MissingConnectors: 2 });
  expect(stage.connected).toEqual(accounts(4));
});

test('connectors whose last run failed are counted at each read', async () => {
  const stage = new FleetStage({ service: { assumeRole: () => ({ code: 'AccessDenied', message: 'no' }) } });
  stage.join(...accounts(2));
  await stage.deploy();
  await stage.run();
  await stage.service.console.poll();
  await stage.runFor(6 * HOUR + 5 * MINUTE);
  expect(stage.metrics).toMatchObject({ Connected: 2, FailingConnectors: 2, Problems: 0 });
});

test('a role of another name gets another connector, and the one before is disabled once that stands', async () => {
  const stage = new FleetStage();
  stage.join(...accounts(2));
  await stage.deploy();
  await stage.run();
  await stage.deploy({ roleName: 'Other' });
  await stage.run();
  expect(stage.live.map(({ settings: { arn, disabled } }) => [arn, disabled])).toEqual([
    [roleArn(account(1)), true], [roleArn(account(2)), true], [roleArn(account(1), 'Other'), false], [roleArn(account(2), 'Other'), false],
  ]);
});

test('a person who asks hears how it stands, without a call of the service', async () => {
  const stage = new FleetStage();
  stage.join(...accounts(2));
  await stage.deploy();
  expect(await stage.confirm()).toEqual(['The fleet Stack/Fleet has not run yet: its first run comes within five minutes.']);
  stage.service.console.createConnector({ ...BY_HAND, arn: roleArn(account(2)) });
  await stage.run();
  stage.service.clearRequests();
  const [first, problem, ...more] = await stage.confirm();
  expect(first).toBe('The fleet Stack/Fleet has connected 1 account; 0 wait for their connectors, 1 needs a person. At the last read of the service 0 connectors failed and 0 were missing.');
  expect(problem).toMatch(/^Account 000000000002: the connector with ID \d+ on the role of account 000000000002: it exists already, and this fleet did not make it\. Set adoptExisting/);
  expect([more, stage.service.requests()]).toEqual([[], []]);
});
