import type { Trust } from '../../../support/stage/apps/role-trust';
import { demand } from '../base-account/truth';
import { BrokenCall, during } from '../broken-call';
import { isSuccess, phaseAfter } from '../stack-scene';
import { Command, markOf, MARKS, Model, Scene, statementsOf } from './scene';

export interface SwitchOptions {
  readonly wanted: Trust;
  /** Another one than before: the construct is renamed. */
  readonly logicalId: string;
  readonly adopt: boolean;
  /** Another resource of the stack fails afterwards. */
  readonly elsewhere: boolean;
  readonly broken?: BrokenCall;
}

/** The stack is deployed: for the first time, or with another trust, or under another name. */
export class Switch extends Command<SwitchOptions> {
  public override check({ phase, tampered }: Readonly<Model>): boolean {
    // A rollback goes back to what the code said before, not to what a person has made of it.
    return (phase === 'NONE' || phase === 'STANDING') && !(tampered && this.options.elsewhere);
  }

  protected async happen(model: Model, scene: Scene): Promise<void> {
    const { wanted, logicalId, adopt, elsewhere, broken } = this.options;
    const first = model.phase === 'NONE';
    const renamed = !first && logicalId !== model.logicalId;
    if (first) {
      scene.stage = scene.newStage();
      model.original = { mark: scene.mark, text: scene.role.trust };
    }
    scene.allowed.push(MARKS[wanted]);
    const before = scene.role.trust;
    const { result: status, hit } = await during(scene.world, broken, () => scene.bring(wanted, logicalId, adopt, { elsewhere }));
    const succeeded = isSuccess(status);
    if (!hit && (first || !model.tampered || adopt)) demand(succeeded, !elsewhere, this.toString(), scene.stage.stack.events);
    if (!hit && !succeeded && !model.adrift) expect(scene.statements).toEqual(statementsOf(before));
    if (status === 'ROLLBACK_COMPLETE') {
      expect([scene.role.trust, scene.records]).toEqual([model.original.text, []]);
      return;
    }
    model.phase = phaseAfter(status);
    if (!succeeded) {
      model.adrift ||= hit && renamed;
      return;
    }
    if (model.tampered && !first) model.original = { mark: markOf(before) };
    const untouched = model.wanted === wanted && !renamed && scene.mark !== MARKS[wanted];
    const tampered = untouched && model.tampered;
    Object.assign(model, { wanted, logicalId, tampered, adrift: untouched && model.adrift });
  }
}

export class ContinueRollback extends Command {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'STUCK';
  }

  protected async happen(model: Model, scene: Scene): Promise<void> {
    const status = await scene.continueRollback();
    if (!model.tampered) expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    model.phase = phaseAfter(status);
  }
}

/** The stack is deleted: whatever became of a renaming before, the former trust is back and nothing is left. */
export class Remove extends Command<BrokenCall | undefined> {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase !== 'NONE';
  }

  protected async happen(model: Model, scene: Scene): Promise<void> {
    const before = scene.role.trust;
    const { result: status, hit } = await during(scene.world, this.options, () => scene.delete());
    if (!hit && !model.tampered && model.phase === 'STANDING') demand(status === 'DELETE_COMPLETE', true, this.toString(), scene.stage.stack.events);
    model.phase = status === 'DELETE_COMPLETE' ? 'NONE' : 'FAILED';
    if (model.phase === 'FAILED') {
      if (!hit) expect(scene.role.trust).toBe(before);
      return;
    }
    if (!model.tampered) expect(scene.mark).toBe(model.original.mark);
    if (!model.tampered && model.original.text !== undefined) expect(scene.role.trust).toBe(model.original.text);
    expect(scene.records).toEqual([]);
    Object.assign(model, { tampered: false, adrift: false });
  }
}
