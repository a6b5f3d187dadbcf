import { BY_HAND } from '../../support/stage/connector-stage';
import { account, accounts, FleetStage, HOUR, MINUTE, roleArn } from '../../support/stage/fleet-stage';

async function ready(count = 3): Promise<FleetStage> {
  const stage = new FleetStage();
  stage.join(...accounts(count));
  return stage;
}

describe('a deployment fails on what a person can mend', () => {
  test('wrong credentials', async () => {
    const stage = await ready();
    stage.world.aws.secret(stage.world.credentialsArn).put('1'.repeat(32), JSON.stringify({ username: 'somebody', password: 'wrong-canary' }), 'AWSCURRENT');
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('Check the credentials in their secret');
    expect(stage.world.log.join()).not.toContain('wrong-canary');
  });

  test('a stack set that is not there', async () => {
    const stage = await ready();
    stage.world.aws.stackSets.clear();
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('there is no stack set QualysRoles in us-east-1 that this account may read as a delegated administrator');
  });

  test('a list of pages that leads round and round', async () => {
    const stage = await ready();
    stage.world.aws.organization.isEndless = true;
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain("AWS answered 'organizations:ListAccounts' with a page that was read already");
    expect(stage.world.traffic.calls.filter(({ step }) => step === 'organizations:ListAccounts').length).toBeLessThan(4);
  });

  test('no account at all', async () => {
    const stage = new FleetStage();
    stage.world.aws.organization.join('999999999999', 'Management');
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('there is no account to connect');
  });

  test('an account ID without its leading zeros', async () => {
    const stage = await ready();
    stage.world.aws.organization.accounts.set('1', { name: 'Short', state: 'ACTIVE' });
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('with an account whose ID is not 12 digits');
  });

  test('but not on connectors, for which it does not wait', async () => {
    const stage = await ready();
    stage.service.faults.next({ match: { path: /create/ }, times: 9 }, { kind: 'answer', status: 400, body: '' });
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    expect(stage.live).toEqual([]);
  });
});

describe('an update', () => {
  test('that fails leaves the former wish, and its rollback succeeds although the reason lasts (fault 125)', async () => {
    const stage = await ready();
    await stage.deploy();
    await stage.run();
    const wish = stage.table.json('fleet');
    stage.service.licensed = false;
    expect(await stage.deploy({ pollingMinutes: 360 })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.table.json('fleet').properties).toEqual(wish.properties);
    stage.service.licensed = true;
    stage.join(account(4));
    await stage.runFor(11 * MINUTE);
    expect(stage.live.map(({ settings }) => settings.runFrequency)).toEqual([240, 240, 240, 240]);
  });

  test('that fails after the wish was written is rolled back by writing the former one (fault 125)', async () => {
    const stage = await ready();
    await stage.deploy();
    await stage.run();
    const failing = {
      Fails: { type: 'Test::Fails', dependsOn: ['Fleet'], native: { create: () => { throw new Error('as the test wants it'); } } },
    };
    expect(await stage.deploy({ pollingMinutes: 360 }, { more: failing as never })).toBe('UPDATE_ROLLBACK_COMPLETE');
    await stage.runFor(11 * MINUTE);
    expect(stage.live.map(({ settings }) => settings.runFrequency)).toEqual([240, 240, 240]);
  });

  test('waits for a run that is under way, and makes no call beside it', async () => {
    const stage = await ready(10);
    await stage.deploy();
    stage.world.traffic.latency = () => 1_000;
    const running = stage.run();
    const deploying = stage.deploy({ pollingMinutes: 360 });
    await running;
    expect(await deploying).toBe('UPDATE_COMPLETE');
    const times = stage.world.traffic.calls.filter(({ surface }) => surface === 'service').map(({ at }) => at);
    expect(times.every((at, index) => index === 0 || at - times[index - 1]! >= 1_000)).toBe(true);
  });

  test('of another platform begins with a read of that one: what stands at the former stays there', async () => {
    const stage = await ready();
    const other = stage.world.addPlatform();
    await stage.deploy();
    await stage.run();
    expect(await stage.deploy({ platform: 'other' })).toBe('UPDATE_COMPLETE');
    await stage.runFor(6 * MINUTE);
    expect(other.connectors()).toHaveLength(3);
    expect(stage.live.filter(({ settings }) => !settings.disabled)).toHaveLength(3);
  });
});

describe('a deletion', () => {
  test('leaves the connectors and the table, and asks the service nothing', async () => {
    const stage = await ready();
    await stage.deploy();
    await stage.run();
    const { table } = stage;
    stage.service.clearRequests();
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect([stage.service.requests(), stage.live.length]).toEqual([[], 3]);
    expect(table.json(`account#${account(1)}`)).toMatchObject({ origin: 'created' });
  });
});

describe('what was ours and is not known any more', () => {
  test('is taken up by one read where the table was lost, without a call for each, and is never disabled (fault 122)', async () => {
    const stage = await ready(8);
    await stage.deploy();
    await stage.run();
    stage.table.clear();
    stage.service.clearRequests();
    expect(await stage.deploy({ maxAtOnce: 3 })).toBe('UPDATE_COMPLETE');
    await stage.runFor(6 * MINUTE);
    expect(stage.live).toHaveLength(8);
    expect(stage.service.requests().length).toBeLessThanOrEqual(3);
    expect(stage.row(account(1))).toMatchObject({ origin: 'adopted' });
    stage.leave(account(1));
    await stage.runFor(27 * HOUR);
    expect(stage.connected).toEqual(accounts(8));
  });

  test('the rest of the accounts are connected where the table was lost in the middle (fault 122)', async () => {
    const stage = await ready(40);
    await stage.deploy({ callsPerHour: 36 });
    await stage.run();
    const before = stage.live.length;
    expect(before).toBeLessThan(40);
    [...stage.table.keys()].filter((id) => id !== 'fleet').forEach((id) => stage.table.delete(id));
    await stage.runFor(3 * HOUR);
    expect(stage.live).toHaveLength(40);
    expect(stage.connected).toEqual(accounts(40));
  });

  test('also that of a stack made anew, which finds its connectors again by its name (fault 123)', async () => {
    const first = await ready();
    await first.deploy();
    await first.run();
    await first.delete();
    first.service.clearRequests();
    const anew = new FleetStage({ beside: first, stackSuffix: 'ffffffff-1111-2222-3333-444455556666' });
    expect(await anew.deploy()).toBe('CREATE_COMPLETE');
    await anew.runFor(6 * MINUTE);
    expect(anew.live).toHaveLength(3);
    expect(anew.service.requests().filter(({ path }) => !path.includes('/search/'))).toEqual([]);
    expect(anew.row(account(2))).toMatchObject({ origin: 'adopted' });
  });

  test('and of one of another name, whose marks are brought up to it (fault 123)', async () => {
    const first = await ready();
    await first.deploy();
    await first.run();
    await first.delete();
    const renamed = new FleetStage({ beside: first, stackName: 'Renamed', stackSuffix: 'ffffffff-1111-2222-3333-444455556666' });
    expect(await renamed.deploy()).toBe('CREATE_COMPLETE');
    await renamed.runFor(6 * MINUTE);
    expect(renamed.live.map(({ settings }) => settings.description)).toEqual(accounts(3).map(
      () => '[cdk-qualys-connectors adopted arn:aws:cloudformation:us-east-1:111111111111:stack/Renamed Fleet]'));
  });
});

describe('the table', () => {
  test('with an item of a newer version stops before any call', async () => {
    const stage = await ready();
    await stage.deploy();
    for (const id of ['fleet', 'run', `account#${account(1)}`]) {
      await stage.run();
      const before = stage.table.get(id)!;
      stage.table.set(id, { ...before, schemaVersion: { S: '99' } });
      stage.service.clearRequests();
      stage.join(account(7));
      await stage.run();
      expect(stage.service.requests()).toEqual([]);
      expect(stage.world.log.some((line) => line.includes(`the item ${id} of the table was written by another version of this library (99)`))).toBe(true);
      stage.table.set(id, before);
      stage.world.time.advance(5 * MINUTE);
    }
  });

  test('that puts off writes gets them again', async () => {
    const stage = await ready(30);
    await stage.deploy();
    stage.table.unprocessed = 10;
    await stage.run();
    expect(stage.connected).toEqual(accounts(30));
  });

  test('that is throttled ends the run, and the next one goes on', async () => {
    const stage = await ready();
    await stage.deploy();
    let isFirst = true;
    stage.world.traffic.fault = ({ step }) => {
      if (step !== 'dynamodb:BatchWriteItem' || !isFirst) return undefined;
      isFirst = false;
      return 'throttle';
    };
    await stage.run();
    expect(stage.connected).toEqual([]);
    await stage.runFor(11 * MINUTE);
    expect(stage.connected).toEqual(accounts(3));
  });
});

describe('whoever can invoke the function, or write its table, redirects nothing', () => {
  const deployed = async () => {
    const stage = await ready();
    await stage.deploy();
    await stage.run();
    stage.service.clearRequests();
    stage.world.traffic.calls = [];
    return stage;
  };
  const evil = 'https://evil.example';

  test.each<[string, object]>([
    ['another host', { Service: { ApiServer: evil, Authentication: 'BASIC', CredentialsSecretArn: 'arn:aws:secretsmanager:us-east-1:111111111111:secret:qualys/api-user-x9y8z7' } }],
    ['other accounts', { Sources: [{ Kind: 'LIST', AccountIds: [account(66)], RoleName: 'QualysConnector', RolePath: '/', ExternalId: '40952281773650912864', AppendsAccountId: 'true' }] }],
    ['another limit', { CallsPerHour: '9999' }],
    ['to take up what others made', { AdoptExisting: 'true' }],
  ])('an event that asks for %s is refused before the first call', async (_, properties) => {
    const stage = await deployed();
    const answer = await stage.forge('Update', 'Fleet', properties);
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(`the event asks for another ${Object.keys(properties)[0]} than this function was deployed with; nothing was called`) });
    expect(stage.world.traffic.calls.filter(({ surface }) => surface !== 'answer')).toEqual([]);
  });

  test('an event of another resource is refused', async () => {
    const stage = await deployed();
    expect(await stage.forge('Update', 'Fleet', {}, { LogicalResourceId: 'Other' })).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('the event is of the resource Other') });
    expect(stage.service.requests()).toEqual([]);
  });

  test('a wish in the table that asks for something else is refused before the first call', async () => {
    const stage = await deployed();
    for (const change of [{ Service: { ...stage.table.json('fleet').properties.Service, ApiServer: evil } }, { AdoptExisting: 'true' }, { CallsPerHour: '9999' }]) {
      const { properties, ...wish } = stage.table.json('fleet');
      stage.table.tamper('fleet', { properties: { ...properties, ...change } });
      expect((await stage.run()).error?.message).toContain('the item of the table asks for another');
      stage.table.tamper('fleet', { ...wish, properties });
    }
    expect(stage.service.requests()).toEqual([]);
  });

  test('a row of an account that is none of ours makes no connector', async () => {
    const stage = await deployed();
    for (const accountId of [account(66), account(67)]) {
      stage.table.set(`account#${accountId}`, {
        ...stage.table.get(`account#${account(1)}`),
        id: { S: `account#${accountId}` },
        value: { S: JSON.stringify({ accountId, source: 0, roleArn: roleArn(accountId), state: 'READY', since: 0, version: 1 }) },
        version: { N: '1' },
      });
    }
    stage.table.tamper('run', { nextDue: 0 });
    await stage.run();
    await stage.runFor(16 * MINUTE);
    expect(stage.connected).toEqual(accounts(3));
    expect(stage.row(account(66))).toBeUndefined();
  });

  test('a row that names the connector of somebody else changes nothing of it', async () => {
    const stage = await deployed();
    const id = stage.service.console.createConnector({ ...BY_HAND, arn: 'arn:aws:iam::777777777777:role/Payroll' });
    stage.table.tamper(`account#${account(1)}`, { connectorId: String(id), applied: 'something else' });
    stage.table.tamper('run', { nextDue: 0 });
    await stage.runFor(16 * MINUTE);
    expect(stage.live.find((one) => one.id === id)!.settings).toMatchObject(BY_HAND);
    // As one that has left, too.
    stage.table.tamper(`account#${account(1)}`, { connectorId: String(id), origin: 'created', goneSince: 0 });
    stage.leave(account(1));
    await stage.runFor(27 * HOUR);
    expect(stage.live.find((one) => one.id === id)!.settings).toMatchObject(BY_HAND);
  });

  test('a row that says that an account has left does not cut it off', async () => {
    const stage = await deployed();
    stage.table.tamper(`account#${account(1)}`, { goneSince: 1 });
    stage.table.tamper('run', { nextDue: 0 });
    await stage.runFor(3 * HOUR);
    expect(stage.connected).toEqual(accounts(3));
  });

  test('a task that is none is refused', async () => {
    const stage = await deployed();
    const ended = await stage.functionFor('Custom::QualysConnectorFleet').invoke({ Task: 'FLEET_RUN', RequestType: 'Create' });
    expect(ended.error?.message).toContain('the function does not take this event');
  });
});

test('nothing secret stands in the table, the log, the metrics or an answer', async () => {
  const stage = await ready();
  await stage.deploy();
  stage.service.faults.next({ match: { path: /create/ } }, {
    kind: 'answer', status: 400, body: JSON.stringify({ ServiceResponse: { responseCode: 'INVALID_REQUEST', responseErrorDetails: { errorMessage: 'connector-api canary-of-the-api-password/+ was wrong' } } }),
  });
  await stage.run();
  const answers = [...stage.stack.resources.values()].map(({ attributes }) => attributes);
  const seen = JSON.stringify([[...stage.table.values()], stage.world.log, await stage.confirm(), answers]);
  for (const secret of stage.world.secrets()) expect(seen).not.toContain(secret);
  expect(stage.row(account(1)).problem).toContain('was wrong');
});
