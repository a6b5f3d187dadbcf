import { Requests } from './cloudformation/requests';
import { Stack, StackStatus } from './cloudformation/stack';
import { getAtt, ResourceTemplate, Template } from './cloudformation/template';
import type { FakeSecret } from './fake-aws/secret';
import { Ended } from './lambda/function';
import { World, WorldOptions } from './lambda/world';
import { seededUuid } from './seeded';
import type { OwnershipRecord } from '../../lambda/registration/record';
import { WRITE_API_PRESET } from '../../src/base-account/private/write-api-preset';
import { ACCESS_KEY_RESOURCE_TYPE, RECORDS_VARIABLE } from '../../src/wire/access-key';
import { BASE_ACCOUNT_RESOURCE_TYPE, BaseAccountProperties, DAILY_RUN_EVENT, RECORD_PREFIX, REGISTRATION_VARIABLE, DeployedRegistrationProperties, TITLE_VARIABLE } from '../../src/wire/base-account';

export const DAY = 86_400_000;
export const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

export interface StageOptions extends WorldOptions {
  readonly userName?: string;
  readonly stackName?: string;
  /** Part of the stack's ID; give another one to a stack that is made anew. */
  readonly stackSuffix?: string;
  /** Another stack's world: both share account and subscription. */
  readonly world?: World;
  readonly requests?: Requests;
}

export interface Deployment {
  readonly userName?: string;
  readonly registration?: Partial<BaseAccountProperties>;
  /** Logical IDs, as after a rename of constructs. */
  readonly keyId?: string;
  readonly registrationId?: string;
  /** Leave the registration out. */
  readonly withoutRegistration?: boolean;
  readonly more?: Template;
}

/** A `BaseAccount` as its stack deploys it, with rotation: user, secret, key and registration, and the functions behind them. */
export class BaseAccountStage {
  public readonly world: World;
  public readonly requests: Requests;
  public readonly stack: Stack;
  public readonly secretArn: string;
  public readonly recordName: string;
  private deployed: Deployment = {};

  public constructor(private readonly options: StageOptions = {}) {
    this.world = options.world ?? new World(options);
    this.requests = options.requests ?? new Requests(this.world);
    this.stack = new Stack(this.requests, options.stackName, options.stackSuffix);
    this.secretArn = this.world.secretArn(`${this.stack.name}Key-a1b2c3`);
    this.recordName = `${RECORD_PREFIX}/${new URL(this.world.hosts.apiServer).host}/GLOBAL`;
  }

  public get secret(): FakeSecret {
    return this.world.aws.secret(this.secretArn);
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

  /** Brings the stack to this; what is not given is as on the first deployment. */
  public async deploy(deployment: Deployment = {}): Promise<StackStatus> {
    this.configure(deployment); // CloudFormation updates the function first
    const status = await this.stack.deploy(this.template(deployment));
    if (status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE') this.deployed = deployment;
    else this.configure(this.deployed);
    return status;
  }

  public template({ userName = this.options.userName ?? 'qualys-base-account', keyId = 'Key', registrationId = 'Registration', ...more }: Deployment = {}): Template {
    const { aws } = this.world;
    const { accountId } = aws.account;
    const key: ResourceTemplate = {
      type: ACCESS_KEY_RESOURCE_TYPE,
      deliver: (event) => this.world.function('access-key').deliver(event),
      properties: { SchemaVersion: '1', AwsAccountId: accountId, UserName: userName, SecretArn: this.secretArn },
      dependsOn: [`User-${userName}`, 'Secret'],
    };
    const registration: ResourceTemplate = {
      type: BASE_ACCOUNT_RESOURCE_TYPE,
      deliver: (event) => this.world.function('base-account').deliver(event),
      properties: { ...this.properties(userName), AccessKeyId: getAtt(keyId, 'AccessKeyId'), ...more.registration },
      dependsOn: [keyId],
    };
    return {
      [`User-${userName}`]: {
        type: 'AWS::IAM::User',
        native: {
          create: () => { aws.account.users.add(userName); },
          delete: () => { if (aws.account.users.has(userName)) aws.account.deleteUser(userName); },
        },
      },
      Secret: { type: 'AWS::SecretsManager::Secret', native: { create: () => this.secret, delete: () => { this.secret.deleted = true; } } },
      [keyId]: key,
      ...(more.withoutRegistration ? {} : { [registrationId]: registration }),
      ...more.more,
    };
  }

  public properties(userName = this.options.userName ?? 'qualys-base-account'): Omit<BaseAccountProperties, 'AccessKeyId'> {
    const { hosts, credentialsArn, aws } = this.world;
    return {
      SchemaVersion: '1',
      Service: {
        ApiServer: hosts.apiServer, Gateway: hosts.gateway, PlatformUrl: hosts.platformUrl, Authentication: 'BASIC', CredentialsSecretArn: credentialsArn,
      },
      AccountType: 'GLOBAL',
      Title: 'Central Security',
      AwsAccountId: aws.account.accountId,
      UserName: userName,
      AccessKeySecretArn: this.secretArn,
      Delivery: { Mode: 'AUTO', Api: WRITE_API_PRESET },
      AdoptExisting: 'false',
      DeletesFormerUser: 'true',
      RecordName: this.recordName,
    };
  }

  /** One call of the function as Secrets Manager makes it, at once. */
  public async step(step: string, token: string): Promise<Ended> {
    return this.world.function('base-account').invoke({ Step: step, SecretId: this.secretArn, ClientRequestToken: token });
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

  /** As EventBridge invokes it, with Lambda's repetitions. */
  public async dailyRun(): Promise<Ended> {
    return this.world.function('base-account').deliver(DAILY_RUN_EVENT);
  }

  /** Where stacks share a world, they share the function too: it is this one's from now on. */
  public focus(): void {
    this.configure(this.deployed);
  }

  /** The standing environment of the function, as the template of the last deployment has it. */
  private configure({ userName, registrationId = 'Registration', registration = {} }: Deployment): void {
    const { AccessKeyId, ...changes } = registration;
    const { Title, ...properties } = { ...this.properties(userName), ...changes };
    const standing: DeployedRegistrationProperties = {
      Properties: properties, StackId: this.stack.stackId, LogicalId: registrationId, RetireAfterSeconds: '86400',
    };
    this.world.function('access-key', { [RECORDS_VARIABLE]: this.recordName });
    this.world.function('base-account', { [REGISTRATION_VARIABLE]: JSON.stringify(standing), [TITLE_VARIABLE]: Title });
    this.secret.rotationEnabled = true;
  }
}
