import * as fc from 'fast-check';
import type { Played } from './runs';

/** What a model is held against. */
export interface SceneOf<Model> extends Played {
  readonly done: string[];
  /** Just before each command. */
  before?(model: Model): void;
  /** What has to hold after each. `hit`: a call went wrong. */
  after(model: Model, hit: boolean): void;
}

/** One thing that happens. */
export abstract class Command<Model extends object, Scene extends SceneOf<Model>, Options> implements fc.AsyncCommand<Model, Scene> {
  public constructor(protected readonly options: Options = undefined as Options) {}

  public check(_model: Readonly<Model>): boolean {
    return true;
  }

  public async run(model: Model, scene: Scene): Promise<void> {
    scene.done.push(this.constructor.name);
    scene.before?.(model);
    scene.after(model, await this.happen(model, scene) === true);
  }

  public toString(): string {
    return [this.constructor.name, JSON.stringify(this.options)].join(' ').trim();
  }

  /** Does it and takes it into the model; answers `true` where a call went wrong. */
  protected abstract happen(model: Model, scene: Scene): Promise<boolean | void>;
}
