import { Command, delivers, Model, Scene } from './scene';

export const OTHER_ACCOUNT = '999999999999';
const NOBODYS = { accessKeyId: 'AKIAOFNOBODY00000001', secretAccessKey: 'a secret of nobody' };

/** What people do to the entry at the vendor's console. */
export class EditEntry extends Command<'remove' | 'title' | 'key' | 'account' | 'account back'> {
  protected async happen(model: Model, scene: Scene): Promise<void> {
    const { service: { console } } = scene.world;
    if (!scene.entry || (this.options === 'account back') !== model.entryIsOthers) return;
    model.tampered = true;
    switch (this.options) {
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
export class EnterKey extends Command {
  public override check(model: Readonly<Model>): boolean {
    return model.phase === 'STANDING' && !delivers(model) && !model.entryIsOthers && !model.keyBroken;
  }

  protected async happen(model: Model, { world, stage }: Scene): Promise<void> {
    const { secret } = stage;
    const waiting = secret.json('AWSPENDING') ?? secret.json('AWSCURRENT')!;
    world.enterKey(waiting as { accessKeyId: string; secretAccessKey: string });
    model.serviceBroken = !world.serviceCalls();
  }
}

/** A key is deleted or deactivated behind our back. */
export class LoseKey extends Command<{ readonly stage: 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS'; readonly how: 'delete' | 'deactivate' }> {
  protected async happen(model: Model, scene: Scene): Promise<void> {
    const id = scene.keyUnder(this.options.stage);
    const key = scene.world.aws.account.keys.find(({ accessKeyId }) => accessKeyId === id);
    if (!key) return;
    if (this.options.how === 'delete') scene.world.aws.account.deleteKey(key.userName, key.accessKeyId);
    else key.status = 'Inactive';
    model.serviceBroken ||= scene.world.keyAtService === id;
    model.keyBroken ||= scene.stage.currentKey === id;
  }
}

/** Somebody makes a key of their own for the user. */
export class ForeignKey extends Command {
  public override check({ unsettled, phase, foreign }: Readonly<Model>): boolean {
    // While an attempt is open, a key that comes within its time counts as its own.
    return phase === 'STANDING' && !unsettled && foreign.length === 0;
  }

  protected async happen(model: Model, { world: { aws: { account } } }: Scene): Promise<void> {
    if (account.keysOf(model.desired.userName).length < 2) model.foreign = [account.createKey(model.desired.userName).accessKeyId];
  }
}

/** And takes it away again. */
export class RemoveForeignKey extends Command {
  public override check({ foreign }: Readonly<Model>): boolean {
    return foreign.length > 0;
  }

  protected async happen(model: Model, { world: { aws: { account } } }: Scene): Promise<void> {
    const made = account.keys.filter((key) => model.foreign.includes(key.accessKeyId));
    for (const { userName, accessKeyId } of made) account.deleteKey(userName, accessKeyId);
    model.foreign = [];
  }
}

/** The service, or somebody who still has the old key, makes a call. */
export class Use extends Command<'at the service' | 'AWSPREVIOUS'> {
  protected async happen(model: Model, scene: Scene): Promise<void> {
    const { world } = scene;
    world.time.advance(1_000);
    if (this.options === 'at the service') {
      const known = scene.entry !== undefined && !model.serviceBroken;
      expect(world.serviceCalls() || !known).toBe(true);
      return;
    }
    const old = world.aws.account.keys.find(({ accessKeyId }) => accessKeyId === scene.keyUnder('AWSPREVIOUS'));
    if (old) world.aws.account.use(old);
  }
}

/** Time goes by; nobody's step may count on it. */
export class ClockJump extends Command<number> {
  protected async happen(_model: Model, { world }: Scene): Promise<void> {
    world.time.advance(this.options * 3_600_000);
  }
}
