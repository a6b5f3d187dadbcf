import { succeeds } from './succeeds';
import { FleetApp } from '../../support/stage/apps/fleet';
import { account, accounts, FleetStage, HOUR, MINUTE } from '../../support/stage/fleet-stage';
import { Operation } from '../matrix/matrix';

const DAY = 24 * HOUR;

/** A fleet over a stack set with these accounts, that has not run yet. */
async function deployed(count: number, app: FleetApp = {}): Promise<FleetStage> {
  const stage = new FleetStage();
  stage.join(...accounts(count));
  expect(await stage.deploy(app)).toBe('CREATE_COMPLETE');
  return stage;
}

/** A run comes to its end, or the next ones have to. */
async function run(stage: FleetStage): Promise<boolean> {
  stage.world.time.advance(5 * MINUTE);
  return (await stage.run()).outcome === 'returned';
}

/** What there is once later runs have had their chance; IDs and tokens are as they come. */
const stands = (stage: FleetStage) => ({
  connectors: stage.live.map(({ settings: { arn, name, runFrequency, disabled = false, externalId } }) => [arn, name, runFrequency, disabled, externalId].join(' ')).sort(),
  rows: [...stage.table.keys()].filter((id) => id.startsWith('account#')).sort().map((id) => {
    const { accountId, origin, disabled, goneSince, begun, problem } = stage.table.json(id);
    return [accountId, origin, disabled, goneSince !== undefined, begun, problem];
  }),
});

/** Whatever goes wrong once, no account ever has two connectors. */
const watch = (stage: FleetStage) => () => {
  const arns = stage.live.map(({ settings: { arn } }) => arn);
  return arns.length === new Set(arns).size ? [] : ['an account has two connectors'];
};

const settle = async (stage: FleetStage) => {
  await stage.runFor(20 * MINUTE);
  expect(stage.metrics).toMatchObject({ Stopped: 0, Heartbeat: 1 });
};

const request = (requestType: 'Create' | 'Update', app?: FleetApp) => async (stage: FleetStage, requestId: string) => (
  succeeds(stage.ask(requestType, 'Fleet', { requestId, app })));

export const FLEET_OPERATIONS: ReadonlyArray<Operation<FleetStage>> = [
  {
    name: 'create a fleet',
    prepare: async () => {
      const stage = new FleetStage();
      stage.join(...accounts(2));
      expect(await stage.deploy({}, { without: ['Fleet', 'FleetSchedule'] })).toBe('CREATE_COMPLETE');
      return stage;
    },
    run: request('Create'),
    stands: (stage) => ({ wish: stage.table.json('fleet').properties }),
    end: (stage) => expect(stage.live).toEqual([]),
  },
  {
    name: 'change a fleet',
    prepare: () => deployed(2),
    run: request('Update', { pollingMinutes: 360 }),
    stands: (stage) => ({ wish: stage.table.json('fleet').properties }),
    end: (stage) => expect(stage.table.json('fleet').properties.PollingMinutes).toBe('360'),
  },
  {
    name: 'delete a fleet',
    prepare: async () => {
      const stage = await deployed(2);
      await run(stage);
      return stage;
    },
    run: (stage, requestId) => succeeds(stage.ask('Delete', 'Fleet', { requestId })),
    stands,
    end: (stage) => expect(stage.connected).toEqual(accounts(2)),
  },
  { name: 'a first run of a fleet', holds: 'faults 108, 109 and 110', prepare: () => deployed(3), run, settle, stands, watch },
  {
    name: 'a run of a fleet after a change of its settings',
    prepare: async () => {
      const stage = await deployed(3);
      await run(stage);
      expect(await stage.deploy({ pollingMinutes: 360 })).toBe('UPDATE_COMPLETE');
      return stage;
    },
    run,
    settle,
    stands,
    watch,
    end: (stage) => expect(stage.live.map(({ settings }) => settings.runFrequency)).toEqual([360, 360, 360]),
  },
  ...(['disable', 'remove'] as const).map((removal): Operation<FleetStage> => ({
    name: `a run of a fleet after an account has left, to ${removal} its connector`,
    prepare: async () => {
      const stage = await deployed(4, { removal });
      await run(stage);
      stage.leave(account(2));
      await run(stage);
      stage.world.time.advance(DAY - 8 * MINUTE);
      await stage.runFor(MINUTE); // the read of the service that is due by now
      return stage;
    },
    run,
    settle,
    stands,
    watch,
    end: (stage) => expect(stage.connected).toEqual([account(1), account(3), account(4)]),
  })),
];
