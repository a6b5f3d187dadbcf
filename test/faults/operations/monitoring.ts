import { USER } from '../../support/stage/apps/base-account';
import { MonitoringApp } from '../../support/stage/apps/monitoring';
import { DENIED } from '../../support/stage/connector-stage';
import { MonitoringStage } from '../../support/stage/monitoring-stage';
import { Operation } from '../matrix/matrix';

const roleIn = (account: number) => `arn:aws:iam::${String(account).padStart(12, '0')}:role/QualysConnector`;
const IDS = [1, 2, 3, 4];
const APP: MonitoringApp = { baseAccount: {}, connectors: IDS.map((account) => ({ id: `C${account}`, name: `C${account}`, roleArn: roleIn(account) })) };

/** What is true in the subscription below: one fails, one was deleted, one was disabled, and the base account is there. */
const TRUE = { Connectors: 3, FailingConnectors: 1, MissingConnectors: 2, BaseAccountMissing: 0, MonitoringHeartbeat: 1 };

async function subscription(): Promise<MonitoringStage> {
  const stage = new MonitoringStage({ writeApi: true });
  expect(await stage.deploy(APP)).toBe('CREATE_COMPLETE');
  stage.byHand(roleIn(1)).delete();
  stage.byHand(roleIn(2)).disable();
  stage.world.refusal = ({ roleArn }) => (roleArn === roleIn(3) ? DENIED : undefined);
  await stage.world.service.console.poll();
  return stage;
}

/** The connector was made while its base account waited for a person, who has come since. */
async function entered(): Promise<MonitoringStage> {
  const stage = new MonitoringStage();
  expect(await stage.deploy({ baseAccount: { delivery: 'console' }, connectors: [{ verify: 'fail' }] })).toBe('CREATE_COMPLETE');
  stage.world.enterKey(stage.world.aws.account.keysOf(USER)[0]!);
  return stage;
}

/** A line that is written has all values, and they are true. */
function wrong(expected: object): Operation<MonitoringStage>['watch'] {
  return (stage) => () => stage.values.filter((values) => JSON.stringify(values) !== JSON.stringify(expected)).map((values) => `wrong or half a line: ${JSON.stringify(values)}`);
}

/** A check that did not come to its end has no heartbeat, and nothing else. */
async function check(stage: MonitoringStage, mayFailLater = false): Promise<boolean> {
  const before = stage.lines.length;
  const { outcome } = await stage.check();
  const written = stage.lines.length - before;
  if (outcome === 'returned' ? written !== 1 : written > Number(mayFailLater)) throw new Error(`a check that ${outcome} has written ${written} lines of metrics`);
  return outcome === 'returned';
}

export const MONITORING_OPERATIONS: ReadonlyArray<Operation<MonitoringStage>> = [
  {
    name: 'check how connectors stand',
    holds: 'fault 137',
    prepare: subscription,
    run: (stage) => check(stage),
    watch: wrong(TRUE),
    end: (stage) => expect(stage.metrics).toEqual(TRUE),
  },
  {
    name: 'run a connector that was never judged',
    prepare: entered,
    // What is run comes after what is said.
    run: (stage) => check(stage, true),
    settle: async (stage) => expect(await check(stage)).toBe(true),
    watch: wrong({ Connectors: 1, FailingConnectors: 0, MissingConnectors: 0, BaseAccountMissing: 0, MonitoringHeartbeat: 1 }),
    stands: (stage) => ({ connectors: stage.live.map(({ state }) => state) }),
    end: (stage) => {
      expect(stage.live).toMatchObject([{ state: 'FINISHED_SUCCESS' }]);
      expect([...stage.world.aws.parameters].filter(([name]) => name.includes('/connector/')).map(([, note]) => JSON.parse(note).judged)).toEqual([undefined]);
    },
  },
];
