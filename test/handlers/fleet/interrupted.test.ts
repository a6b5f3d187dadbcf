import type { Fault } from '../../support/lambda/faults';
import { account, accounts, externalId, FleetStage, HOUR, MINUTE, roleArn } from '../../support/stage/fleet-stage';

const CREATE = 'POST /qps/rest/3.0/create/am/awsassetdataconnector';

async function deployed(count: number, options: ConstructorParameters<typeof FleetStage>[0] = {}): Promise<FleetStage> {
  const stage = new FleetStage(options);
  stage.join(...accounts(count));
  await stage.deploy();
  return stage;
}

/** What goes wrong with the n-th create from now on. */
function breakCreate(stage: FleetStage, number: number, fault: Fault): void {
  let count = 0;
  stage.world.traffic.fault = ({ step }) => (step === CREATE && ++count === number ? fault : undefined);
}

/** One connector each, of the account's own role and external ID. */
function expectWhole(stage: FleetStage, accountIds: string[]): void {
  const made = stage.live.map(({ settings: { arn, externalId: id } }) => [arn, id]);
  expect(made.sort()).toEqual(accountIds.map((one) => [roleArn(one), externalId(one)]).sort());
  for (const one of accountIds) {
    const connector = stage.live.find(({ settings: { arn } }) => arn === roleArn(one))!;
    expect(stage.row(one)).toMatchObject({ connectorId: String(connector.id), origin: 'created' });
    expect(stage.row(one).begun).toBeUndefined();
  }
}

test('killed at any call of a first onboarding, it comes to the same end (fault 108)', async () => {
  const whole = await deployed(5);
  whole.world.traffic.calls = [];
  await whole.run();
  const calls = whole.world.traffic.calls.length;
  expect(calls).toBeGreaterThan(20);
  for (let at = 1; at <= calls; at++) {
    const stage = await deployed(5);
    stage.world.traffic.restart();
    stage.world.traffic.fault = ({ number }) => (number === at ? 'kill' : undefined);
    expect((await stage.run()).outcome).toBe('killed');
    stage.world.traffic.restart();
    await stage.runFor(16 * MINUTE);
    expectWhole(stage, accounts(5));
    stage.world.end();
  }
});

test('killed between a create and its note, one search finds the connector, and none is made twice (fault 108)', async () => {
  const stage = await deployed(3);
  breakCreate(stage, 2, 'kill');
  await stage.run();
  expect(stage.live).toHaveLength(2);
  stage.world.traffic.fault = undefined;
  stage.service.clearRequests();
  await stage.runFor(6 * MINUTE);
  expectWhole(stage, accounts(3));
  expect(stage.service.requests().map(({ path }) => path.split('/')[4])).toEqual(['search', 'create']);
});

test.each<Fault>(['lose-answer', 'hang-after', 'malformed', 'truncated'])('a create without an answer that took effect is found by its token: %s (fault 109)', async (fault) => {
  const stage = await deployed(3);
  breakCreate(stage, 1, fault);
  await stage.run();
  expect(stage.row(account(1))).toMatchObject({ origin: 'created', begun: expect.any(Number) });
  stage.world.traffic.fault = undefined;
  await stage.runFor(11 * MINUTE);
  expectWhole(stage, accounts(3));
});

test.each<Fault>(['refuse', 'hang'])('a create without an answer that took no effect is made again: %s (fault 109)', async (fault) => {
  const stage = await deployed(3);
  breakCreate(stage, 1, fault);
  await stage.run();
  expect(stage.metrics).toMatchObject({ Stopped: 1, Heartbeat: 1 });
  stage.world.traffic.fault = undefined;
  await stage.runFor(11 * MINUTE);
  expectWhole(stage, accounts(3));
  expect(stage.metrics).toMatchObject({ Stopped: 0, Connected: 3 });
});

test('no connection ends the run, and all others have to wait for the next one (fault 109)', async () => {
  const stage = await deployed(3);
  breakCreate(stage, 1, 'refuse');
  await stage.run();
  expect(stage.live).toEqual([]);
  expect(stage.lines.at(-1)).toMatch(/^stopped for all accounts: the connector service gave no usable answer to 'create connector'/);
});

test('an error of the service\'s own is that account\'s, and a minute later one search decides (fault 110)', async () => {
  for (const tookEffect of [true, false]) {
    const stage = await deployed(3);
    breakCreate(stage, 1, 'server-error');
    if (tookEffect) stage.service.console.createConnector({ name: 'late', arn: roleArn('999999999999'), externalId: 'xx', description: '' });
    await stage.run();
    expect(stage.row(account(1)).begun).toBeDefined();
    expect(stage.row(account(2)).connectorId).toBeDefined();
    if (tookEffect) {
      const { token } = stage.row(account(1));
      stage.service.console.deleteConnector(stage.live[0]!.id);
      stage.service.console.createConnector({
        name: 'late',
        arn: roleArn(account(1)),
        externalId: externalId(account(1)),
        runFrequency: 240,
        allRegions: true,
        description: `[cdk-qualys-connectors created arn:aws:cloudformation:us-east-1:111111111111:stack/CentralSecurity Fleet ${token}]`,
      });
    }
    stage.world.traffic.fault = undefined;
    await stage.runFor(16 * MINUTE);
    expectWhole(stage, accounts(3));
  }
});

test('errors of the service\'s own several times in a row end the run (fault 110)', async () => {
  const stage = await deployed(8);
  stage.world.traffic.fault = ({ step }) => (step === CREATE ? 'server-error' : undefined);
  await stage.run();
  expect(stage.service.requests().filter(({ path }) => path.includes('/create/'))).toHaveLength(0);
  expect(stage.world.traffic.calls.filter(({ step }) => step === CREATE)).toHaveLength(3);
  expect(stage.metrics.Stopped).toBe(1);
  stage.world.traffic.fault = undefined;
  await stage.runFor(16 * MINUTE);
  expectWhole(stage, accounts(8));
});

test('an account that the service refuses is left alone for longer and longer, and blocks no other (fault 110)', async () => {
  const stage = await deployed(4);
  const refuse = () => stage.service.faults.next({ match: { path: /create/ } }, {
    kind: 'answer', status: 400, body: JSON.stringify({ ServiceResponse: { responseCode: 'INVALID_REQUEST', responseErrorDetails: { errorMessage: `name is taken ${'x'.repeat(900)}` } } }),
  });
  refuse();
  await stage.run();
  expect(stage.connected).toEqual(accounts(4).slice(1));
  expect(stage.metrics).toMatchObject({ Connected: 3, Problems: 1, Stopped: 0 });
  expect(stage.row(account(1))).toMatchObject({ attempts: 1, notBefore: stage.world.time.now() + 2 * HOUR });
  expect(stage.row(account(1)).problem.length).toBeLessThanOrEqual(300);
  refuse();
  await stage.runFor(2 * HOUR + 5 * MINUTE);
  expect(stage.row(account(1)).attempts).toBe(2);
  await stage.runFor(4 * HOUR + 5 * MINUTE);
  expectWhole(stage, accounts(4));
  expect(stage.metrics).toMatchObject({ Connected: 4, Problems: 0 });
});

test('of two creates of one token that both arrived, the first connector stays (fault 121)', async () => {
  const stage = await deployed(3);
  breakCreate(stage, 1, 'hang');
  await stage.run();
  stage.world.traffic.fault = undefined;
  await stage.runFor(11 * MINUTE); // the search found nothing, so that it was made again
  const [first] = stage.live.filter(({ settings: { arn } }) => arn === roleArn(account(1)));
  stage.service.console.createConnector(first!.settings); // and the first one arrives
  await stage.runFor(7 * HOUR);
  expectWhole(stage, accounts(3));
  expect(stage.live.find(({ settings: { arn } }) => arn === roleArn(account(1)))!.id).toBe(first!.id);
});

test('a copy that a person has made of a connector is no double: it is told, and left alone (fault 121)', async () => {
  const stage = await deployed(3);
  await stage.run();
  stage.service.console.createConnector(stage.live[0]!.settings);
  await stage.runFor(7 * HOUR);
  expect(stage.live).toHaveLength(4);
  expect(stage.lines.some((line) => /it is a copy, and the fleet leaves it alone$/.test(line))).toBe(true);
});

test('two runs at once: one works, the other ends (fault 114)', async () => {
  const stage = await deployed(12);
  stage.world.traffic.latency = () => 100;
  const ended = await Promise.all([stage.run(), stage.run()]);
  expect(ended.map(({ outcome }) => outcome)).toEqual(['returned', 'returned']);
  expectWhole(stage, accounts(12));
  expect(stage.lines).toContain('another run is at work');
  expect(stage.service.requests().filter(({ path }) => path.includes('/create/'))).toHaveLength(12);
});

test('a run that outlives its lease writes nothing over what the next one has written (fault 115)', async () => {
  const stage = await deployed(3);
  // Its clock stands still while the other one's goes on: the lease ends under it.
  let isFirst = true;
  stage.world.traffic.gate = async ({ step }) => {
    if (step !== CREATE || !isFirst) return;
    isFirst = false;
    stage.world.time.advance(6 * MINUTE);
    stage.world.traffic.gate = undefined;
    await stage.world.time.track(stage.run());
  };
  await stage.run();
  // What it sent so late is a double, which the next read of the service shows.
  await stage.runFor(7 * HOUR);
  expectWhole(stage, accounts(3));
});

test('a clock that goes back lets nobody wait for hours (fault 115)', async () => {
  const stage = await deployed(2);
  await stage.run();
  stage.world.time.advance(-5 * HOUR);
  stage.join(account(3));
  await stage.runFor(16 * MINUTE);
  expectWhole(stage, accounts(3));
});
