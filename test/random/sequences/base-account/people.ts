import { Command } from './command';
import { delivers, Model, Scene } from './scene';

/** Something that a person does, and that cannot fail. */
abstract class Person extends Command {
  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    this.act(model, scene);
    return false;
  }

  protected abstract act(model: Model, scene: Scene): void;
}

export const OTHER_ACCOUNT = '999999999999';
const NOBODYS = { accessKeyId: 'AKIAOFNOBODY00000001', secretAccessKey: 'a secret of nobody' };

/** What people do to the entry at the vendor's console. */
export class EditEntry extends Person {
  public constructor(private readonly edit: 'remove' | 'title' | 'key' | 'account' | 'account back') {
    super();
  }

  public toString(): string {
    return `at the console: ${this.edit}`;
  }

  protected act(model: Model, scene: Scene): void {
    const { service: { console } } = scene.world;
    if (!scene.entry || (this.edit === 'account back') !== model.entryIsOthers) return;
    model.tampered = true;
    switch (this.edit) {
      case 'remove':
        console.deleteBaseAccount('Global');
        model.serviceBroken = false;
        return;
      case 'title': return console.editBaseAccount('Global', { title: 'Typed' });
      case 'account':
        console.editBaseAccount('Global', { awsAccountId: OTHER_ACCOUNT, ...NOBODYS });
        model.entryIsOthers = model.serviceBroken = true;
        return;
      default:
        console.editBaseAccount('Global', { awsAccountId: scene.world.aws.account.accountId, ...NOBODYS });
        model.entryIsOthers = false;
        model.serviceBroken = true;
    }
  }
}

/** Where nothing else writes the key to the service: a person takes the one that waits, and the service begins to use it. */
export class EnterKey extends Person {
  public override check(model: Readonly<Model>): boolean {
    return model.phase === 'STANDING' && !delivers(model) && !model.entryIsOthers && !model.keyBroken;
  }

  public toString(): string {
    return 'enter the key at the console';
  }

  protected act(model: Model, { world, stage }: Scene): void {
    const { secret } = stage;
    const waiting = secret.json('AWSPENDING') ?? secret.json('AWSCURRENT')!;
    world.enterKey(waiting as { accessKeyId: string; secretAccessKey: string });
    model.serviceBroken = !world.serviceCalls();
  }
}

/** A key is deleted or deactivated behind our back. */
export class LoseKey extends Person {
  public constructor(private readonly stage: 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS', private readonly how: 'delete' | 'deactivate') {
    super();
  }

  public toString(): string {
    return `${this.how} the key under ${this.stage}`;
  }

  protected act(model: Model, scene: Scene): void {
    const id = scene.keyUnder(this.stage);
    const key = scene.world.aws.account.keys.find(({ accessKeyId }) => accessKeyId === id);
    if (!key) return;
    if (this.how === 'delete') scene.world.aws.account.deleteKey(key.userName, key.accessKeyId);
    else key.status = 'Inactive';
    model.serviceBroken ||= scene.world.keyAtService === id;
    model.keyBroken ||= scene.stage.currentKey === id;
  }
}

/** Somebody makes a key of their own for the user. */
export class ForeignKey extends Person {
  public override check({ unsettled, phase, foreign }: Readonly<Model>): boolean {
    // While an attempt is open, a key that comes within its time counts as its own.
    return phase === 'STANDING' && !unsettled && foreign.length === 0;
  }

  public toString(): string {
    return 'make a key by hand';
  }

  protected act(model: Model, { world: { aws: { account } } }: Scene): void {
    if (account.keysOf(model.desired.userName).length < 2) model.foreign = [account.createKey(model.desired.userName).accessKeyId];
  }
}

/** And takes it away again. */
export class RemoveForeignKey extends Person {
  public override check({ foreign }: Readonly<Model>): boolean {
    return foreign.length > 0;
  }

  public toString(): string {
    return 'delete the keys made by hand';
  }

  protected act(model: Model, { world: { aws: { account } } }: Scene): void {
    const made = account.keys.filter((key) => model.foreign.includes(key.accessKeyId));
    for (const { userName, accessKeyId } of made) account.deleteKey(userName, accessKeyId);
    model.foreign = [];
  }
}

/** The service, or somebody who still has the old key, makes a call. */
export class Use extends Person {
  public constructor(private readonly key: 'at the service' | 'AWSPREVIOUS') {
    super();
  }

  public toString(): string {
    return `use the key ${this.key}`;
  }

  protected act(model: Model, scene: Scene): void {
    const { world } = scene;
    world.time.advance(1_000);
    if (this.key === 'at the service') {
      const known = scene.entry !== undefined && !model.serviceBroken;
      expect(world.serviceCalls() || !known).toBe(true);
      return;
    }
    const old = world.aws.account.keys.find(({ accessKeyId }) => accessKeyId === scene.keyUnder('AWSPREVIOUS'));
    if (old) world.aws.account.use(old);
  }
}

/** Time goes by; nobody's step may count on it. */
export class ClockJump extends Person {
  public constructor(private readonly hours: number) {
    super();
  }

  public toString(): string {
    return `${this.hours} hours go by`;
  }

  protected act(_model: Model, { world }: Scene): void {
    world.time.advance(this.hours * 3_600_000);
  }
}
