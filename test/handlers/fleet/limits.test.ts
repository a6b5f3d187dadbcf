import type { StandInOptions } from '../../support/connector-service';
import { accounts, FleetStage, HOUR, MINUTE } from '../../support/stage/fleet-stage';

const SLIDING = { calls: 300, windowSeconds: 3_600, sliding: true };

async function deployed(count: number, limits: StandInOptions['limits'], callsPerHour?: number): Promise<FleetStage> {
  const stage = new FleetStage({ service: { limits } });
  stage.join(...accounts(count));
  await stage.deploy({ callsPerHour });
  return stage;
}

const refused = ({ service }: FleetStage) => service.requests().filter(({ status }) => status === 409).length;

describe('the limit of the service', () => {
  test.each<[string, number | undefined, number]>([
    ['with a time: the next call comes after it, and up to a tenth later', 1_800, 1_800],
    ['without a time: five minutes later', undefined, 300],
  ])('a refusal %s (fault 111)', async (_, toWaitSeconds, seconds) => {
    const stage = await deployed(6, {});
    stage.service.faults.next({ match: { path: /create/ } }, { kind: 'limit', toWaitSeconds });
    await stage.run();
    const { notBefore } = stage.table.json('run');
    const now = stage.world.time.now();
    expect(notBefore).toBeGreaterThanOrEqual(now + seconds * 1_000);
    expect(notBefore).toBeLessThanOrEqual(now + seconds * 1_100);
    expect(stage.live).toEqual([]);
    expect(stage.metrics).toMatchObject({ Stopped: 1, Heartbeat: 1 });
    stage.service.clearRequests();
    while (stage.world.time.now() + 5 * MINUTE < notBefore) {
      stage.world.time.advance(5 * MINUTE);
      await stage.run();
      expect([stage.service.requests(), stage.metrics.Stopped]).toEqual([[], 1]);
    }
    await stage.runFor(11 * MINUTE);
    expect(stage.connected).toEqual(accounts(6));
    expect(stage.metrics.Stopped).toBe(0);
  });

  test('a refused create leaves nothing behind that has to be looked for (fault 111)', async () => {
    const stage = await deployed(2, {});
    stage.service.faults.next({ match: { path: /create/ } }, { kind: 'limit', toWaitSeconds: 60 });
    await stage.run();
    expect(stage.row(accounts(1)[0]!).begun).toBeUndefined();
  });

  test('refusals that count make it no worse: none is provoked (fault 112)', async () => {
    const stage = await deployed(60, { rate: { ...SLIDING, calls: 40, refusalsCount: true } }, 30);
    await stage.runFor(3 * HOUR);
    expect(stage.connected).toEqual(accounts(60));
    expect(refused(stage)).toBe(0);
  });

  test('what others use up is theirs: the service says how many calls are left, and the last ten stay (fault 113)', async () => {
    const stage = await deployed(40, { rate: { ...SLIDING, calls: 60 } }, 60);
    for (let count = 0; count < 30; count++) stage.service.otherCall();
    await stage.run();
    expect(stage.connected.length).toBeLessThan(25);
    expect(refused(stage)).toBe(0);
    expect(stage.service.otherCall()).toBe(false);
    await stage.runFor(2 * HOUR);
    expect(stage.connected).toEqual(accounts(40));
    expect(refused(stage)).toBe(0);
  });
});

describe('the budget of the fleet', () => {
  /** Most calls in any hour that ends with a call. */
  const most = (times: readonly number[]) => Math.max(...times.map((end) => times.filter((at) => at > end - HOUR && at <= end).length));

  test.each([12, 30])('of %s calls an hour is never passed, whatever is killed, and used up while work waits', async (callsPerHour) => {
    const stage = await deployed(90, { rate: { ...SLIDING } }, callsPerHour);
    const times: number[] = [];
    let count = 0;
    stage.world.traffic.latency = () => 500;
    stage.world.traffic.watch = ({ surface, at }) => { if (surface === 'service') times.push(at); };
    stage.world.traffic.fault = ({ surface }) => (surface === 'service' && ++count % 17 === 0 ? 'kill' : undefined);
    await stage.runFor(4 * HOUR);
    expect(most(times)).toBeLessThanOrEqual(callsPerHour);
    expect(times.length).toBeGreaterThan(callsPerHour * 2.5);
  });

  test('counts repetitions too', async () => {
    const stage = await deployed(10, {}, 12);
    stage.world.traffic.fault = ({ step }) => (step.includes('/search/') ? 'server-error' : undefined);
    const before = stage.world.traffic.calls.filter(({ surface }) => surface === 'service').length;
    await stage.run();
    expect(stage.world.traffic.calls.filter(({ surface }) => surface === 'service').length - before).toBeLessThanOrEqual(12);
    const { bookings } = stage.table.json('run');
    const booked = bookings.reduce((sum: number, { calls }: { calls: number }) => sum + calls, 0);
    expect(booked).toBe(stage.world.traffic.calls.filter(({ surface }) => surface === 'service').length);
  });

  test('waits for bookings that end within its time', async () => {
    const stage = await deployed(30, {}, 12);
    for (let run = 0; run < 24; run++) {
      const next = stage.world.time.now() + 5 * MINUTE;
      await stage.run();
      stage.world.time.advance(Math.max(0, next - stage.world.time.now()));
    }
    const calls = stage.service.requests().length;
    expect(calls).toBeGreaterThanOrEqual(22);
  });
});

describe('pages', () => {
  test('that are too large are halved, and the read comes to its end (fault 126)', async () => {
    const stage = await deployed(3, {});
    const large = { kind: 'answer', status: 200, body: 'x'.repeat(8 * 1024 * 1024 + 1) } as const;
    stage.service.faults.next({ match: { path: /search/ }, times: 2 }, large);
    await stage.run();
    expect(stage.connected).toEqual(accounts(3));
    const sizes = stage.service.requests().filter(({ path }) => path.includes('/search/'))
      .map(({ body }) => (body as any).ServiceRequest.preferences.limitResults);
    expect(sizes).toEqual([1, 1_000, 500, 250]);
  });

  test('that are too slow are halved, and not asked for once more as they were (fault 126)', async () => {
    const stage = await deployed(3, {});
    stage.service.faults.next({ match: { path: /search/ }, times: 2 }, { kind: 'hang' });
    await stage.run();
    expect(stage.connected).toEqual(accounts(3));
    const sizes = stage.service.requests().filter(({ path }) => path.includes('/search/'))
      .map(({ body }) => (body as any).ServiceRequest.preferences.limitResults);
    expect(sizes).toEqual([1, 1_000, 500, 250]);
  });

  test('without a last ID, though there are more, end the run: nothing is taken for missing', async () => {
    const stage = await deployed(3, {});
    await stage.run();
    await stage.runFor(6 * HOUR - 5 * MINUTE);
    stage.service.faults.next({ match: { path: /search/ } }, {
      kind: 'answer', status: 200, body: JSON.stringify({ ServiceResponse: { responseCode: 'SUCCESS', count: 0, hasMoreRecords: 'true', data: [] } }),
    });
    await stage.runFor(6 * MINUTE);
    expect(stage.metrics).toMatchObject({ Connected: 3, MissingConnectors: 0 });
  });
});

describe('credentials that are revoked in the middle (fault 127)', () => {
  test.each([401, 403])('%s ends the run with the reason, and nothing is lost', async (status) => {
    const stage = await deployed(6, {});
    let count = 0;
    stage.world.traffic.watch = ({ step }) => {
      if (step.includes('/create/') && ++count === 3) stage.service.faults.next({ times: 50 }, { kind: 'answer', status, body: '' });
    };
    await stage.run();
    expect(stage.connected).toHaveLength(3);
    expect(stage.metrics).toMatchObject({ Connected: 3, Stopped: 1, Problems: 0 });
    expect(stage.lines.at(-1)).toContain(`with HTTP ${status}`);
    stage.service.faults.clear();
    stage.world.traffic.watch = undefined;
    await stage.runFor(6 * MINUTE);
    expect(stage.connected).toEqual(accounts(6));
    expect(stage.metrics.Stopped).toBe(0);
  });

  test('at the service itself', async () => {
    const stage = await deployed(3, {});
    stage.service.licensed = false;
    await stage.run();
    expect(stage.metrics).toMatchObject({ Stopped: 1 });
    stage.service.licensed = true;
    await stage.runFor(6 * MINUTE);
    expect(stage.connected).toEqual(accounts(3));
  });
});
