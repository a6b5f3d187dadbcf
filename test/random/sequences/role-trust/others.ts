import { Command } from './command';
import { Model, normal, Scene } from './scene';
import { EXTERNAL_ID, Trust } from '../../../support/stage/apps/role-trust';
import { documentOf, TRUSTS } from '../../../support/stage/role-trust-stage';

/** A stack that edits the same role without saying that it takes it over. */
export class SecondStack extends Command {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'STANDING';
  }

  public toString(): string {
    return 'second stack';
  }

  protected async happen(_model: Model, scene: Scene): Promise<void> {
    const before = [scene.role.trust, ...scene.records];
    expect(await scene.bring('base', 'Trust', false, { stage: scene.newStage() })).toBe('ROLLBACK_COMPLETE');
    expect([scene.role.trust, ...scene.records]).toEqual(before);
  }
}

/** A person edits the trust policy: statements of others, or those of the service. */
export class Edit extends Command {
  public constructor(private readonly others: readonly string[] | undefined, private readonly service: Trust | undefined) {
    super();
  }

  public toString(): string {
    return `by hand: ${this.others ? `${this.others.length} others ` : ''}${this.service ?? ''}`;
  }

  protected async happen(model: Model, scene: Scene): Promise<void> {
    const own = this.service && this.service !== model.wanted && model.phase !== 'NONE'
      ? TRUSTS[this.service].map((one) => JSON.stringify(one))
      : scene.statements.filter((one) => one.includes(EXTERNAL_ID));
    const others = this.others ? normal(this.others) : model.others;
    const before = scene.mark;
    scene.document = documentOf(...own, ...others);
    if (scene.mark !== before) model.tampered = true;
    model.original = { mark: model.original.mark };
    model.others = others;
  }
}
