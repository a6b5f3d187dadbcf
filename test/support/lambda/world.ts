import { Answers, SIGNATURE } from '../cloudformation/answers';
import { ConnectorServiceStandIn } from '../connector-service';
import { FakeAws } from '../fake-aws/aws';
import { seededBytes, seededRandom } from '../seeded';
import { VirtualTime } from '../virtual-time';
import { FunctionWorld, LambdaFunction } from './function';
import { HOSTS } from './network';
import type { Seats } from './seat';
import { Traffic } from './traffic';

export const API_USER = { username: 'connector-api', password: 'canary-of-the-api-password/+' };

export interface WorldOptions {
  /** Repeats everything that is random. */
  readonly seed?: number;
  readonly writeApi?: boolean;
  readonly accountId?: string;
  readonly partition?: string;
  /** Shared by many worlds, one after the other: then call {@link World.end} on each. */
  readonly seats?: Seats;
}

/**
 * One AWS account, one subscription at the connector service and CloudFormation's answer store, all in this process and on one
 * virtual clock; the bundled handlers run in it as Lambda functions. Nothing waits for real and nothing is shared between worlds.
 *
 * ```ts
 * const world = new World({ seed: 1, writeApi: true });
 * world.aws.account.users.add('qualys');                       // what the rest of a stack makes
 * world.aws.secret(arn);
 * world.traffic.fault = ({ number }) => number === 3 ? 'kill' : undefined;
 * world.traffic.watch = () => checkThatHoldsAtEveryInstant();
 * await world.function('access-key').deliver(event);           // or through `cloudformation/stack.ts`
 * ```
 */
export class World implements FunctionWorld {
  public readonly time = new VirtualTime();
  public readonly random: () => number;
  public readonly aws: FakeAws;
  public readonly service: ConnectorServiceStandIn;
  public otherPlatform?: ConnectorServiceStandIn;
  public readonly answers = new Answers();
  public readonly traffic = new Traffic(this.time);
  public readonly log: string[] = [];
  public readonly hosts = HOSTS;
  public readonly seats?: Seats;
  /** The secret with the credentials of the connector service. */
  public readonly credentialsArn: string;
  private readonly functions = new Map<string, LambdaFunction>();

  public constructor({ seed = 1, writeApi = false, accountId = '111111111111', partition, seats }: WorldOptions = {}) {
    this.seats = seats;
    this.random = seededRandom(seed);
    this.aws = new FakeAws({ accountId, partition, now: this.time.now, bytes: (size) => seededBytes(this.random, size) });
    this.service = ConnectorServiceStandIn.inProcess({ ...API_USER, writeApi, clock: this.time });
    this.credentialsArn = this.secretArn('qualys/api-user-x9y8z7');
    this.aws.secret(this.credentialsArn).put('0'.repeat(32), JSON.stringify(API_USER), 'AWSCURRENT');
  }

  /** A second platform, with a subscription of its own and the same API user. */
  public addPlatform(): ConnectorServiceStandIn {
    return this.otherPlatform = ConnectorServiceStandIn.inProcess({ ...API_USER, writeApi: true, clock: this.time });
  }

  /** The one function of this handler; `env` is what it is deployed with. */
  public function(handler: string, env?: Record<string, string>): LambdaFunction {
    const found = this.functions.get(handler) ?? new LambdaFunction(handler, this);
    this.functions.set(handler, found);
    if (env) found.configure(env);
    return found;
  }

  /** Nothing is asked of it any more. */
  public end(): void {
    this.functions.forEach((one) => one.end());
  }

  public secretArn(name: string): string {
    return `arn:aws:secretsmanager:us-east-1:${this.aws.account.accountId}:secret:${name}`;
  }

  /** A person at the vendor's console types a key in. */
  public enterKey({ accessKeyId, secretAccessKey }: { readonly accessKeyId: string; readonly secretAccessKey: string }): void {
    const { service, aws } = this;
    if (service.baseAccounts().some(({ accountType }) => accountType === 'Global')) {
      service.console.editBaseAccount('Global',
        { accessKeyId, secretAccessKey });
    } else {service.console.createBaseAccount({ title: 'Typed', awsAccountId: aws.account.accountId, accountType: 'Global', accessKeyId, secretAccessKey });}

  }

  /** The key that the service signs with, for account type Global. */
  public get keyAtService(): string | undefined {
    return this.service.baseAccounts().find(({ accountType }) => accountType === 'Global')?.accessKeyId;
  }

  /** The service makes a call with the key that it has; whether AWS let it in. */
  public serviceCalls(): boolean {
    const key = this.aws.account.keys.find(({ accessKeyId }) => accessKeyId === this.keyAtService);
    return key !== undefined && this.aws.account.use(key) !== undefined;
  }

  /** What must not be seen on any surface. */
  public secrets(): string[] {
    return [API_USER.password, SIGNATURE, ...this.aws.account.everySecret];
  }
}
