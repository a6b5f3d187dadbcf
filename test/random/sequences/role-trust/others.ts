import { Command, Model, normal, Scene } from './scene';
import { EXTERNAL_ID, Trust } from '../../../support/stage/apps/role-trust';
import { documentOf, TRUSTS } from '../../../support/stage/role-trust-stage';

/** A stack that edits the same role without saying that it takes it over. */
export class SecondStack extends Command {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'STANDING';
  }

  protected async happen(_model: Model, scene: Scene): Promise<void> {
    const before = [scene.role.trust, ...scene.records];
    expect(await scene.bring('base', 'Trust', false, { stage: scene.newStage() })).toBe('ROLLBACK_COMPLETE');
    expect([scene.role.trust, ...scene.records]).toEqual(before);
  }
}

/** A person edits the trust policy: statements of others, or those of the service. */
export class Edit extends Command<{ readonly others?: readonly string[]; readonly service?: Trust }> {
  protected async happen(model: Model, scene: Scene): Promise<void> {
    const own = this.options.service && this.options.service !== model.wanted && model.phase !== 'NONE'
      ? TRUSTS[this.options.service].map((one) => JSON.stringify(one))
      : scene.statements.filter((one) => one.includes(EXTERNAL_ID));
    const others = this.options.others ? normal(this.options.others) : model.others;
    const before = scene.mark;
    scene.document = documentOf(...own, ...others);
    if (scene.mark !== before) model.tampered = true;
    model.original = { mark: model.original.mark };
    model.others = others;
  }
}
