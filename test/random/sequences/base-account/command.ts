import * as fc from 'fast-check';
import { Model, Scene } from './scene';
import { compare } from './truth';

/** One thing that happens. */
export abstract class Command implements fc.AsyncCommand<Model, Scene> {
  public check(_model: Readonly<Model>): boolean {
    return true;
  }

  public async run(model: Model, scene: Scene): Promise<void> {
    scene.done.push(this.constructor.name);
    const hit = await this.happen(model, scene);
    compare(model, scene, hit);
  }

  public abstract toString(): string;

  /** Does it and takes it into the model; answers whether a call went wrong. */
  protected abstract happen(model: Model, scene: Scene): Promise<boolean>;
}
