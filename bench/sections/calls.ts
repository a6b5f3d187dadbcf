import { BaseAccountStage, DAY, STEPS } from '../../test/support/stage/base-account-stage';
import { ConnectorStage } from '../../test/support/stage/connector-stage';
import { MonitoringStage } from '../../test/support/stage/monitoring-stage';
import type { Stage } from '../../test/support/stage/stage';
import type { Section } from '../table';

/** What the function was last deployed with is what it may be asked for. */
const RENAMED = { app: { title: 'New' } };
const TOKEN = '11111111-2222-4333-8444-555555555555';

/** Calls of the handlers as they ship, counted against AWS in memory and the stand-in of the connector service. */
export async function calls(): Promise<Section> {
  return {
    title: 'Calls an operation',
    columns: ['Operation', 'to AWS', 'to the connector service', 'which'],
    rows: [...await keys(), ...await registration(), ...await connectors(), ...await monitoring()],
    notes: [
      'Counted, not timed, with the handlers as they ship against AWS in memory and the stand-in of the connector service. The credentials of the service',
      'are read once an invocation that speaks to it, and count.',
    ],
  };
}

interface Answered {
  readonly Status?: string;
  readonly Reason?: string;
  readonly outcome?: string;
}

/** A row for each thing that is done. */
class Rows {
  public readonly rows: string[][] = [];

  public constructor(private readonly stage: Stage<any>) {}

  /** An operation that is no success must not be counted. */
  public async count(name: string, work: () => Promise<Answered | undefined>): Promise<void> {
    const { traffic } = this.stage.world;
    traffic.calls = [];
    const { Status, outcome, Reason = '' } = await work() ?? {};
    if (Status !== 'SUCCESS' && outcome !== 'returned') throw new Error(`${name} failed: ${Reason}`);
    const aws = traffic.calls.filter(({ surface }) => surface === 'aws').map(({ step }) => step);
    const counts = new Map<string, number>();
    aws.forEach((step) => counts.set(step, (counts.get(step) ?? 0) + 1));
    const which = [...counts].map(([step, count]) => (count === 1 ? step : `${count} x ${step}`)).join(', ');
    this.rows.push([name, String(aws.length), String(traffic.calls.filter(({ surface }) => surface === 'service').length), which]);
  }
}

async function keys(): Promise<string[][]> {
  const stage = new BaseAccountStage();
  await stage.deploy({}, { without: ['UserKey', 'Registration'] });
  const rows = new Rows(stage);
  await rows.count('key: create', () => stage.ask('Create', 'UserKey'));
  await rows.count('key: update, unchanged', () => stage.ask('Update', 'UserKey'));
  await rows.count('key: delete', () => stage.ask('Delete', 'UserKey'));
  return rows.rows;
}

async function registration(): Promise<string[][]> {
  const stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy({}, { without: ['Registration'] });
  const rows = new Rows(stage);
  const daily = (name: string) => rows.count(name, () => stage.dailyRun());
  await rows.count('registration: create', () => stage.ask('Create', 'Registration'));
  await rows.count('registration: update, unchanged', () => stage.ask('Update', 'Registration'));
  await stage.deploy();
  await rows.count('registration: new title', () => stage.ask('Update', 'Registration', RENAMED));
  stage.world.time.advance(90 * DAY);
  stage.secret.beginRotation(TOKEN);
  await rows.count('rotation, all four steps', async () => {
    for (const step of STEPS) if ((await stage.step(step, TOKEN)).outcome !== 'returned') return undefined;
    return { outcome: 'returned' };
  });
  stage.world.time.advance(DAY);
  await daily('daily run that deactivates the old key');
  stage.world.time.advance(DAY);
  await daily('daily run that deletes it');
  await daily('daily run with nothing to do');
  await rows.count('registration: delete', () => stage.ask('Delete', 'Registration', RENAMED));
  await rows.count('registration: create, in API mode', () => stage.ask('Create', 'Registration', { app: { delivery: 'api' } }));
  return rows.rows;
}

/** Without the run of the connector, which takes the reads that it takes. */
async function connectors(): Promise<string[][]> {
  const stage = new ConnectorStage();
  await stage.deploy({}, { without: ['Production'] });
  const rows = new Rows(stage);
  await rows.count('connector: create, not verified', () => stage.ask('Create', 'Production'));
  await stage.deploy();
  await rows.count('connector: update, unchanged', () => stage.ask('Update', 'Production'));
  await rows.count('connector: new name, not verified', () => stage.ask('Update', 'Production', { app: { name: 'New' } }));
  await rows.count('connector: delete', () => stage.ask('Delete', 'Production'));
  return rows.rows;
}

/** Goal: one call for the base account, and one for every 100 connectors at the most. */
async function monitoring(): Promise<string[][]> {
  const found: string[][] = [];
  for (const count of [0, 100, 500, 2_000, 10_000]) {
    const stage = new MonitoringStage({ writeApi: true });
    await stage.deploy({ baseAccount: {} });
    for (let id = 1; id < count; id++) stage.world.service.console.createConnector({ name: `C${id}`, arn: `arn:aws:iam::${String(id).padStart(12, '0')}:role/QualysConnector` });
    if (count === 0) stage.world.service.console.deleteConnector(stage.live[0]!.id);
    const rows = new Rows(stage);
    await rows.count(`check of ${count.toLocaleString('en')} connectors`, () => stage.check());
    found.push(...rows.rows);
  }
  return found;
}
