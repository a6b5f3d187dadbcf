import { awsError } from '../account';
import type { FakeAws, Service } from '../aws';
import { allows } from '../rights';

const MANAGEMENT_ACCOUNT = '999999999999';

export interface FakeInstance {
  region: string;
  status: string;
  detailedStatus?: string;
  reason?: string;
  operation: string;
}

/** A service-managed stack set of the management account. */
export class FakeStackSet {
  /** By account. */
  public readonly instances = new Map<string, FakeInstance>();
  /** The newest first. */
  public readonly operations: Array<{ id: string; status: string }> = [];
  private count = 0;

  public constructor(public readonly name: string, private readonly region: string, private readonly partition: string) {}

  public get arn(): string {
    return `arn:${this.partition}:cloudformation:${this.region}:${MANAGEMENT_ACCOUNT}:stackset/${this.name}:0a1b2c3d`;
  }

  /** An operation that is at work on these accounts. */
  public begin(accountIds: readonly string[], detailedStatus = 'PENDING'): string {
    const id = `operation-${++this.count}`;
    this.operations.unshift({ id, status: 'RUNNING' });
    for (const accountId of accountIds) this.instances.set(accountId, { region: this.region, status: 'OUTDATED', detailedStatus, operation: id });
    return id;
  }

  /** The role of an account is there. */
  public bring(accountId: string): void {
    Object.assign(this.instances.get(accountId)!, { status: 'CURRENT', detailedStatus: 'SUCCEEDED', reason: undefined });
  }

  public fail(accountId: string, reason = 'Role already exists', detailedStatus = 'FAILED'): void {
    Object.assign(this.instances.get(accountId)!, { status: detailedStatus === 'INOPERABLE' ? detailedStatus : 'OUTDATED', detailedStatus, reason });
  }

  public end(id: string): void {
    this.operations.find((one) => one.id === id)!.status = 'SUCCEEDED';
  }

  /** Accounts that get their roles at once. */
  public deploy(accountIds: readonly string[]): void {
    const id = this.begin(accountIds);
    accountIds.forEach((accountId) => this.bring(accountId));
    this.end(id);
  }
}

function stackSet(aws: FakeAws, name: string, callAs: string, role: string | undefined): FakeStackSet {
  const isAsked = role !== undefined && callAs === 'DELEGATED_ADMIN';
  if (isAsked && !allows(aws.account.roles.statementsOf(role), { action: 'organizations:ListDelegatedAdministrators', resource: '*' })) throw awsError('ValidationError', 'Account used is not a delegated administrator');

  const found = aws.stackSets.get(name);
  if (!found) throw awsError('StackSetNotFoundException', `StackSet ${name} not found`);
  return found;
}

export const stackSets: Service = {
  ListStackInstances: (aws, { StackSetName, CallAs, Filters = [], StackInstanceAccount, NextToken = '0', MaxResults = 100 }, { role }) => {
    const [filter] = Filters as ReadonlyArray<{ readonly Name: string; readonly Values: string }>;
    if (filter && filter.Name !== 'LAST_OPERATION_ID') throw new Error(`the filter ${filter.Name} is not known here`);
    const some = [...stackSet(aws, StackSetName, CallAs, role).instances]
      .filter(([accountId, { operation }]) => (StackInstanceAccount ?? accountId) === accountId && (filter?.Values ?? operation) === operation);
    const from = Number(NextToken);
    const Summaries = some.slice(from, from + MaxResults).map(([Account, { region, status, detailedStatus, reason }]) => ({
      Account, Region: region, OrganizationalUnitId: 'ou-ab12-c3d4e5f6', Status: status, StackInstanceStatus: { DetailedStatus: detailedStatus }, StatusReason: reason,
    }));
    return { Summaries, ...from + MaxResults < some.length && { NextToken: String(from + MaxResults) } };
  },
  ListStackSetOperations: (aws, { StackSetName, CallAs }, { role }) => (
    { Summaries: stackSet(aws, StackSetName, CallAs, role).operations.slice(0, 100).map(({ id, status }) => ({ OperationId: id, Action: 'UPDATE', Status: status })) }),
};
