import { Command } from './command';
import { Model, Scene } from './scene';

/** Another stack wants a connector on the same role. */
export class SecondStack extends Command {
  public override check({ phase, disturbed }: Readonly<Model>): boolean {
    return phase === 'STANDING' && !disturbed;
  }

  public toString(): string {
    return 'second stack';
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const before = scene.text;
    expect(await scene.bring(model.desired, false, {}, scene.newStage())).toBe('ROLLBACK_COMPLETE');
    expect(scene.text).toBe(before);
    return false;
  }
}

/** What a person does at the vendor's console. */
export class ByHand extends Command {
  public constructor(private readonly what: 'create' | 'edit' | 'remove' | 'erase the mark') {
    super();
  }

  public toString(): string {
    return `by hand: ${this.what}`;
  }

  protected async happen(model: Model, { world: { service: { console } }, live, byHand }: Scene): Promise<boolean> {
    const [one] = live;
    if (this.what === 'create') {
      byHand.add(console.createConnector({ name: 'By hand', arn: model.desired.roleArn, externalId: 'external-of-a-person', runFrequency: 240 }));
    } else if (one && this.what === 'remove') {
      byHand.delete(one.id);
      console.deleteConnector(one.id);
    } else if (one) {
      // Without its mark nobody knows who made it: it stays for good.
      if (this.what === 'erase the mark') byHand.add(one.id);
      console.editConnector(one.id, this.what === 'edit' ? { name: 'Edited' } : { description: 'Mine' });
    }
    model.disturbed ||= this.what === 'create' || one !== undefined;
    return false;
  }
}
