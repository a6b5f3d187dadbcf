import { Command, Model, Scene } from './scene';

/** Another stack wants a connector on the same role. */
export class SecondStack extends Command {
  public override check({ phase, disturbed }: Readonly<Model>): boolean {
    return phase === 'STANDING' && !disturbed;
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const before = scene.text;
    expect(await scene.bring(model.desired, false, {}, scene.newStage())).toBe('ROLLBACK_COMPLETE');
    expect(scene.text).toBe(before);
    return false;
  }
}

/** What a person does at the vendor's console. */
export class ByHand extends Command<'create' | 'clone' | 'edit' | 'remove' | 'erase the mark'> {
  protected async happen(model: Model, { world: { service: { console } }, live, byHand }: Scene): Promise<boolean> {
    const [one] = live;
    if (this.options === 'create') {
      byHand.add(console.createConnector({ name: 'By hand', arn: model.desired.roleArn, externalId: 'external-of-a-person', runFrequency: 240 }));
    } else if (one && this.options === 'clone') {
      // With its mark, which alone makes nobody its owner.
      const { name, arn, externalId, runFrequency, description } = one.settings;
      byHand.add(console.createConnector({ name, arn, externalId, runFrequency, description }));
    } else if (one && this.options === 'remove') {
      byHand.delete(one.id);
      console.deleteConnector(one.id);
    } else if (one) {
      console.editConnector(one.id, this.options === 'edit' ? { name: 'Edited' } : { description: 'Mine' });
    }
    model.disturbed ||= this.options === 'create' || one !== undefined;
    return false;
  }
}
