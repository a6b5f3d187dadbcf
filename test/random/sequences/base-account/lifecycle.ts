import { standing } from '../../../faults/invariants';
import { BaseAccountStage } from '../../../support/stage/base-account-stage';
import { BrokenCall, during } from '../broken-call';
import { nextToken } from './rotate';
import { appOf, Command, delivers, Desired, Model, Scene } from './scene';
import { demand, excuse } from './truth';

/** The stack is deleted; after a failure once more. */
export class Delete extends Command<BrokenCall | undefined> {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase !== 'GONE';
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const { stage, world } = scene;
    const { entry } = scene;
    excuse(model, scene, true);
    const entryIsOurs = entry !== undefined && !model.entryIsOthers;
    const own = stage.record?.owner.stackId === stage.stack.stackId;
    const viaApi = stage.record?.delivery === 'API' && model.desired.mode === 'AUTO' && !stage.record.adopted;
    // A second stack's user may have one as well, which is none of this stack's business.
    const hasForeignKey = world.aws.account.keysOf(model.desired.userName).some(({ accessKeyId }) => model.foreign.includes(accessKeyId));
    const { result: status, hit } = await during(world, this.options, async () => {
      const ended = await stage.stack.delete();
      await stage.requests.settled();
      return ended;
    });
    const possible = !hasForeignKey && (!entryIsOurs || !own || viaApi);
    if (!hit && model.phase === 'STANDING') demand(status === 'DELETE_COMPLETE', possible, this.toString(), stage.stack.events);
    if (entry && (model.entryIsOthers || !viaApi)) expect(scene.entry).toEqual(entry); // not ours to remove
    model.phase = status === 'DELETE_COMPLETE' ? 'GONE' : 'FAILED';
    if (status !== 'DELETE_COMPLETE') return hit;
    gone(model, scene);
    return hit;
  }
}

/** After a deletion, or a creation that was rolled back: nothing of the stack is left. */
function gone(model: Model, scene: Scene): void {
  const { stage, world } = scene;
  if (!model.entryIsOthers && !model.adopted) expect(scene.entry).toBeUndefined();
  expect(stage.record).toBeUndefined();
  const left = world.aws.account.keysOf(model.desired.userName).map(({ accessKeyId }) => accessKeyId);
  expect(left.filter((id) => !model.foreign.includes(id))).toEqual([]);
  Object.assign(model, { phase: 'GONE', keyBroken: false, unsettled: false });
}

/** The stack is made anew, under another name. */
export class Create extends Command<Pick<Desired, 'adopt' | 'mode'> & { readonly broken?: BrokenCall }> {
  public override check({ phase, foreign }: Readonly<Model>): boolean {
    return phase === 'GONE' && foreign.length === 0;
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const { world } = scene;
    const number = ++model.count;
    const { broken, ...change } = this.options;
    const desired: Desired = { ...model.desired, ...change, userName: `user-${number}` };
    scene.turnTo(new BaseAccountStage({ beside: scene.stage, stackName: `Stack${number}` }));
    const { stage } = scene;
    const { entry } = scene;
    model.desired = desired;
    Object.assign(model, { phase: 'STANDING', adopted: entry !== undefined, promotedAt: world.time.now(), tampered: false });
    excuse(model, scene, true);
    const { result: status, hit } = await during(world, broken, async () => {
      const ended = await stage.deploy(appOf(desired));
      await stage.requests.settled();
      return ended;
    });
    const possible = !model.entryIsOthers && (!entry || desired.adopt);
    if (!hit) demand(status === 'CREATE_COMPLETE', possible, this.toString(), stage.stack.events);
    model.phase = status === 'CREATE_COMPLETE' ? 'STANDING' : 'FAILED';
    if (status === 'ROLLBACK_COMPLETE') {
      gone(model, scene);
      if (entry && !hit) expect(scene.entry).toEqual(entry);
    }
    if (status !== 'CREATE_COMPLETE') return hit;
    if (delivers(model)) model.serviceBroken = false;
    else expect(scene.entry).toEqual(entry);
    if (entry && !delivers(model)) model.tampered = true;
    return hit;
  }
}

/** Before there is a stack, a person makes an entry of the same account. */
export class CreateByHand extends Command {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'GONE';
  }

  protected async happen(model: Model, { world, entry }: Scene): Promise<boolean> {
    if (entry) return false;
    world.service.console.createBaseAccount({
      title: 'Typed', awsAccountId: world.aws.account.accountId, accountType: 'Global', accessKeyId: 'AKIAOFNOBODY00000001', secretAccessKey: 'a secret of nobody',
    });
    Object.assign(model, { serviceBroken: true, entryIsOthers: false, tampered: true });
    return false;
  }
}

/** What the loser tries after another stack took the entry over. */
export const LATE = ['rotate', 'daily run', 'change'] as const;
type Late = ReadonlyArray<typeof LATE[number]>;

/**
 * A second stack wants the same account type. Without `adopt` it is refused, and the first one is as it was. With it the entry
 * is the second one's: what the first one still does changes nothing, and its deletion takes its own key only.
 */
export class SecondStack extends Command<{ readonly adopt: boolean; readonly late: Late; readonly broken?: BrokenCall }> {
  public override check(model: Readonly<Model>): boolean {
    return model.phase === 'STANDING' && !model.unsettled && model.foreign.length === 0 && !model.entryIsOthers && delivers(model);
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const { world, stage: first } = scene;
    const number = ++model.count;
    const desired: Desired = { ...model.desired, userName: `user-${number}`, adopt: this.options.adopt, title: `Title ${number}` };
    const second = new BaseAccountStage({ beside: first, stackName: `Stack${number}` });
    const before = JSON.stringify([standing(first), scene.entry]);
    const former = model.desired;
    excuse(model, scene);
    const { result: status, hit } = await during(world, this.options.broken, async () => {
      const ended = await second.deploy(appOf(desired));
      await second.requests.settled();
      return ended;
    });
    if (!this.options.adopt) {
      expect(status).toMatch(/^ROLLBACK_/);
      const left = world.aws.account.keysOf(desired.userName);
      if (!hit) expect(JSON.stringify([standing(first), scene.entry])).toBe(before);
      if (status === 'ROLLBACK_COMPLETE') expect(left).toEqual([]);
      model.abandoned = [...model.abandoned, ...left.map(({ accessKeyId }) => accessKeyId)];
      return hit;
    }
    if (!hit) demand(status === 'CREATE_COMPLETE', true, this.toString(), second.stack.events);
    if (status !== 'CREATE_COMPLETE') {
      // Given back, or the message says what to do: never is the key at the service one that is gone.
      if (scene.entry) expect(second.record).toBeDefined(); // an entry that is left is somebody's
      model.tampered = true;
      if (second.record?.owner.stackId !== first.stack.stackId) {
        scene.turnTo(second);
        Object.assign(model, { phase: 'FAILED', desired });
      } else {
        model.abandoned = [...model.abandoned, ...world.aws.account.keysOf(desired.userName).map(({ accessKeyId }) => accessKeyId)];
      }
      return hit;
    }
    scene.turnTo(second);
    Object.assign(model, { desired, tampered: false, serviceBroken: false, keyBroken: false, promotedAt: world.time.now() });
    const mine = JSON.stringify([standing(second), scene.entry]);
    for (const late of this.options.late) await this.tooLate(late, first, former);
    expect(await first.stack.delete()).toMatch(/^DELETE_/);
    expect(JSON.parse(mine)[1]).toEqual(scene.entry);
    return hit;
  }

  private async tooLate(late: typeof LATE[number], first: BaseAccountStage, former: Desired): Promise<void> {
    if (late === 'rotate') expect((await first.rotate(nextToken(first))).outcome).not.toBe('returned');
    else if (late === 'daily run') expect((await first.dailyRun()).outcome).not.toBe('returned');
    else expect(await first.deploy(appOf({ ...former, title: 'Too late' }))).toMatch(/^UPDATE_ROLLBACK_(COMPLETE|FAILED)$/);
  }
}
