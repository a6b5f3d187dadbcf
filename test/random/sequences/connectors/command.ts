import * as fc from 'fast-check';
import { Model, Scene } from './scene';

/** One thing that happens. */
export abstract class Command implements fc.AsyncCommand<Model, Scene> {
  public check(_model: Readonly<Model>): boolean {
    return true;
  }

  public async run(model: Model, scene: Scene): Promise<void> {
    scene.done.push(this.constructor.name);
    const hit = await this.happen(model, scene);
    expect(scene.violations).toEqual([]);
    model.disturbed ||= hit;
    if (model.phase !== 'STANDING' || model.disturbed) return;
    const { name, pollingMinutes, enabled, roleArn } = model.desired;
    expect(scene.live.map(({ settings }) => [settings.name, settings.runFrequency, settings.disabled ?? false, settings.arn]))
      .toEqual([[name, pollingMinutes, !enabled, roleArn]]);
  }

  public abstract toString(): string;

  /** Does it and takes it into the model; answers whether a call went wrong. */
  protected abstract happen(model: Model, scene: Scene): Promise<boolean>;
}
