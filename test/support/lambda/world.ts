import { Answers, SIGNATURE } from '../cloudformation/answers';
import { ConnectorServiceStandIn, StandInOptions } from '../connector-service';
import { FakeAws } from '../fake-aws/aws';
import { SESSION_SECRET } from '../fake-aws/sts';
import { seededBytes, seededRandom } from '../seeded';
import { VirtualTime } from '../virtual-time';
import { FunctionOptions, FunctionWorld, LambdaFunction } from './function';
import { HOSTS } from './network';
import type { Seats } from './seat';
import { Traffic } from './traffic';

/** A call of the service, signed with the key that it has for the connector, or in the name of its own account. */
export type AssumedRole = Parameters<Refusal>[0];
type Refusal = NonNullable<StandInOptions['assumeRole']>;

const NOBODY = { code: 'NobodyLetsTheServiceIn', message: 'the test does not say that AWS lets it in' };

/** Name of the secret with the credentials of the connector service. */
export const CREDENTIALS_SECRET = 'qualys/api-user-x9y8z7';
export const API_USER = { username: 'connector-api', password: 'canary-of-the-api-password/+' };

export interface WorldOptions {
  /** Repeats everything that is random. */
  readonly seed?: number;
  readonly writeApi?: boolean;
  readonly accountId?: string;
  readonly partition?: string;
  readonly region?: string;
  /** What the service is like, where that matters. */
  readonly service?: Partial<StandInOptions>;
  /** Shared by many worlds, one after the other: then call {@link World.end} on each. */
  readonly seats?: Seats;
}

/** A function as its template has it. */
interface DeployedFunction extends FunctionOptions {
  readonly env: Readonly<Record<string, string>>;
}

/**
 * One AWS account, one subscription at the connector service and CloudFormation's answer store, all in this process and on one
 * virtual clock; the bundled handlers run in it as Lambda functions. Nothing waits for real and nothing is shared between worlds.
 *
 * ```ts
 * const world = new World({ seed: 1, writeApi: true });
 * world.traffic.fault = ({ number }) => number === 3 ? 'kill' : undefined;
 * world.traffic.watch = () => checkThatHoldsAtEveryInstant();
 * ```
 *
 * What runs in it comes from a template: see `stage/stage.ts`.
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
  /** The roles that the service has tried to assume. */
  public readonly assumed: AssumedRole[] = [];
  /** Why AWS does not let the service assume a role, if it does not. Nobody has let it in unless this says so. */
  public refusal: Refusal;
  private readonly functions = new Map<string, LambdaFunction>();

  public constructor({ seed = 1, writeApi = false, accountId = '111111111111', partition, region, seats, service }: WorldOptions = {}) {
    this.seats = seats;
    if (partition === 'aws-cn') this.answers.domain = 'amazonaws.com.cn';
    this.refusal = () => NOBODY;
    this.random = seededRandom(seed);
    this.aws = new FakeAws({ accountId, partition, region, now: this.time.now, bytes: (size) => seededBytes(this.random, size) });
    const assumeRole = (call: AssumedRole) => {
      this.assumed.push(call);
      return this.refusal(call);
    };
    this.service = ConnectorServiceStandIn.inProcess({ ...API_USER, writeApi, clock: this.time, assumeRole, ...service });
    this.credentialsArn = this.secretArn(CREDENTIALS_SECRET);
    this.aws.secret(this.credentialsArn).put('0'.repeat(32), JSON.stringify(API_USER), 'AWSCURRENT');
  }

  /** A second platform, with a subscription of its own and the same API user. */
  public addPlatform(): ConnectorServiceStandIn {
    return this.otherPlatform = ConnectorServiceStandIn.inProcess({ ...API_USER, writeApi: true, clock: this.time });
  }

  /** As a deployment of a function does it: instances that start from now on have this environment. */
  public deployFunction(arn: string, handler: string, { env, ...options }: DeployedFunction): void {
    const found = this.functions.get(arn) ?? new LambdaFunction(handler, this, options);
    this.functions.set(arn, found);
    found.configure(env);
  }

  public readonly functionAt = (arn: string): LambdaFunction => {
    const found = this.functions.get(arn);
    if (!found) throw new Error(`there is no function ${arn}, only ${[...this.functions.keys()].join(', ')}`);
    return found;
  };

  /** What is at work in it goes on. */
  public deleteFunction(arn: string): void {
    this.functions.get(arn)?.end();
    this.functions.delete(arn);
  }

  /** Nothing is asked of it any more. */
  public end(): void {
    this.functions.forEach((one) => one.end());
  }

  public secretArn(name: string): string {
    return this.aws.arn('secretsmanager', `secret:${name}`);
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

  /** Whether AWS would let the service in with the key that it has, at every endpoint; nobody calls. */
  public get keyWorks(): boolean {
    const key = this.aws.account.keys.find(({ accessKeyId }) => accessKeyId === this.keyAtService);
    return key !== undefined && this.aws.account.caller(key) !== undefined;
  }

  /** The service makes a call with the key that it has; whether AWS let it in. */
  public serviceCalls(): boolean {
    const key = this.aws.account.keys.find(({ accessKeyId }) => accessKeyId === this.keyAtService);
    return key !== undefined && this.aws.account.use(key) !== undefined;
  }

  /** What must not be seen on any surface. */
  public secrets(): string[] {
    return [API_USER.password, SIGNATURE, SESSION_SECRET, ...this.aws.account.everySecret];
  }
}
