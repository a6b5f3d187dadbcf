import * as fc from 'fast-check';
import { demand } from './base-account/truth';
import { BrokenCall, brokenCall, during, inWords } from './broken-call';
import { holdsFor, LIMIT, Played } from './runs';
import { CONNECTOR_RESOURCE_TYPE } from '../../src/private/connector-contract';
import { Requests } from '../support/cloudformation/requests';
import { Stack } from '../support/cloudformation/stack';
import type { Connector } from '../support/connector-service';
import { Seats } from '../support/lambda/seat';
import { World } from '../support/lambda/world';

const ROLE = 'arn:aws:iam::001122334455:role/QualysConnector';

interface Desired { readonly Name: string; readonly PollingMinutes: string; readonly Enabled: string; readonly Description?: string }

interface Model {
  phase: 'NONE' | 'STANDING' | 'STUCK' | 'FAILED';
  desired: Desired;
  adopt: boolean;
  /** A person has changed, removed or doubled what the stack manages; a run that failed may have, too. */
  disturbed: boolean;
  count: number;
}

const seats = new Seats();

class Scene implements Played {
  public readonly done: string[] = [];
  public readonly world: World;
  public readonly requests: Requests;
  public readonly violations: string[] = [];
  public stack: Stack;
  /** Made by a person. */
  public readonly byHand = new Set<number>();

  public constructor(seed: number) {
    this.world = new World({ seed, seats });
    this.requests = new Requests(this.world);
    this.stack = new Stack(this.requests);
    // At every instant: no second connector of one owner, and none that a person made is deleted.
    this.world.traffic.watch = ({ number, step }) => {
      if (this.made.length > 1) this.violations.push(`after call ${number}, ${step}: ${this.made.length} connectors were made`);
      const lost = this.world.service.connectors().filter(({ id, isDeleted }) => isDeleted && this.byHand.has(id));
      if (lost.length > 0) this.violations.push(`after call ${number}, ${step}: a connector made by hand was deleted`);
    };
  }

  public get live(): Connector[] {
    return this.world.service.connectors().filter(({ isDeleted }) => !isDeleted);
  }

  /** Made by a stack and marked so. */
  public get made(): Connector[] {
    return this.live.filter(({ settings }) => settings.description?.includes('[cdk-qualys-connectors created '));
  }

  /** As a comparison sees them. */
  public get text(): string {
    return JSON.stringify(this.live);
  }
}

async function deploy({ world, requests }: Scene, stack: Stack, desired: Desired, adopt: boolean) {
  const { hosts, credentialsArn } = world;
  const status = await stack.deploy({
    Connector: {
      type: CONNECTOR_RESOURCE_TYPE,
      deliver: (event) => world.function('connector').deliver(event),
      properties: {
        SchemaVersion: '1',
        Service: { ApiServer: hosts.apiServer, Gateway: hosts.gateway, PlatformUrl: hosts.platformUrl, Authentication: 'BASIC', CredentialsSecretArn: credentialsArn },
        AccountType: 'GLOBAL',
        RoleArn: ROLE,
        ExternalId: 'external-1234567890',
        Modules: ['AI', 'CI'],
        AdoptExisting: String(adopt),
        Verification: 'NONE',
        ...desired,
      },
    },
  });
  await requests.settled();
  return status;
}

abstract class Command implements fc.AsyncCommand<Model, Scene> {
  public check(_model: Readonly<Model>): boolean {
    return true;
  }

  public async run(model: Model, scene: Scene): Promise<void> {
    scene.done.push(this.constructor.name);
    const hit = await this.happen(model, scene);
    expect(scene.violations).toEqual([]);
    model.disturbed ||= hit;
    if (model.phase !== 'STANDING' || model.disturbed) return;
    const { Name, PollingMinutes, Enabled } = model.desired;
    expect(scene.live.map(({ settings }) => [settings.name, settings.runFrequency, settings.disabled ?? false, settings.arn]))
      .toEqual([[Name, Number(PollingMinutes), Enabled === 'false', ROLE]]);
  }

  public abstract toString(): string;
  protected abstract happen(model: Model, scene: Scene): Promise<boolean>;
}

class Deploy extends Command {
  public constructor(private readonly change: Partial<Desired>, private readonly adopt: boolean, private readonly broken?: BrokenCall) {
    super();
  }

  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'NONE' || phase === 'STANDING';
  }

  public toString(): string {
    return `deploy ${JSON.stringify(this.change)}${this.adopt ? ', adopting' : ''}${inWords(this.broken)}`;
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const first = model.phase === 'NONE';
    if (first) scene.stack = new Stack(scene.requests, `Stack${++model.count}`);
    const before = scene.text;
    const found = scene.live.length;
    const next = { ...model.desired, ...this.change };
    const { result: status, hit } = await during(scene.world, this.broken, () => deploy(scene, scene.stack, next, this.adopt));
    const succeeded = status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE';
    if (!hit && first) demand(succeeded, found === 0 || (found === 1 && this.adopt), this.toString(), scene.stack.events);
    if (!hit && !first && !model.disturbed) demand(succeeded, true, this.toString(), scene.stack.events);
    if (!hit && first && !succeeded) expect(scene.text).toBe(before);
    const isChange = JSON.stringify([model.desired, model.adopt]) !== JSON.stringify([next, this.adopt]);
    if (status === 'ROLLBACK_COMPLETE') {
      if (!hit) expect(scene.made).toEqual([]);
      return false;
    }
    model.phase = succeeded || status === 'UPDATE_ROLLBACK_COMPLETE' ? 'STANDING' : status === 'UPDATE_ROLLBACK_FAILED' ? 'STUCK' : 'FAILED';
    if (!succeeded) return hit;
    Object.assign(model, { desired: next, adopt: this.adopt });
    if (!hit && (first || isChange) && scene.live.length === 1) model.disturbed = false;
    return hit;
  }
}

class Delete extends Command {
  public constructor(private readonly broken?: BrokenCall) {
    super();
  }

  public override check({ phase }: Readonly<Model>): boolean {
    return phase !== 'NONE';
  }

  public toString(): string {
    return `delete${inWords(this.broken)}`;
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const { result: status, hit } = await during(scene.world, this.broken, async () => {
      const ended = await scene.stack.delete();
      await scene.requests.settled();
      return ended;
    });
    if (!hit) demand(status === 'DELETE_COMPLETE', true, this.toString(), scene.stack.events);
    model.phase = status === 'DELETE_COMPLETE' ? 'NONE' : 'FAILED';
    if (model.phase === 'FAILED') return hit;
    // By the mark nobody else but this stack can have made one.
    expect(scene.made).toEqual([]);
    model.disturbed = false;
    return false;
  }
}

/** Another stack wants a connector on the same role. */
class SecondStack extends Command {
  public override check({ phase, disturbed }: Readonly<Model>): boolean {
    return phase === 'STANDING' && !disturbed;
  }

  public toString(): string {
    return 'second stack';
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const before = scene.text;
    expect(await deploy(scene, new Stack(scene.requests, `Stack${++model.count}`), model.desired, false)).toBe('ROLLBACK_COMPLETE');
    expect(scene.text).toBe(before);
    return false;
  }
}

class ByHand extends Command {
  public constructor(private readonly what: 'create' | 'edit' | 'remove' | 'erase the mark') {
    super();
  }

  public toString(): string {
    return `by hand: ${this.what}`;
  }

  protected async happen(model: Model, { world: { service: { console } }, live, byHand }: Scene): Promise<boolean> {
    const [one] = live;
    if (this.what === 'create') {
      byHand.add(console.createConnector({ name: 'By hand', arn: ROLE, externalId: 'external-of-a-person', runFrequency: 240 }));
    } else if (one && this.what === 'remove') {
      byHand.delete(one.id);
      console.deleteConnector(one.id);
    } else if (one) {
      // Without its mark nobody knows who made it: it stays for good.
      if (this.what === 'erase the mark') byHand.add(one.id);
      console.editConnector(one.id, this.what === 'edit' ? { name: 'Edited' } : { description: 'Mine' });
    }
    model.disturbed ||= this.what === 'create' || one !== undefined;
    return false;
  }
}

class ContinueRollback extends Command {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'STUCK';
  }

  public toString(): string {
    return 'continue the rollback';
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const status = await scene.stack.continueUpdateRollback();
    await scene.requests.settled();
    model.phase = status === 'UPDATE_ROLLBACK_COMPLETE' ? 'STANDING' : 'STUCK';
    return false;
  }
}

const change = fc.record({
  Name: fc.constantFrom('Production', 'Other'),
  PollingMinutes: fc.constantFrom('240', '60'),
  Enabled: fc.constantFrom('true', 'false'),
  Description: fc.constantFrom('Of the platform team', 'Of nobody'),
}, { requiredKeys: [] });
const all: Array<fc.Arbitrary<fc.AsyncCommand<Model, Scene>>> = [
  ...[1, 2, 3].map(() => fc.tuple(change, fc.boolean(), brokenCall(9)).map((args) => new Deploy(...args))),
  brokenCall(6).map((broken) => new Delete(broken)),
  fc.constant(new SecondStack()),
  ...[1, 2].map(() => fc.constantFrom('create', 'edit', 'remove', 'erase the mark').map((what) => new ByHand(what as never))),
  fc.constant(new ContinueRollback()),
];

test('whoever makes, changes and removes connectors of a role, in whatever order (faults 17 and 67)', async () => {
  const arbitrary = fc.record({ seed: fc.nat(), first: fc.oneof(...all), rest: fc.commands<Model, Scene, false>(all, { maxCommands: 8 }) });
  await holdsFor({
    share: 0.36,
    arbitrary,
    play: async ({ seed, first, rest }) => {
      const model: Model = { phase: 'NONE', desired: { Name: 'Production', PollingMinutes: '240', Enabled: 'true' }, adopt: false, disturbed: false, count: 0 };
      const scene = new Scene(seed);
      await fc.asyncModelRun(() => ({ model, real: scene }), { [Symbol.iterator]: function* () { yield first; yield* rest; } });
      scene.world.end();
      return scene;
    },
  });
}, LIMIT);
