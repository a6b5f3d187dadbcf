import { ensureKey } from '../../lambda/keys/ensure-key';
import { removeKeys } from '../../lambda/keys/remove-keys';
import { WRITE_API_PRESET } from '../../src/base-account/private/write-api-preset';
import { ConnectorsWorld } from '../../test/handlers/connectors/world';
import { KeyWorld } from '../../test/handlers/keys/world';
import { RotationStage } from '../../test/handlers/rotation/world';
import { Calls } from '../../test/support/fake-aws/calls';
import type { Section } from '../table';

const TOKEN = '11111111-2222-4333-8444-555555555555';
const DAY = 86_400_000;
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

/** Calls of the handlers as they are, counted against AWS in memory and the stand-in of the connector service. */
export async function calls(): Promise<Section> {
  return {
    title: 'Calls an operation',
    columns: ['Operation', 'to AWS', 'to the connector service', 'which'],
    rows: [...await keys(), ...await registration(), ...await connectors()],
    notes: [
      'Counted, not timed, with the handlers as they are against AWS in memory and the stand-in of the connector service over TLS. The credentials of the service',
      'are read once an invocation that speaks to it, and count.',
    ],
  };
}

async function keys(): Promise<string[][]> {
  const world = new KeyWorld();
  const counted = async (name: string, work: (counter: Calls) => Promise<unknown>) => {
    const counter = new Calls();
    await work(counter);
    return row(name, counter.steps, 0);
  };
  const request = '00000000-0000-4000-8000-000000000001';
  return [
    await counted('key: create', (counter) => ensureKey(world.engine(counter), request)),
    await counted('key: update, unchanged', (counter) => ensureKey(world.engine(counter), request)),
    await counted('key: delete', (counter) => removeKeys(world.engine(counter))),
  ];
}

async function registration(): Promise<string[][]> {
  const stage = await RotationStage.start({ writeApi: true });
  const rows: string[][] = [];
  const counted = async (name: string, ...invocations: (() => Promise<unknown>)[]) => {
    const steps: string[] = [];
    let requests = 0;
    for (const invocation of invocations) {
      stage.calls = new Calls();
      stage.service.clearRequests();
      const failure = await invocation();
      if (failure instanceof Error) throw failure;
      requests += stage.service.requests().length;
      steps.push(...stage.calls.steps, ...(stage.service.requests().length > 0 ? ['secretsmanager:GetSecretValue'] : []));
    }
    rows.push(row(name, steps, requests));
  };
  try {
    const resource = stage.resource();
    const api = { Delivery: { Mode: 'API', Api: WRITE_API_PRESET } } as const;
    await counted('registration: create', () => resource.create(stage.properties()));
    await counted('registration: update, unchanged', () => resource.update(stage.properties()));
    await counted('registration: new title', () => resource.update(stage.properties({ Title: 'New' })));
    stage.adopt({ Title: 'New' });
    stage.clock.advance(90 * DAY);
    stage.secret.beginRotation(TOKEN);
    await counted('rotation, all four steps', ...STEPS.map((step) => () => stage.step(step, TOKEN)));
    await counted('daily run that deactivates the old key', async () => { stage.clock.advance(DAY); return stage.dailyRun(); });
    await counted('daily run that deletes it', async () => { stage.clock.advance(DAY); return stage.dailyRun(); });
    await counted('daily run with nothing to do', () => stage.dailyRun());
    await counted('registration: delete', () => resource.delete());
    await counted('registration: create, in API mode', () => stage.resource().create(stage.properties(api)));
  } finally {
    await stage.stop();
  }
  return rows;
}

/** Without the run of the connector, which takes the reads that it takes. */
async function connectors(): Promise<string[][]> {
  const world = await ConnectorsWorld.start();
  const rows: string[][] = [];
  const counted = async (name: string, work: () => Promise<unknown>) => {
    world.takeRequests();
    await work();
    rows.push(row(name, ['secretsmanager:GetSecretValue'], world.takeRequests().length));
  };
  try {
    const resource = world.resource();
    await counted('connector: create, not verified', () => resource.create(world.properties()));
    await counted('connector: update, unchanged', () => resource.update(world.properties()));
    await counted('connector: new name, not verified', () => resource.update(world.properties({ Name: 'New' })));
    await counted('connector: delete', () => resource.delete());
  } finally {
    await world.stop();
  }
  return rows;
}

function row(name: string, steps: readonly string[], requests: number): string[] {
  const aws = steps.filter((step) => !step.startsWith('service:'));
  const counts = new Map<string, number>();
  aws.forEach((step) => counts.set(step, (counts.get(step) ?? 0) + 1));
  return [name, String(aws.length), String(requests), [...counts].map(([step, count]) => (count === 1 ? step : `${count} x ${step}`)).join(', ')];
}
