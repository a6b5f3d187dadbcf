import { BrokenCall, during, inWords } from '../broken-call';
import { Command } from './command';
import { deploymentOf, delivers, Desired, Model, Scene } from './scene';
import { demand, excuse } from './truth';

export interface DeployOptions {
  readonly change: Partial<Desired> & { readonly newUser?: true };
  readonly broken?: BrokenCall;
  /** The same events come a second time, so many milliseconds later. */
  readonly again?: number;
}

/** Changes the template and deploys it. */
export class Deploy extends Command {
  public constructor(private readonly options: DeployOptions) {
    super();
  }

  public override check({ phase, foreign, unsettled }: Readonly<Model>): boolean {
    // What IAM says of a user whom keys keep is not this model's.
    return phase === 'STANDING' && !(this.options.change.newUser && (foreign.length > 0 || unsettled));
  }

  public toString(): string {
    const { change, broken, again } = this.options;
    return `deploy ${JSON.stringify(change)}${again === undefined ? '' : `, events again after ${again} ms`}${inWords(broken)}`;
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const { change: { newUser: wished, ...change }, again } = this.options;
    const { stage, world } = scene;
    // Known limits: the secret has a label for one replaced key only, and where people enter the key, the old user goes before they have.
    const inTime = scene.statusOf(scene.keyUnder('AWSPREVIOUS')) === undefined && delivers({ ...model, desired: { ...model.desired, ...change } });
    const renamed = change.registrationId !== undefined && change.registrationId !== model.desired.registrationId;
    const newUser = inTime && !renamed ? wished : undefined;
    // A takeover that is cut off is told in test/handler/registration/takeover.test.ts; a cleanup that fails leaves the old user's key.
    const broken = renamed || newUser ? undefined : this.options.broken;
    const next: Desired = { ...model.desired, ...change, ...(newUser ? { userName: `user-${++model.count}` } : {}) };
    const writes = differ(model.desired, next);
    const entry = scene.entry;
    excuse(model, scene, newUser);
    stage.requests.duplicate = again === undefined ? undefined : () => again;
    const { result: status, hit } = await during(world, broken, async () => {
      const ended = await stage.deploy(deploymentOf(next));
      await stage.requests.settled();
      return ended;
    });
    stage.requests.duplicate = undefined;
    const possible = !model.entryIsOthers && (!model.keyBroken || newUser === true) && (!renamed || next.adopt);
    if (!hit) demand(status === 'UPDATE_COMPLETE', !writes || possible, this.toString(), stage.stack.events);
    model.phase = status === 'UPDATE_ROLLBACK_FAILED' ? 'STUCK' : 'STANDING';
    if (status !== 'UPDATE_COMPLETE') {
      model.tampered ||= hit; // what was written before the failure may have healed something, or not
      return hit;
    }
    model.desired = next;
    if (newUser) this.abandon(model, scene);
    if (!writes) return hit;
    if (newUser) model.keyBroken = false;
    if (!delivers(model)) {
      expect(scene.entry).toEqual(entry); // only people write there
      return hit;
    }
    model.tampered = false;
    model.serviceBroken = false;
    expect(world.keyAtService).toBe(stage.currentKey);
    expect(stage.record).toMatchObject({ status: 'REGISTERED', delivery: 'API', registeredAccessKeyId: stage.currentKey });
    return hit;
  }

  /** What CloudFormation could not clean up it leaves behind, and so does the model. */
  private abandon(model: Model, { world: { aws: { account } } }: Scene): void {
    const left = account.keys.filter(({ userName }) => userName !== model.desired.userName);
    model.foreign = [...model.foreign, ...left.map(({ accessKeyId }) => accessKeyId)];
  }
}

function differ(before: Desired, after: Desired): boolean {
  return JSON.stringify(deploymentOf(before)) !== JSON.stringify(deploymentOf(after));
}

/** After a rollback that failed: tries again, or skips the registration. */
export class ContinueRollback extends Command {
  public constructor(private readonly skip: boolean) {
    super();
  }

  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'STUCK';
  }

  public toString(): string {
    return `continue the rollback${this.skip ? ', skipping the registration' : ''}`;
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const { stage } = scene;
    excuse(model, scene);
    const skip = this.skip ? [...stage.stack.resources].filter(([, { template }]) => template.deliver).map(([id]) => id) : [];
    const status = await stage.stack.continueUpdateRollback({ skip });
    await stage.requests.settled();
    model.phase = status === 'UPDATE_ROLLBACK_COMPLETE' ? 'STANDING' : 'STUCK';
    if (this.skip) {
      expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
      model.tampered = true; // until it is written again
    }
    return false;
  }
}
