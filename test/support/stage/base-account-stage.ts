import { BaseAccountApp, baseAccountApp } from './apps/base-account';
import { secretArn } from './resources';
import { Deployment, Stage, StageOptions } from './stage';
import { Build, synthesized } from './synthesized';
import type { OwnershipRecord } from '../../../lambda/registration/record/record';
import { BASE_ACCOUNT_RESOURCE_TYPE, DAILY_RUN_EVENT } from '../../../src/wire/base-account';
import type { Template } from '../cloudformation/template';
import type { FakeSecret } from '../fake-aws/secret';
import type { Ended, LambdaFunction } from '../lambda/function';
import { seededUuid } from '../seeded';

export const DAY = 86_400_000;
export const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

export interface BaseAccountStageOptions extends StageOptions {
  /** The user of this other stack is registered, instead of one of its own. */
  readonly userOf?: BaseAccountStage;
}

/** A base account as its stack deploys it, with rotation: user, secret, key and registration, and the functions behind them. */
export class BaseAccountStage extends Stage<BaseAccountApp> {
  private known?: LambdaFunction;

  public constructor(private readonly options: BaseAccountStageOptions = {}, build: Build<BaseAccountApp> = baseAccountApp) {
    super(build, options);
  }

  public override template(app: BaseAccountApp, deployment?: Deployment): Template {
    return super.template({ user: this.options.userOf?.user, ...app }, deployment);
  }

  /** The secret that keeps the key, also before the stack makes it. */
  public get secretArn(): string {
    return this.options.userOf?.secretArn ?? this.stack.resources.get('UserSecret')?.physicalId ?? secretArn({ ...this.place, logicalId: 'UserSecret' });
  }

  public get secret(): FakeSecret {
    return this.world.aws.secret(this.secretArn);
  }

  /** Where the record of the entry stands, for account type Global. */
  public get recordName(): string {
    return synthesized(this.build, {}).Resources.Registration!.Properties!.RecordName;
  }

  public get record(): OwnershipRecord | undefined {
    const value = this.world.aws.parameters.get(this.recordName);
    return value === undefined ? undefined : JSON.parse(value);
  }

  public get currentKey(): string | undefined {
    return this.secret.json('AWSCURRENT')?.accessKeyId;
  }

  public get keyIds(): string[] {
    return this.world.aws.account.keys.map(({ accessKeyId }) => accessKeyId);
  }

  /** The user with its key, for the app of another stack. */
  public get user(): NonNullable<BaseAccountApp['user']> {
    const { secretArn: arn, secret } = this;
    const { userName, accessKeyId } = secret.json('AWSCURRENT')!;
    return { userName: userName!, secretArn: arn, accessKeyId: accessKeyId! };
  }

  /** Another key is the current one, as a rotation or a person makes it. The one before stays. */
  public replaceKey(): void {
    const { secret, world } = this;
    const { userName } = secret.json('AWSCURRENT')!;
    const { accessKeyId, secretAccessKey } = world.aws.account.createKey(userName!);
    secret.put(seededUuid(world.random), JSON.stringify({ ...secret.json('AWSCURRENT'), accessKeyId, secretAccessKey }), 'AWSCURRENT');
  }

  /** A person takes the key that waits, or the current one, to the vendor's console. */
  public enterKey(): void {
    this.world.enterKey((this.secret.json('AWSPENDING') ?? this.secret.json('AWSCURRENT')) as { accessKeyId: string; secretAccessKey: string });
  }

  /** One call of the function as Secrets Manager makes it, at once. */
  public async step(step: string, token: string, SecretId = this.secretArn): Promise<Ended> {
    return this.function.invoke({ Step: step, SecretId, ClientRequestToken: token });
  }

  /** A rotation with all its steps, up to the first that fails. */
  public async rotate(token = seededUuid(this.world.random)): Promise<Ended> {
    this.secret.beginRotation(token);
    let ended: Ended = { outcome: 'returned' };
    for (const step of STEPS) {
      ended = await this.step(step, token);
      if (ended.outcome !== 'returned') break;
    }
    return ended;
  }

  /** What Secrets Manager does each time that the schedule is set without a rotation at once. */
  public async trial(token: string): Promise<Ended> {
    const { secret } = this;
    secret.beginRotation(token);
    const ended = await this.step('testSecret', token);
    secret.versions.splice(secret.versions.findIndex(({ id }) => id === token), 1);
    return ended;
  }

  /** As EventBridge invokes it, with Lambda's repetitions. */
  public async dailyRun(): Promise<Ended> {
    return this.function.deliver(DAILY_RUN_EVENT);
  }

  /** The registration's function; also after the stack has deleted it, as what was under way goes on. */
  public get function(): LambdaFunction {
    const stands = [...this.stack.resources.values()].some(({ template }) => template.type === BASE_ACCOUNT_RESOURCE_TYPE);
    if (stands) this.known = this.functionFor(BASE_ACCOUNT_RESOURCE_TYPE);
    return this.known!;
  }
}
