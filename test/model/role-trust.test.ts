import * as fc from 'fast-check';
import { demand } from './base-account/truth';
import { BrokenCall, brokenCall, during, inWords } from './broken-call';
import { holdsFor, LIMIT, Played } from './runs';
import { ROLE_TRUST_RESOURCE_TYPE } from '../../src/private/role-trust-contract';
import { BASE, documentOf, EXTERNAL_ID, QUALYS, RECORD, ROLE_ARN, ROLE_NAME, SOMEBODY, TRUSTS, VENDOR } from '../handler/role-trust/world';
import { Requests } from '../support/cloudformation/requests';
import { Stack } from '../support/cloudformation/stack';
import { Seats } from '../support/lambda/seat';
import { World } from '../support/lambda/world';

type Name = keyof typeof TRUSTS;

interface Model {
  phase: 'NONE' | 'STANDING' | 'STUCK' | 'FAILED';
  wanted: Name;
  logicalId: string;
  /** Whom the service's statements let in before; and the document, as long as nobody else has changed it. */
  original: { readonly mark: string; readonly text?: string };
  /** Statements of others. */
  others: string[];
  /** A person has changed the service's statements. */
  tampered: boolean;
  /** The renamed resource could not be cleaned up, so that it counts as there: the other one gives the role back to it. */
  isTwo: boolean;
  count: number;
}

const OTHERS = [SOMEBODY, '{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999988887777:root"},"Action":"sts:AssumeRole"}'];
const seats = new Seats();

class Scene implements Played {
  public readonly done: string[] = [];
  public readonly violations: string[] = [];
  public readonly world: World;
  public readonly requests: Requests;
  public stack: Stack;
  /** Whom the service's statements may let in. */
  public allowed: string[] = [];

  public constructor(model: Model, seed: number) {
    this.world = new World({ seed, seats });
    this.requests = new Requests(this.world);
    this.stack = new Stack(this.requests);
    this.world.aws.account.roles.create(ROLE_NAME, model.original.text!);
    // At every instant the service is let in, by a trust that somebody has asked for, and the others are left alone.
    this.world.traffic.watch = ({ number, step }) => {
      if (!this.allowed.includes(this.mark)) this.violations.push(`after call ${number}, ${step}: lets in ${this.mark}`);
      const others = JSON.stringify(this.statements.filter((one) => !one.includes(EXTERNAL_ID)));
      if (others !== JSON.stringify(model.others)) this.violations.push(`after call ${number}, ${step}: others are ${others}`);
    };
  }

  public get role() {
    return this.world.aws.account.roles.get(ROLE_NAME);
  }

  /** As they are meant; that they stay byte for byte is tested beside. */
  public get statements(): string[] {
    return (JSON.parse(this.role.trust) as { Statement: object[] }).Statement.map((statement) => JSON.stringify(statement));
  }

  public get mark(): string {
    return this.statements.filter((one) => one.includes(EXTERNAL_ID)).map((one) => (one.includes(QUALYS) ? 'qualys' : 'base')).sort().join();
  }
}

const MARKS: Readonly<Record<Name, string>> = { qualys: 'qualys', both: 'base,qualys', base: 'base' };

async function deploy(scene: Scene, stack: Stack, wanted: Name, logicalId: string, adopt: boolean) {
  const status = await stack.deploy({
    [logicalId]: {
      type: ROLE_TRUST_RESOURCE_TYPE,
      deliver: (event) => scene.world.function('role-trust').deliver(event),
      properties: {
        SchemaVersion: '1',
        RoleArn: ROLE_ARN,
        ExternalId: EXTERNAL_ID,
        Statements: TRUSTS[wanted],
        FormerAccountIds: [QUALYS, BASE],
        AdoptExisting: String(adopt),
        RecordName: RECORD,
      },
    },
  });
  await scene.requests.settled();
  return status;
}

abstract class Command implements fc.AsyncCommand<Model, Scene> {
  public check(_model: Readonly<Model>): boolean {
    return true;
  }

  public async run(model: Model, scene: Scene): Promise<void> {
    scene.done.push(this.constructor.name);
    scene.allowed = [scene.mark, model.original.mark, MARKS[model.wanted]];
    if (model.isTwo) scene.allowed.push(...Object.values(MARKS));
    await this.happen(model, scene);
    expect(scene.violations).toEqual([]);
    if (model.phase === 'STANDING' && !model.tampered) expect(scene.mark).toBe(MARKS[model.wanted]);
  }

  public abstract toString(): string;
  protected abstract happen(model: Model, scene: Scene): Promise<void>;
}

class Switch extends Command {
  public constructor(
    private readonly wanted: Name, private readonly logicalId: string, private readonly adopt: boolean, private readonly broken?: BrokenCall,
  ) {
    super();
  }

  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'NONE' || phase === 'STANDING';
  }

  public toString(): string {
    return `${this.logicalId}: ${this.wanted}${this.adopt ? ', adopting' : ''}${inWords(this.broken)}`;
  }

  protected async happen(model: Model, scene: Scene): Promise<void> {
    const first = model.phase === 'NONE';
    if (first) {
      scene.stack = new Stack(scene.requests, `Stack${++model.count}`);
      model.original = { mark: scene.mark, text: scene.role.trust };
    }
    scene.allowed.push(MARKS[this.wanted]);
    const before = scene.role.trust;
    const { result: status, hit } = await during(scene.world, this.broken, () => deploy(scene, scene.stack, this.wanted, this.logicalId, this.adopt));
    const succeeded = status.endsWith('E_COMPLETE') && !status.includes('ROLLBACK');
    if (!hit && (first || !model.tampered || this.adopt)) demand(succeeded, true, this.toString(), scene.stack.events);
    if (!hit && !succeeded) expect(scene.role.trust).toBe(before);
    if (status === 'ROLLBACK_COMPLETE') {
      expect(scene.role.trust).toBe(model.original.text);
      return;
    }
    model.phase = succeeded || status === 'UPDATE_ROLLBACK_COMPLETE' ? 'STANDING' : status === 'UPDATE_ROLLBACK_FAILED' ? 'STUCK' : 'FAILED';
    if (!succeeded) return;
    if (model.tampered && !first) model.original = { mark: this.markOf(before) };
    const untouched = model.wanted === this.wanted && model.logicalId === this.logicalId && scene.mark !== MARKS[this.wanted];
    model.isTwo ||= hit && model.logicalId !== this.logicalId && !first;
    Object.assign(model, { wanted: this.wanted, logicalId: this.logicalId, tampered: untouched });
  }

  private markOf(text: string): string {
    return (JSON.parse(text) as { Statement: object[] }).Statement.map((one) => JSON.stringify(one)).filter((one) => one.includes(EXTERNAL_ID))
      .map((one) => (one.includes(QUALYS) ? 'qualys' : 'base')).sort().join();
  }
}

class Remove extends Command {
  public constructor(private readonly broken?: BrokenCall) {
    super();
  }

  public override check({ phase }: Readonly<Model>): boolean {
    return phase !== 'NONE';
  }

  public toString(): string {
    return `remove${inWords(this.broken)}`;
  }

  protected async happen(model: Model, scene: Scene): Promise<void> {
    const before = scene.role.trust;
    const { result: status, hit } = await during(scene.world, this.broken, async () => {
      const ended = await scene.stack.delete();
      await scene.requests.settled();
      return ended;
    });
    if (!hit && !model.tampered && model.phase === 'STANDING') demand(status === 'DELETE_COMPLETE', true, this.toString(), scene.stack.events);
    model.phase = status === 'DELETE_COMPLETE' ? 'NONE' : 'FAILED';
    if (model.phase === 'FAILED') {
      if (!hit) expect(scene.role.trust).toBe(before);
      return;
    }
    if (model.isTwo) { // A person has to look at it.
      scene.world.aws.parameters.clear();
      Object.assign(model, { isTwo: false, tampered: false });
      return;
    }
    if (!model.tampered) expect(scene.mark).toBe(model.original.mark);
    if (!model.tampered && model.original.text !== undefined) expect(scene.role.trust).toBe(model.original.text);
    expect(scene.world.aws.parameters.size).toBe(0);
    model.tampered = false;
  }
}

/** A stack that edits the same role without saying that it takes it over. */
class SecondStack extends Command {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'STANDING';
  }

  public toString(): string {
    return 'second stack';
  }

  protected async happen(model: Model, scene: Scene): Promise<void> {
    const before = [scene.role.trust, ...scene.world.aws.parameters.values()];
    expect(await deploy(scene, new Stack(scene.requests, `Stack${++model.count}`), 'base', 'Trust', false)).toBe('ROLLBACK_COMPLETE');
    expect([scene.role.trust, ...scene.world.aws.parameters.values()]).toEqual(before);
  }
}

/** A person edits the trust policy: statements of others, or those of the service. */
class Edit extends Command {
  public constructor(private readonly others: readonly string[] | undefined, private readonly service: Name | undefined) {
    super();
  }

  public toString(): string {
    return `by hand: ${this.others ? `${this.others.length} others ` : ''}${this.service ?? ''}`;
  }

  protected async happen(model: Model, scene: Scene): Promise<void> {
    const own = this.service && this.service !== model.wanted && model.phase !== 'NONE'
      ? TRUSTS[this.service].map((one) => JSON.stringify(one))
      : scene.statements.filter((one) => one.includes(EXTERNAL_ID));
    const others = this.others?.map((one) => JSON.stringify(JSON.parse(one))) ?? model.others;
    const before = scene.mark;
    scene.role.trust = documentOf(...own, ...others);
    if (scene.mark !== before) model.tampered = true;
    model.original = { mark: model.original.mark };
    model.others = others;
  }
}

class ContinueRollback extends Command {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'STUCK';
  }

  public toString(): string {
    return 'continue the rollback';
  }

  protected async happen(model: Model, scene: Scene): Promise<void> {
    const status = await scene.stack.continueUpdateRollback();
    await scene.requests.settled();
    if (!model.tampered) expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    model.phase = status === 'UPDATE_ROLLBACK_COMPLETE' ? 'STANDING' : 'STUCK';
  }
}

const names = fc.constantFrom<Name>('qualys', 'both', 'base');
const all: Array<fc.Arbitrary<fc.AsyncCommand<Model, Scene>>> = [
  ...[1, 2, 3].map(() => fc.tuple(names, fc.constantFrom('Trust', 'Trust', 'Renamed'), fc.boolean(), brokenCall(9)).map((args) => new Switch(...args))),
  brokenCall(6).map((broken) => new Remove(broken)),
  fc.constant(new SecondStack()),
  fc.tuple(fc.option(fc.subarray(OTHERS), { nil: undefined }), fc.option(names, { nil: undefined, freq: 1 })).map((args) => new Edit(...args)),
  fc.constant(new ContinueRollback()),
];

test('whoever edits the trust of a role, in whatever order: the service is let in, and the others are left alone', async () => {
  const commands = fc.commands<Model, Scene, false>(all, { maxCommands: 9 });
  const arbitrary = fc.record({ seed: fc.nat(), others: fc.subarray(OTHERS), first: fc.oneof(...all), rest: commands });
  await holdsFor({
    share: 0.42,
    arbitrary,
    play: async ({ seed, others, first, rest }) => {
      const model: Model = {
        phase: 'NONE',
        wanted: 'qualys',
        logicalId: 'Trust',
        original: { mark: 'qualys', text: documentOf(VENDOR, ...others) },
        others: others.map((one) => JSON.stringify(JSON.parse(one))),
        tampered: false,
        isTwo: false,
        count: 0,
      };
      const scene = new Scene(model, seed);
      await fc.asyncModelRun(() => ({ model, real: scene }), { [Symbol.iterator]: function* () { yield first; yield* rest; } });
      scene.world.end();
      return scene;
    },
  });
}, LIMIT);
