import { dailyRun } from '../../../lambda/daily-run/daily-run';
import { parseDeployedRegistration } from '../../../lambda/rotation/deployed-registration';
import { rotate } from '../../../lambda/rotation/rotate';
import { openRotation, Rotation } from '../../../lambda/rotation/rotation';
import { Invocation } from '../../../lambda/runtime/resource';
import { runTask } from '../../../lambda/runtime/task';
import type { BaseAccountProperties, DeployedRegistrationProperties } from '../../../src/wire/base-account';
import { RegistrationWorld } from '../registration/world';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];
const DAY = 86_400_000;

/** A registered base account whose key rotates, driven as Secrets Manager and the schedule drive it. */
export class RotationStage extends RegistrationWorld {
  public static override async start(options: { readonly writeApi: boolean }): Promise<RotationStage> {
    return new RotationStage(await RegistrationWorld.standIn(options)).withKey();
  }

  private changes: Partial<BaseAccountProperties> = {};
  private owner = { stackId: '', logicalId: '' };

  /** Deploys the registration, and enters the key by hand where that is the way. */
  public async register(changes: Partial<BaseAccountProperties> = {}): Promise<void> {
    const resource = this.resource();
    const { answer } = await resource.create(this.properties(changes));
    if (answer.Data?.Status === 'AWAITING_CONSOLE') {
      this.enter(this.secret.json('AWSCURRENT')!);
      await resource.update(this.properties({ ...changes, Title: 'Entered' }));
    }
    this.adopt(changes);
    this.clock.advance(90 * DAY);
  }

  /** Rotates from now on what stands deployed. */
  public adopt(changes: Partial<BaseAccountProperties>): void {
    this.changes = changes;
    this.owner = this.record()!.owner;
    this.secret.rotationEnabled = true;
  }

  /** A person at the console. */
  public enter(key: Record<string, string>): void {
    const { accessKeyId, secretAccessKey } = key as { accessKeyId: string; secretAccessKey: string };
    if (this.service.baseAccounts().length > 0) this.service.console.editBaseAccount('Global', { accessKeyId, secretAccessKey });
    else this.service.console.createBaseAccount({ title: 'Typed', awsAccountId: this.account.accountId, accountType: 'Global', accessKeyId, secretAccessKey });

  }

  /** One call of the function; the error is what Secrets Manager would see. */
  public async step(Step: string, ClientRequestToken: string, SecretId = this.secret.arn): Promise<Error | undefined> {
    return this.task(Step, (rotation) => rotate(rotation, { Step, SecretId, ClientRequestToken }));
  }

  /** All four steps, up to the first that fails. */
  public async rotate(token: string): Promise<Error | undefined> {
    this.secret.beginRotation(token);
    for (const step of STEPS) {
      const error = await this.step(step, token);
      if (error) return error;
    }
    return undefined;
  }

  /** What Secrets Manager does each time that the schedule is set without a rotation at once. */
  public async trial(token: string): Promise<Error | undefined> {
    this.secret.beginRotation(token);
    const error = await this.step('testSecret', token);
    this.secret.versions.splice(this.secret.versions.findIndex((version) => version.id === token), 1);
    return error;
  }

  public async dailyRun(): Promise<Error | undefined> {
    return this.task('DailyRun', (rotation) => dailyRun(rotation, (line) => { this.log.push(line); }));
  }

  /** The metrics of the last daily run. */
  public get metrics(): Record<string, number> {
    const line = this.log.filter((one) => one.includes('"_aws"')).at(-1);
    if (line === undefined) throw new Error('no metrics were written');
    const { _aws, Platform, AccountType, ...values } = JSON.parse(line);
    return values;
  }

  /** The service makes a call with the key that it has; whether AWS let it in. */
  public serviceCalls(): boolean {
    const key = this.account.keys.find((one) => one.accessKeyId === this.keyAtService);
    return key !== undefined && this.account.use(key) !== undefined;
  }

  private async task(name: string, work: (rotation: Rotation) => Promise<void>): Promise<Error | undefined> {
    const context = { logStreamName: 'stream', getRemainingTimeInMillis: () => 290_000 };
    const open = (invocation: Invocation) => openRotation(this.outside, parseDeployedRegistration(this.environment), invocation);
    return runTask(name, context, this.runtime, (invocation) => work(open(invocation)))
      .then(() => undefined, (error: Error) => error);
  }

  private get environment(): NodeJS.ProcessEnv {
    const { AccessKeyId, Title, ...Properties } = this.properties(this.changes);
    const { stackId: StackId, logicalId: LogicalId } = this.owner;
    const standing: DeployedRegistrationProperties = { Properties, StackId, LogicalId, RetireAfterSeconds: '86400' };
    return { REGISTRATION: JSON.stringify(standing), TITLE: Title };
  }
}
