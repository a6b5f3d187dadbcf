import { BrokenCall, during } from '../broken-call';
import { appOf, Command, delivers, Desired, Model, Scene } from './scene';
import { demand, excuse } from './truth';

export interface DeployOptions {
  readonly change: Partial<Desired> & { readonly newUser?: true };
  readonly broken?: BrokenCall;
  /** The same events come a second time, so many milliseconds later. */
  readonly again?: number;
}

/** Changes the template and deploys it. */
export class Deploy extends Command<DeployOptions> {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'STANDING';
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const { change: { newUser, ...change }, again, broken } = this.options;
    const { stage, world } = scene;
    const renamed = change.registrationId !== undefined && change.registrationId !== model.desired.registrationId;
    const next: Desired = { ...model.desired, ...change, ...(newUser ? { userName: `user-${++model.count}` } : {}) };
    // Where a person enters the key, the former user would go before anybody has entered the new one.
    const hasKey = world.aws.account.keysOf(model.desired.userName).some(({ accessKeyId }) => !model.foreign.includes(accessKeyId));
    const cutsOff = newUser === true && !delivers({ ...model, desired: next }) && scene.entry !== undefined && hasKey;
    const writes = differ(model.desired, next);
    const entry = scene.entry;
    excuse(model, scene, newUser);
    const told = stage.stack.events.length;
    stage.requests.duplicate = again === undefined ? undefined : () => again;
    const { result: status, hit } = await during(world, broken, async () => {
      const ended = await stage.deploy(appOf(next));
      await stage.requests.settled();
      return ended;
    });
    stage.requests.duplicate = undefined;
    const possible = !model.entryIsOthers && (!model.keyBroken || newUser === true) && (!renamed || next.adopt) && !cutsOff;
    if (!hit) demand(status === 'UPDATE_COMPLETE', !writes || possible, this.toString(), stage.stack.events);
    model.phase = status === 'UPDATE_ROLLBACK_FAILED' ? 'STUCK' : 'STANDING';
    if (newUser && model.phase === 'STANDING') abandon(model, scene, status === 'UPDATE_COMPLETE' ? next : model.desired, told);
    if (status !== 'UPDATE_COMPLETE') {
      model.tampered ||= hit; // what was written before the failure may have healed something, or not
      return hit;
    }
    model.desired = next;
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
}

/** What CloudFormation could not clean up it leaves behind, and so does the model; but it has said so. */
function abandon(model: Model, { stage, world: { aws: { account } } }: Scene, { userName }: Desired, told: number): void {
  const known = [...model.abandoned, ...account.keysOf(userName).map(({ accessKeyId }) => accessKeyId)];
  const left = account.keys.map(({ accessKeyId }) => accessKeyId).filter((id) => !known.includes(id));
  if (left.length === 0) return;
  expect(stage.stack.events.slice(told).filter((event) => event.startsWith('UserKey DELETE_FAILED'))).not.toEqual([]);
  model.abandoned = [...model.abandoned, ...left];
  model.foreign = model.foreign.filter((id) => !left.includes(id));
}

function differ(before: Desired, after: Desired): boolean {
  return JSON.stringify(appOf(before)) !== JSON.stringify(appOf(after));
}

/** After a rollback that failed: tries again, or skips the registration. */
export class ContinueRollback extends Command<boolean> {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'STUCK';
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const { stage } = scene;
    excuse(model, scene);
    const skip = this.options ? [...stage.stack.resources].filter(([, { template }]) => template.deliver).map(([id]) => id) : [];
    const status = await stage.stack.continueUpdateRollback({ skip });
    await stage.requests.settled();
    model.phase = status === 'UPDATE_ROLLBACK_COMPLETE' ? 'STANDING' : 'STUCK';
    if (this.options) {
      expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
      model.tampered = true; // until it is written again
    }
    return false;
  }
}
