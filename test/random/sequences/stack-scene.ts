import * as fc from 'fast-check';
import type { StackStatus } from '../../support/cloudformation/stack';
import { failsAfter, Template } from '../../support/cloudformation/template';
import type { World } from '../../support/lambda/world';
import type { Stage } from '../../support/stage/stage';

/** The world, with the stack that is looked at: what the models of single resources have in common. */
export abstract class StackScene<App extends object> {
  public readonly done: string[] = [];
  /** What did not hold at some instant. */
  public readonly violations: string[] = [];
  public readonly world: World;
  private count = 1;

  /** @param stage the first stack, `Stack1` */
  public constructor(public stage: Stage<App>) {
    this.world = stage.world;
    this.world.traffic.watch = ({ number, step }) => {
      this.violations.push(...this.wrong().map((what) => `after call ${number}, ${step}: ${what}`));
    };
  }

  /** Another stack beside it. */
  public newStage(): Stage<App> {
    return this.another(`Stack${++this.count}`);
  }

  /** Answers how it ended once nothing is at work any more. */
  public async deploy(app: App, more?: Template, stage = this.stage): Promise<StackStatus> {
    return this.settled(stage.deploy(app, { more }));
  }

  public async delete(): Promise<StackStatus> {
    return this.settled(this.stage.delete());
  }

  public async continueRollback(): Promise<StackStatus> {
    return this.settled(this.stage.stack.continueUpdateRollback());
  }

  /** Another resource that fails, after so many milliseconds. */
  protected failing(milliseconds: number, dependsOn: readonly string[] = []): Template {
    return { Fails: failsAfter(this.world.time, milliseconds, dependsOn) };
  }

  protected abstract another(stackName: string): Stage<App>;

  /** What does not hold at this instant. */
  protected abstract wrong(): readonly string[];

  private async settled(work: Promise<StackStatus>): Promise<StackStatus> {
    const status = await work;
    await this.stage.requests.settled();
    return status;
  }
}

/** How a stack stands: `FAILED` can be deleted only, `STUCK` is a rollback that came to no end. */
export type Phase = 'NONE' | 'STANDING' | 'STUCK' | 'FAILED';

export function phaseAfter(status: StackStatus): Phase {
  if (isSuccess(status) || status === 'UPDATE_ROLLBACK_COMPLETE') return 'STANDING';
  return status === 'UPDATE_ROLLBACK_FAILED' ? 'STUCK' : 'FAILED';
}

export function isSuccess(status: StackStatus): boolean {
  return status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE';
}

/** A first command, so that hardly any sequence is empty, and more. */
export interface Sequence<Model extends object, Scene> {
  readonly seed: number;
  readonly first: fc.AsyncCommand<Model, Scene>;
  readonly rest: Iterable<fc.AsyncCommand<Model, Scene>>;
}

export async function play<Model extends object, Scene extends StackScene<any>>(
  model: Model, scene: Scene, { first, rest }: Sequence<Model, Scene>,
): Promise<Scene> {
  await fc.asyncModelRun(() => ({ model, real: scene }), { [Symbol.iterator]: function* () { yield first; yield* rest; } });
  scene.world.end();
  return scene;
}
