import { account, accounts, FleetStage, MINUTE } from '../../support/stage/fleet-stage';
import { FACTOR, SEED, TIMEOUT } from '../input/runs';

const COUNT = 100;
/** Calls at which a run is killed, of several hundred: `FUZZ_FACTOR=50` takes each of them. */
const POINTS = 10 * FACTOR;

async function deployed(): Promise<FleetStage> {
  const stage = new FleetStage();
  stage.join(...accounts(COUNT));
  expect(await stage.deploy()).toBe('CREATE_COMPLETE');
  stage.world.traffic.restart();
  return stage;
}

/** What stands at the service and in the table, but for IDs, tokens and times. */
function stateOf(stage: FleetStage): unknown {
  const connectors = stage.live.map(({ settings }) => ({ ...settings, description: settings.description?.replace(/ \S+\]$/, '') }));
  const rows = accounts(COUNT).map((accountId) => {
    const { connectorId, token, since, version, looked, doubtUntil, ...row } = stage.row(accountId);
    expect(stage.live.find(({ id }) => String(id) === connectorId)?.settings.arn).toBe(row.roleArn);
    return row;
  });
  return { connectors: connectors.sort((one, other) => (one.arn! < other.arn! ? -1 : 1)), rows };
}

test('killed at any call of a first onboarding of 100 accounts, it comes to the same end (fault 108)', async () => {
  const whole = await deployed();
  await whole.run();
  const calls = whole.world.traffic.calls.length;
  const end = stateOf(whole);
  whole.world.end();
  const step = Math.max(1, calls / POINTS);
  for (let point = 0; point * step < calls; point++) {
    const at = Math.min(calls, 1 + Math.floor(point * step + (SEED % 97) / 97 * step));
    const stage = await deployed();
    stage.world.traffic.fault = ({ number }) => (number === at ? 'kill' : undefined);
    expect([at, (await stage.run()).outcome]).toEqual([at, 'killed']);
    stage.world.traffic.restart();
    stage.world.traffic.fault = undefined;
    await stage.runFor(16 * MINUTE);
    expect(stage.live).toHaveLength(COUNT);
    expect([at, stateOf(stage)]).toEqual([at, end]);
    expect(stage.row(account(1)).origin).toBe('created');
    stage.world.end();
  }
}, TIMEOUT);
