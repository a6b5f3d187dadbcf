import * as fc from 'fast-check';
import { mostInAnHour } from '../../support/fleet-simulation';
import type { Fault } from '../../support/lambda/faults';
import { BY_HAND } from '../../support/stage/connector-stage';
import { account, accounts, FleetStage, HOUR, MINUTE, roleArn } from '../../support/stage/fleet-stage';
import { holdsFor, LIMIT } from '../sequences/runs';

const ACCOUNTS = 6;
const CALLS = 30;
/** A list without anybody is not believed. */
const STAYS = account(50);

type Command =
  | { readonly kind: 'join' | 'leave' | 'suspend' | 'delete by hand' | 'disable by hand' | 'copy by hand' | 'foreign'; readonly number: number }
  | { readonly kind: 'run' | 'two runs' | 'hour' | 'day' }
  | { readonly kind: 'broken run'; readonly at: number; readonly fault: Fault }
  | { readonly kind: 'refusal'; readonly seconds: number | undefined }
  | { readonly kind: 'settings'; readonly minutes: number };

const number = fc.integer({ min: 1, max: ACCOUNTS });
const of = <K extends string>(...kinds: K[]) => fc.constantFrom(...kinds);
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: of('join', 'leave'), number }) },
  { weight: 1, arbitrary: fc.record({ kind: of('suspend', 'delete by hand', 'disable by hand', 'copy by hand', 'foreign'), number }) },
  { weight: 6, arbitrary: fc.record({ kind: of('run', 'two runs', 'hour', 'day') }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: of('broken run'), at: fc.integer({ min: 1, max: 30 }), fault: fc.constantFrom<Fault>('kill', 'lose-answer', 'hang-after', 'server-error', 'refuse', 'throttle', 'truncated'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: of('refusal'), seconds: fc.constantFrom(undefined, 600) }) },
  { weight: 2, arbitrary: fc.record({ kind: of('settings'), minutes: fc.constantFrom(240, 360, 480) }) },
);

/** A fleet in a world where anything happens, and what the test knows of it. */
class Scene {
  public readonly stage = new FleetStage({ seed: 7 });
  public readonly done: string[] = [];
  /** Of the service, every call. */
  private readonly times: number[] = [];
  /** Connectors of others, as they were made. */
  private readonly others = new Map<number, string>();

  public async begin(): Promise<void> {
    const { stage } = this;
    stage.world.aws.organization.join('999999999999', 'Management');
    stage.join(account(1), STAYS);
    stage.world.traffic.watch = ({ surface, at }) => { if (surface === 'service') this.times.push(at); };
    stage.world.traffic.latency = ({ surface }) => (surface === 'service' ? 1_000 : 10);
    expect(await stage.deploy({ callsPerHour: CALLS })).toBe('CREATE_COMPLETE');
  }

  public async play(one: Command): Promise<void> {
    const { stage } = this;
    const { world: { aws, traffic }, service } = stage;
    const isThere = 'number' in one && aws.organization.accounts.get(account(one.number))?.state === 'ACTIVE' && stage.set.instances.has(account(one.number));
    const own = 'number' in one ? stage.live.find(({ id, settings: { arn } }) => arn === roleArn(account(one.number)) && !this.others.has(id)) : undefined;
    this.done.push(one.kind);
    switch (one.kind) {
      case 'join': return isThere ? undefined : stage.join(account(one.number));
      case 'leave': return stage.set.instances.has(account(one.number)) ? stage.leave(account(one.number)) : undefined;
      case 'suspend': {
        if (isThere) aws.organization.accounts.get(account(one.number))!.state = 'SUSPENDED';
        return undefined;
      }
      case 'delete by hand': return own && service.console.deleteConnector(own.id);
      case 'disable by hand': return own && service.console.editConnector(own.id, { disabled: true });
      case 'copy by hand': return own && this.addOther({ ...own.settings, name: 'A copy' });
      case 'foreign': return this.addOther({ ...BY_HAND, arn: `arn:aws:iam::${account(one.number)}:role/Somebody` });
      case 'run': return this.run(async () => stage.run());
      case 'two runs': return this.run(async () => Promise.all([stage.run(), stage.run()]));
      case 'hour': return stage.runFor(HOUR);
      case 'day': return stage.runFor(25 * HOUR);
      case 'refusal': return service.faults.next({ match: { path: /qps/ } }, { kind: 'limit', toWaitSeconds: one.seconds });
      case 'settings': {
        const status = await stage.deploy({ callsPerHour: CALLS, pollingMinutes: one.minutes });
        expect(status).toMatch(/UPDATE_(ROLLBACK_)?COMPLETE/);
        return undefined;
      }
      default: {
        let count = 0;
        traffic.fault = ({ surface }) => (++count === one.at && (one.fault !== 'truncated' || surface === 'service') ? one.fault : undefined);
        await this.run(async () => stage.run());
        traffic.fault = undefined;
        return undefined;
      }
    }
  }

  /** Whatever happened, in the end each account has one connector of ours, as the code has it, and nobody else's was touched. */
  public async rest(): Promise<void> {
    const { stage, others } = this;
    stage.service.faults.clear();
    await stage.runFor(45 * HOUR);
    const { organization } = stage.world.aws;
    const members = [...accounts(ACCOUNTS), STAYS].filter((one) => organization.accounts.get(one)?.state === 'ACTIVE' && stage.set.instances.has(one));
    const ours = stage.live.filter(({ id }) => !others.has(id));
    const arns = ours.map(({ settings: { arn } }) => arn);
    expect(arns.length).toBe(new Set(arns).size);
    for (const one of members) {
      const connector = ours.find(({ settings: { arn } }) => arn === roleArn(one));
      expect(connector?.settings.disabled).toBe(false);
      expect(stage.row(one)).toMatchObject({ connectorId: String(connector!.id), origin: 'created' });
    }
    for (const { id, settings } of stage.live) if (others.has(id)) expect(JSON.stringify(settings)).toBe(others.get(id));
    expect([...others.keys()].every((id) => stage.live.some((one) => one.id === id))).toBe(true);
    expect(mostInAnHour(this.times)).toBeLessThanOrEqual(CALLS);
    expect(stage.metrics).toMatchObject({ Connected: members.length, Waiting: 0, Problems: 0 });
  }

  private async run(work: () => Promise<unknown>): Promise<void> {
    const next = this.stage.world.time.now() + 5 * MINUTE;
    await work();
    this.stage.world.time.advance(Math.max(0, next - this.stage.world.time.now()));
  }

  private addOther(settings: object): void {
    const id = this.stage.service.console.createConnector(settings as never);
    this.others.set(id, JSON.stringify(this.stage.live.find((one) => one.id === id)!.settings));
  }
}

test('whatever happens to a fleet, in whatever order (faults 108 to 118, 120 and 121)', async () => {
  await holdsFor({
    share: 0.003,
    arbitrary: fc.array(command, { minLength: 3, maxLength: 14 }),
    play: async (commands) => {
      const scene = new Scene();
      await scene.begin();
      for (const one of commands) await scene.play(one);
      await scene.rest();
      scene.stage.world.end();
      return scene;
    },
  });
}, LIMIT);
