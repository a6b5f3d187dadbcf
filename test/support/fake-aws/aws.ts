import { FakeAccount } from './account';
import { cloudFormation, KnownStack } from './cloudformation';
import { ConnectedRoles } from './connected-roles';
import { dynamoDb, FakeTable } from './dynamodb';
import { iam } from './iam';
import { FakeOrganization, organizations } from './organization/organizations';
import { FakeStackSet, stackSets } from './organization/stack-sets';
import { Parameters } from './parameters';
import { allows, rightFor } from './rights';
import { FakeSecret } from './secret';
import { secretsManager } from './secrets-manager';
import { sns } from './sns';
import { ssm } from './ssm';
import { sts } from './sts';
import type { NewKey } from '../../../lambda/keys/ports';

/** What a client is made with, and what is known of it. */
export interface Caller {
  /** Given where a function signs with another key than its own role's. */
  readonly credentials?: NewKey;
  /** ARN of the role that the function signs with; its rights are not asked about unless given. */
  readonly role?: string;
}

export type Input = Readonly<Record<string, any>>;
export type Action = (aws: FakeAws, input: Input, caller: Caller) => object;
export type Service = Readonly<Record<string, Action>>;

const SERVICES: Readonly<Record<string, Service>> = {
  iam, sts, ssm, sns, organizations, dynamodb: dynamoDb, secretsmanager: secretsManager, cloudformation: { ...cloudFormation, ...stackSets },
};

export interface FakeAwsOptions {
  readonly accountId: string;
  readonly partition?: string;
  readonly region?: string;
  now(): number;
  bytes?(size: number): Buffer;
}

/** One account in one region, in memory, at the level of the SDK's commands. */
export class FakeAws {
  /** What is in the account, and whom STS says that its keys are. */
  public readonly account: FakeAccount;
  public readonly partition: string;
  public readonly region: string;
  public readonly accountId: string;
  public readonly secrets = new Map<string, FakeSecret>();
  public readonly parameters = new Parameters();
  /** Roles in other accounts. */
  public readonly connectedRoles: ConnectedRoles;
  /** What was published, by topic ARN. */
  public readonly published: Array<{ readonly topic: string; readonly subject: string; readonly message: string }> = [];
  public readonly topics = new Set<string>();
  /** By their ARN. */
  public readonly stacks = new Map<string, KnownStack>();
  /** Of DynamoDB, by their names. */
  public readonly tables = new Map<string, FakeTable>();
  public readonly organization = new FakeOrganization();
  /** By their names. */
  public readonly stackSets = new Map<string, FakeStackSet>();
  /** Whether a right of the functions' roles has spread yet; all have unless given. Calls signed by another key are not asked about. */
  public allowed?: (action: string) => boolean;

  public constructor(options: FakeAwsOptions) {
    const { accountId, partition = 'aws', region = 'us-east-1' } = options;
    [this.partition, this.region, this.accountId] = [partition, region, accountId];
    this.connectedRoles = new ConnectedRoles(() => options.now());
    this.account = new FakeAccount(accountId, () => options.now(), partition, options.bytes);
  }

  /** As of a resource in this account and region. */
  public arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.accountId}:${resource}`;
  }

  public secret(arn: string): FakeSecret {
    const secret = this.secrets.get(arn) ?? new FakeSecret(arn);
    this.secrets.set(arn, secret);
    return secret;
  }

  /** Answers `iam`, `CreateAccessKey` and so on; throws errors by the names that the SDK gives them. */
  public answer(service: string, action: string, input: Input, caller: Caller): object {
    const run = SERVICES[service]?.[action];
    if (!run) throw new Error(`the fake of AWS does not know ${service}:${action}; add it in test/support/fake-aws`);
    if (!caller.credentials && !this.mayDo(service, action, input, caller)) throw accessDenied(service, action, this.account.accountId);
    return run(this, input, caller);
  }

  private mayDo(service: string, action: string, input: Input, { role }: Caller): boolean {
    if (this.allowed?.(`${service}:${action}`) === false) return false;
    const right = role === undefined ? undefined : rightFor(this, service, action, input);
    return right === undefined || allows(this.account.roles.statementsOf(role!), right);
  }
}

/** Services spell the refusal in different ways. */
export function accessDenied(service: string, action: string, accountId = '111111111111'): Error {
  const name = { iam: 'AccessDenied', sts: 'AccessDenied', cloudformation: 'AccessDenied', sns: 'AuthorizationErrorException' }[service] ?? 'AccessDeniedException';
  const message = `User: arn:aws:sts::${accountId}:assumed-role/function/function is not authorized to perform: ${service}:${action} because no identity-based policy allows the ${service}:${action} action`;
  return Object.assign(new Error(message), { name });
}
