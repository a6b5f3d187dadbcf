import { demand } from '../base-account/truth';
import { BrokenCall, during } from '../broken-call';
import { isSuccess, phaseAfter } from '../stack-scene';
import { BringOptions, Command, Desired, Model, Scene } from './scene';

export interface DeployOptions extends Pick<BringOptions, 'again'> {
  readonly change: Partial<Desired>;
  readonly adopt: boolean;
  readonly broken?: BrokenCall;
}

/** The stack is made, or deployed with something changed. */
export class Deploy extends Command<DeployOptions> {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'NONE' || phase === 'STANDING';
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const { change, adopt, again, broken } = this.options;
    const first = model.phase === 'NONE';
    if (first) scene.stage = scene.newStage();
    const before = scene.text;
    const next = { ...model.desired, ...change };
    const found = scene.on(next.roleArn).length;
    const { result: status, hit } = await during(scene.world, broken, () => scene.bring(next, adopt, { again }));
    const succeeded = isSuccess(status);
    if (!hit && first) demand(succeeded, found === 0 || (found === 1 && adopt), this.toString(), scene.stage.stack.events);
    if (!hit && !first && !model.disturbed) demand(succeeded, true, this.toString(), scene.stage.stack.events);
    if (!hit && first && !succeeded) expect(scene.text).toBe(before);
    const isChange = JSON.stringify([model.desired, model.adopt]) !== JSON.stringify([next, adopt]);
    if (status === 'ROLLBACK_COMPLETE') {
      if (!hit) expect(scene.made).toEqual([]);
      return false;
    }
    model.phase = phaseAfter(status);
    if (!succeeded) return hit;
    Object.assign(model, { desired: next, adopt });
    if (!hit && (first || isChange) && scene.live.length === 1) model.disturbed = false;
    return hit;
  }
}

/** A deployment that another resource fails, at any moment: a Create, or an Update that replaces, goes on although nobody waits for it. */
export class Cancelled extends Command<{ readonly change: Partial<Desired>; readonly after: number }> {
  public override check({ phase, disturbed }: Readonly<Model>): boolean {
    return phase === 'STANDING' && !disturbed;
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const status = await scene.bring({ ...model.desired, ...this.options.change }, model.adopt, { elsewhere: this.options.after });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    return false;
  }
}

/** AWS does not let the service in, so that its run of a changed connector fails: the change is put back before CloudFormation hears of it. */
export class Refused extends Command {
  public override check({ phase, disturbed }: Readonly<Model>): boolean {
    return phase === 'STANDING' && !disturbed;
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const { traffic } = scene.world;
    const { watch } = traffic;
    const answered: Array<string | undefined> = [];
    traffic.watch = (call) => {
      watch?.(call);
      if (call.step === 'answer') answered.push(scene.live[0]?.settings.name);
    };
    const status = await scene.bring({ ...model.desired, name: `${model.desired.name}!`, enabled: true }, model.adopt, { verify: true });
    traffic.watch = watch;
    expect([status, answered]).toEqual(['UPDATE_ROLLBACK_COMPLETE', [model.desired.name, model.desired.name]]);
    return false;
  }
}

export class Delete extends Command<BrokenCall | undefined> {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase !== 'NONE';
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const { result: status, hit } = await during(scene.world, this.options, () => scene.delete());
    if (!hit) demand(status === 'DELETE_COMPLETE', true, this.toString(), scene.stage.stack.events);
    model.phase = status === 'DELETE_COMPLETE' ? 'NONE' : 'FAILED';
    if (model.phase === 'FAILED') return hit;
    expect(scene.on(model.desired.roleArn).filter((one) => scene.made.includes(one))).toEqual([]);
    model.disturbed = false;
    return false;
  }
}

export class ContinueRollback extends Command {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'STUCK';
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    model.phase = phaseAfter(await scene.continueRollback());
    return false;
  }
}
