import * as fc from 'fast-check';
import type { Played } from './runs';
import { Requests } from '../../support/cloudformation/requests';
import { Stack, StackStatus } from '../../support/cloudformation/stack';
import type { Template } from '../../support/cloudformation/template';
import { Seats } from '../../support/lambda/seat';
import { World } from '../../support/lambda/world';

const seats = new Seats();

/** The world, with the stack that is looked at: what the models of single resources have in common. */
export abstract class StackScene implements Played {
  public readonly done: string[] = [];
  /** What did not hold at some instant. */
  public readonly violations: string[] = [];
  public readonly world: World;
  public readonly requests: Requests;
  public stack: Stack;
  private count = 0;

  public constructor(seed: number) {
    this.world = new World({ seed, seats });
    this.requests = new Requests(this.world);
    this.stack = this.newStack();
    this.world.traffic.watch = ({ number, step }) => {
      this.violations.push(...this.wrong().map((what) => `after call ${number}, ${step}: ${what}`));
    };
  }

  public newStack(): Stack {
    return new Stack(this.requests, `Stack${++this.count}`);
  }

  /** Answers how it ended once nothing is at work any more. */
  public async deploy(template: Template, stack = this.stack): Promise<StackStatus> {
    const status = await stack.deploy(template);
    await this.requests.settled();
    return status;
  }

  public async delete(): Promise<StackStatus> {
    const status = await this.stack.delete();
    await this.requests.settled();
    return status;
  }

  public async continueRollback(): Promise<StackStatus> {
    const status = await this.stack.continueUpdateRollback();
    await this.requests.settled();
    return status;
  }

  /** What does not hold at this instant. */
  protected abstract wrong(): readonly string[];
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

export async function play<Model extends object, Scene extends StackScene>(
  model: Model, scene: Scene, { first, rest }: Sequence<Model, Scene>,
): Promise<Scene> {
  await fc.asyncModelRun(() => ({ model, real: scene }), { [Symbol.iterator]: function* () { yield first; yield* rest; } });
  scene.world.end();
  return scene;
}
