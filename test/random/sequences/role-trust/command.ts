import * as fc from 'fast-check';
import { MARKS, Model, Scene } from './scene';

/** One thing that happens. */
export abstract class Command implements fc.AsyncCommand<Model, Scene> {
  public check(_model: Readonly<Model>): boolean {
    return true;
  }

  public async run(model: Model, scene: Scene): Promise<void> {
    scene.done.push(this.constructor.name);
    scene.allowed = [scene.mark, model.original.mark, MARKS[model.wanted]];
    await this.happen(model, scene);
    expect(scene.violations).toEqual([]);
    if (model.phase === 'STANDING' && !model.tampered && !model.adrift) expect(scene.mark).toBe(MARKS[model.wanted]);
  }

  public abstract toString(): string;

  /** Does it and takes it into the model. */
  protected abstract happen(model: Model, scene: Scene): Promise<void>;
}
