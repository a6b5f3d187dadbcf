import { Expectations, Invariants } from '../../../faults/invariants';
import type { BaseAccountEntry } from '../../../support/connector-service/base-accounts';
import type { World } from '../../../support/lambda/world';
import type { BaseAccountApp } from '../../../support/stage/apps/base-account';
import { BaseAccountStage } from '../../../support/stage/base-account-stage';
import { Command as AnyCommand, SceneOf } from '../command';
import { compare } from './truth';

/** What the template asks for. */
export interface Desired {
  readonly userName: string;
  readonly title: string;
  readonly mode: 'AUTO' | 'CONSOLE';
  readonly registrationId: string;
  readonly adopt: boolean;
}

export const FIRST: Desired = { userName: 'user-1', title: 'Central Security', mode: 'AUTO', registrationId: 'Registration', adopt: false };

/** What is believed of the world: it follows from the commands alone, and from what CloudFormation says of its stack. */
export interface Model {
  /** `FAILED`: a deletion or a rolled-back creation came to no end; it can be deleted again. `STUCK`: a rollback did. */
  phase: 'STANDING' | 'STUCK' | 'FAILED' | 'GONE';
  desired: Desired;
  readonly hasWriteApi: boolean;
  /** A person has changed the entry, or it may be so: nothing is said of its title and key until it is written again. */
  tampered: boolean;
  /** The entry is of another AWS account. */
  entryIsOthers: boolean;
  /** A person has broken the key that the service has: I1 does not hold until a run has healed that. */
  serviceBroken: boolean;
  /** A person has deleted or deactivated the current key. */
  keyBroken: boolean;
  /** A call went wrong, and no run of the key engine has ended well since: a key without a name may be there. */
  unsettled: boolean;
  /** The entry was there before the stack: a person has to remove it. */
  adopted: boolean;
  /** Keys that a person has made for the user. */
  foreign: string[];
  /** Keys of users of before whose cleanup failed: CloudFormation has said so, and nobody touches them any more. */
  abandoned: string[];
  /** When the last rotation was over. */
  promotedAt: number;
  /** Stacks, users: for new names. */
  count: number;
}

/** The world, with the stack that manages the entry at the moment. */
export class Scene implements SceneOf<Model> {
  public readonly done: string[] = [];
  public readonly world: World;
  public stage: BaseAccountStage;
  public invariants: Invariants;
  public readonly expected: { -readonly [K in keyof Expectations]: Expectations[K] } = {};

  public constructor(private readonly model: Model, seed: number) {
    this.stage = new BaseAccountStage({ seed, writeApi: model.hasWriteApi });
    this.world = this.stage.world;
    this.invariants = new Invariants(this.stage, this.expected);
    this.watch();
  }

  /** From now on this stack is the one that is looked at. */
  public turnTo(stage: BaseAccountStage): void {
    const { violations } = this.invariants;
    this.stage = stage;
    this.invariants = new Invariants(stage, this.expected);
    this.invariants.violations.push(...violations);
    this.watch();
  }

  public get entry(): BaseAccountEntry | undefined {
    return this.world.service.baseAccounts().find(({ accountType }) => accountType === 'Global');
  }

  public statusOf(accessKeyId: string | undefined): string | undefined {
    return this.world.aws.account.keys.find((key) => key.accessKeyId === accessKeyId)?.status;
  }

  /** The user's key under a label, if there is one; the one that was replaced, wherever it stands after a change of the user and back. */
  public keyUnder(stage: 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS'): string | undefined {
    const { secret, currentKey } = this.stage;
    if (stage === 'AWSPREVIOUS') {
      const own = this.world.aws.account.keysOf(this.model.desired.userName).map(({ accessKeyId }) => accessKeyId);
      const replaced = (['AWSPREVIOUS', 'FORMER_PREVIOUS', 'FORMER_CURRENT'] as const).map((label) => secret.json(label)?.accessKeyId);
      return replaced.find((id) => id !== undefined && id !== currentKey && own.includes(id));
    }
    return stage === 'AWSPENDING' && secret.staged('AWSPENDING') === secret.staged('AWSCURRENT') ? undefined : secret.json(stage)?.accessKeyId;
  }

  public after(model: Model, hit: boolean): void {
    compare(model, this, hit);
  }

  private watch(): void {
    this.world.traffic.watch = this.invariants.keys;
  }
}

export abstract class Command<Options = undefined> extends AnyCommand<Model, Scene, Options> {}

/** Whether the library can write to the service. */
export function delivers({ hasWriteApi, desired }: Model): boolean {
  return hasWriteApi && desired.mode === 'AUTO';
}

export function appOf({ userName, title, mode, registrationId, adopt }: Desired): BaseAccountApp {
  return { userName, title, registrationId, adoptExisting: adopt, delivery: mode === 'CONSOLE' ? 'console' : undefined };
}
