import type { FleetApp } from '../../support/stage/apps/fleet';
import { BY_HAND } from '../../support/stage/connector-stage';
import { account, accounts, FleetStage, HOUR, MINUTE, roleArn } from '../../support/stage/fleet-stage';

const DAY = 24 * HOUR;

async function onboarded(count: number, app: FleetApp = {}): Promise<FleetStage> {
  const stage = new FleetStage();
  stage.join(...accounts(count));
  await stage.deploy({ callsPerHour: 10_000, ...app });
  await stage.run();
  expect(stage.connected).toEqual(accounts(count));
  return stage;
}

const disabled = (stage: FleetStage) => stage.live.filter(({ settings }) => settings.disabled).map(({ settings: { arn } }) => arn!.split(':')[4]);

describe('an account that has left', () => {
  test('keeps its connector for the grace period, and then it is disabled', async () => {
    const stage = await onboarded(4);
    stage.leave(account(2));
    await stage.runFor(DAY - MINUTE);
    expect(stage.connected).toEqual(accounts(4));
    expect(stage.metrics).toMatchObject({ Connected: 3, Stopped: 0 });
    await stage.runFor(10 * MINUTE);
    expect(disabled(stage)).toEqual([account(2)]);
  });

  test('is suspended, and its instance still CURRENT: it counts as left (fault 124)', async () => {
    const stage = await onboarded(4);
    stage.world.aws.organization.accounts.get(account(3))!.state = 'SUSPENDED';
    await stage.runFor(DAY + 2 * HOUR);
    expect(disabled(stage)).toEqual([account(3)]);
  });

  test('gets its connector removed, or kept, where that is asked for', async () => {
    const removing = await onboarded(4, { removal: 'remove' });
    removing.leave(account(2));
    await removing.runFor(DAY + 10 * MINUTE);
    expect(removing.live).toHaveLength(3);
    expect(removing.row(account(2))).toBeUndefined();

    const keeping = await onboarded(4, { removal: 'keep' });
    keeping.leave(account(2));
    await keeping.runFor(2 * DAY);
    expect(keeping.connected).toEqual(accounts(4));
  });

  test('back within the grace, nothing is changed; after it, its connector is enabled again (fault 118)', async () => {
    const stage = await onboarded(6);
    stage.leave(account(1), account(2));
    await stage.runFor(12 * HOUR);
    stage.join(account(1));
    await stage.runFor(13 * HOUR);
    expect(disabled(stage)).toEqual([account(2)]);
    stage.join(account(2));
    await stage.runFor(10 * MINUTE);
    expect(stage.connected).toEqual(accounts(6));
    expect(stage.live).toHaveLength(6);
    expect(stage.row(account(2)).goneSince).toBeUndefined();
  });

  test('and whose connector was removed gets a new one when it is back (fault 118)', async () => {
    const stage = await onboarded(4, { removal: 'remove' });
    stage.leave(account(2));
    await stage.runFor(DAY + 10 * MINUTE);
    stage.join(account(2));
    await stage.runFor(10 * MINUTE);
    expect(stage.connected).toEqual(accounts(4));
  });

  test('has its connector left alone, where the table and its description do not both say that the fleet made it', async () => {
    const stage = await onboarded(6);
    const [foreign, edited] = stage.live;
    stage.service.console.editConnector(edited!.id, { description: 'a person took the mark away' });
    stage.table.tamper(`account#${account(1)}`, { token: 'another' });
    stage.leave(account(1), account(2));
    await stage.runFor(DAY + 10 * MINUTE);
    expect([foreign, edited].map((one) => stage.live.find(({ id }) => id === one!.id)!.settings.disabled)).toEqual([false, false]);
    expect(stage.lines.some((line) => line.includes('no longer says that this fleet made it'))).toBe(true);
  });
});

describe('many that leave at the same time', () => {
  test('an empty list touches nothing, and says so (fault 116)', async () => {
    const stage = await onboarded(4);
    stage.world.aws.organization.join('999999999999', 'Management');
    stage.leave(...accounts(4));
    await stage.runFor(2 * DAY);
    expect(stage.connected).toEqual(accounts(4));
    expect(stage.metrics).toMatchObject({ Connected: 4, Stopped: 1, Heartbeat: 1 });
    expect(stage.lines.at(-1)).toMatch(/^stopped for all accounts: the list of accounts is empty/);
  });

  test('more than 20, or than half, touch nothing until some are back (fault 117)', async () => {
    const stage = await onboarded(60);
    stage.leave(...accounts(30));
    await stage.runFor(2 * DAY);
    expect(stage.connected).toEqual(accounts(60));
    expect(stage.metrics.Stopped).toBe(1);
    expect(stage.lines.at(-1)).toMatch(/^30 of 60 accounts have left at the same time, but the fleet disables or removes at most 20 connectors at once: .*; if so, raise maxAtOnce of the AccountRemovalPolicy and deploy$/);
    stage.join(...accounts(25));
    await stage.runFor(10 * MINUTE);
    expect(disabled(stage)).toEqual(accounts(5, 26));
    expect(stage.metrics.Stopped).toBe(0);

    const few = await onboarded(5);
    few.leave(...accounts(3));
    await few.runFor(2 * DAY);
    expect(few.connected).toEqual(accounts(5));
    expect(few.lines.at(-1)).toMatch(/^3 of 5 accounts have left .*; if so, remove their connectors at the Qualys console: if more than half leave, the fleet changes none/);
  });

  test('more than half that were meant to leave: a person removes their connectors, and the fleet goes on', async () => {
    const stage = await onboarded(5);
    stage.leave(...accounts(3));
    await stage.runFor(DAY + HOUR);
    expect(stage.metrics.Stopped).toBe(1);
    for (const { id } of stage.live.slice(0, 3)) stage.service.console.deleteConnector(id);
    await stage.runFor(7 * HOUR);
    expect([stage.metrics.Stopped, stage.connected]).toEqual([0, accounts(2, 4)]);
  });

  test('15 of 200 leave for two days and 10 come back: 5 disabled in the end, 10 enabled again, none twice (fault 117)', async () => {
    const stage = await onboarded(200);
    stage.leave(...accounts(15));
    await stage.runFor(2 * DAY);
    expect(disabled(stage)).toEqual(accounts(15));
    stage.join(...accounts(10));
    await stage.runFor(10 * MINUTE);
    expect(disabled(stage)).toEqual(accounts(5, 11));
    expect(stage.live).toHaveLength(200);
  });

  test('slowly, they are let go one after the other (fault 117)', async () => {
    const stage = await onboarded(20);
    for (let gone = 1; gone <= 12; gone++) {
      stage.leave(account(gone));
      await stage.runFor(DAY + 2 * HOUR);
    }
    expect(disabled(stage)).toEqual(accounts(12));
  });

  test('is a matter of maxAtOnce, which a person can raise', async () => {
    const stage = await onboarded(60);
    stage.leave(...accounts(25));
    await stage.runFor(DAY + HOUR);
    expect(stage.connected).toHaveLength(60);
    await stage.deploy({ callsPerHour: 10_000, maxAtOnce: 25 });
    await stage.runFor(10 * MINUTE);
    expect(disabled(stage)).toEqual(accounts(25));
  });
});

describe('connectors of others (fault 120)', () => {
  const beside = async (app: FleetApp = {}, change?: (stage: FleetStage, id: number) => void) => {
    const stage = new FleetStage();
    stage.join(...accounts(3));
    const id = stage.service.console.createConnector({ ...BY_HAND, arn: roleArn(account(2)) });
    change?.(stage, id);
    await stage.deploy(app);
    await stage.run();
    return { stage, byHand: () => stage.live.find((one) => one.id === id)! };
  };

  test('are left alone, and named with what to do', async () => {
    const { stage, byHand } = await beside();
    expect(byHand().settings).toMatchObject(BY_HAND);
    expect(stage.live).toHaveLength(3);
    expect(stage.metrics).toMatchObject({ Connected: 2, Waiting: 0, Problems: 1 });
    expect(stage.lines.filter((line) => line.includes('exists already'))).toEqual([
      `the connector with ID ${byHand().id} on the role of account ${account(2)}: it exists already, and this fleet did not make it. Set adoptExisting, or remove it at the Qualys console`,
    ]);
    await stage.runFor(13 * HOUR);
    expect(stage.lines.filter((line) => line.includes('exists already'))).toHaveLength(1);
    stage.service.console.deleteConnector(byHand().id);
    await stage.runFor(7 * HOUR);
    expect(stage.connected).toEqual(accounts(3));
    expect(stage.metrics.Problems).toBe(0);
  });

  test('are taken up where that is asked for, and never disabled or deleted', async () => {
    const { stage, byHand } = await beside({ adoptExisting: true, removal: 'remove' });
    expect(byHand().settings).toMatchObject({ name: 'aws-Account 0002 (000000000002)', runFrequency: 240 });
    expect(byHand().settings.description).toMatch(/^Made by a person \[cdk-qualys-connectors adopted arn:aws:/);
    stage.leave(account(2));
    await stage.runFor(3 * DAY);
    expect(byHand().settings.disabled).toBeFalsy();
    expect(stage.live).toHaveLength(3);
  });

  test('that an organization connector manages are its own, also with adoptExisting', async () => {
    const { stage, byHand } = await beside({ adoptExisting: true }, ({ service }, id) => service.console.attachToOrganizationConnector(id));
    expect(byHand().settings).toMatchObject(BY_HAND);
    expect(stage.metrics).toMatchObject({ Connected: 2, Problems: 1 });
  });

  test('a second one on a role is left alone', async () => {
    const { stage } = await beside({ adoptExisting: true });
    const second = stage.service.console.createConnector({ ...BY_HAND, arn: roleArn(account(1)) });
    await stage.runFor(7 * HOUR);
    expect(stage.live.find(({ id }) => id === second)!.settings).toMatchObject(BY_HAND);
    expect(stage.metrics).toMatchObject({ Connected: 3, Problems: 0 });
    expect(stage.lines.some((line) => line.startsWith(`account ${account(1)} has a second connector, the connector with ID ${second}`))).toBe(true);
  });

  test.each<[string, object]>([
    ['without an ARN', { arn: undefined }],
    ['on a role of another path', { arn: `arn:aws:iam::${account(2)}:role/other/QualysConnector` }],
    ['on a role in other letters', { arn: `arn:aws:iam::${account(2)}:role/qualysconnector` }],
    ['of an account that is none of ours', { arn: roleArn(account(77)) }],
  ])('%s are none of ours, and do not keep it from making its own', async (_, settings) => {
    const stage = new FleetStage();
    stage.join(...accounts(2));
    const id = stage.service.console.createConnector({ ...BY_HAND, ...settings } as never);
    await stage.deploy({ adoptExisting: true });
    await stage.run();
    expect(stage.live).toHaveLength(3);
    expect(stage.live.find((one) => one.id === id)!.settings).toMatchObject(BY_HAND);
  });

  test.each([['no description', undefined], ['two marks', '[cdk-qualys-connectors created a B] [cdk-qualys-connectors created c D]']])('with %s do no harm', async (_, description) => {
    const { stage } = await beside({}, ({ service }, id) => service.console.editConnector(id, { description } as never));
    expect(stage.live).toHaveLength(3);
    expect(stage.metrics.Heartbeat).toBe(1);
  });
});

describe('roles that did not come (fault 124)', () => {
  test('are problems with the command that tries again; those on their way wait; neither is connected', async () => {
    const stage = new FleetStage();
    stage.join(account(1));
    accounts(4, 2).forEach((accountId) => stage.world.aws.organization.join(accountId));
    const operation = stage.set.begin(accounts(4, 2));
    stage.set.fail(account(2));
    stage.set.fail(account(3), 'An SCP denies it', 'CANCELLED');
    stage.set.fail(account(4), undefined, 'INOPERABLE');
    await stage.deploy();
    await stage.run();
    expect(stage.connected).toEqual([account(1)]);
    expect(stage.metrics).toMatchObject({ Connected: 1, Waiting: 1, Problems: 3 });
    expect(stage.lines.find((line) => line.startsWith(`account ${account(2)}`))).toBe(
      `account ${account(2)} has no role: the stack instance is FAILED: Role already exists. Fix that, then try again: aws cloudformation update-stack-instances --stack-set-name QualysRoles `
      + `--deployment-targets OrganizationalUnitIds=ou-ab12-c3d4e5f6,Accounts=${account(2)},AccountFilterType=INTERSECTION --regions us-east-1 --call-as DELEGATED_ADMIN --region us-east-1`);
    accounts(4, 2).forEach((accountId) => stage.set.bring(accountId));
    stage.set.end(operation);
    await stage.runFor(6 * MINUTE);
    expect(stage.connected).toEqual(accounts(5));
    expect(stage.metrics).toMatchObject({ Connected: 5, Waiting: 0, Problems: 0 });
  });

  test('of accounts that are connected make no orphan of them', async () => {
    const stage = await onboarded(3);
    stage.set.fail(account(2));
    await stage.runFor(2 * DAY);
    expect(stage.connected).toEqual(accounts(3));
    expect(stage.metrics).toMatchObject({ Connected: 3, Problems: 1 });
  });

  test('an account that is left out and has the role all the same is a problem, and is not connected', async () => {
    const stage = new FleetStage();
    stage.join(...accounts(3));
    await stage.deploy({ excludeAccounts: [account(3)] });
    await stage.run();
    expect(stage.connected).toEqual(accounts(2));
    expect(stage.metrics).toMatchObject({ Connected: 2, Problems: 1 });
    expect(stage.lines.filter((line) => line.startsWith(`account ${account(3)} has the role although excludeAccounts names it`))).toHaveLength(1);
    expect((await stage.confirm())[1]).toBe(`Account ${account(3)} has the role although it is excluded: it is not connected.`);
  });
});

test('the oldest account that waits is measured from when it was first listed', async () => {
  const stage = new FleetStage();
  stage.join(account(1));
  stage.world.aws.organization.join(account(2));
  stage.set.begin([account(2)]);
  await stage.deploy();
  await stage.runFor(36 * HOUR);
  await stage.run();
  expect(stage.metrics).toMatchObject({ Waiting: 1, OldestWaiting: 1.5 });
});

test('an account in two sources has one connector, as the first of them has it (fault 119)', async () => {
  const stage = new FleetStage();
  stage.join(...accounts(3));
  await stage.deploy({ accountIds: [account(2), account(9)], stackSet: true });
  await stage.run();
  expect(stage.connected).toEqual([...accounts(3), account(9)]);
  expect(stage.row(account(2)).source).toBe(0);
  expect(stage.row(account(3)).source).toBe(1);
});
