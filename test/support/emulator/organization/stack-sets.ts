import {
  CallAs, ListStackInstancesCommand, ListStackInstancesCommandInput, ListStackSetOperationsCommand, StackInstanceSummary,
  StackSetOperationPreferences, StackSetOperationSummary, UpdateStackInstancesCommand,
} from '@aws-sdk/client-cloudformation';
import { REGION } from '../aws-environment';
import { Clients } from '../clients';
import { Emulator } from '../emulator';
import { waitUntil } from '../processes/wait-until';

const TIME = 30_000;

/** The stack sets of an organization, read by its management account (`SELF`) or by a delegated administrator. */
export class StackSets {
  public constructor(private readonly emulator: Emulator, private readonly caller: Clients, private readonly callAs: CallAs = 'SELF') {}

  /** The instances, of all pages. */
  public async instances(StackSetName: string, filters: Omit<ListStackInstancesCommandInput, 'StackSetName'> = {}): Promise<StackInstanceSummary[]> {
    const found: StackInstanceSummary[] = [];
    for (let NextToken: string | undefined; ;) {
      const page = await this.caller.cloudFormation.send(new ListStackInstancesCommand({ ...filters, StackSetName, NextToken, CallAs: this.callAs }));
      found.push(...page.Summaries ?? []);
      NextToken = page.NextToken;
      if (NextToken === undefined) return found;
    }
  }

  /** Status and detailed status by account, e.g. `CURRENT SUCCEEDED`. */
  public async statuses(stackSetName: string): Promise<Record<string, string>> {
    return Object.fromEntries((await this.instances(stackSetName)).map(({ Account, Status, StackInstanceStatus }) =>
      [Account!, `${Status} ${StackInstanceStatus?.DetailedStatus}`]));
  }

  /** The operations, of all pages, the newest first. */
  public async operations(StackSetName: string): Promise<StackSetOperationSummary[]> {
    const found: StackSetOperationSummary[] = [];
    for (let NextToken: string | undefined; ;) {
      const page = await this.caller.cloudFormation.send(new ListStackSetOperationsCommand({ StackSetName, NextToken, CallAs: this.callAs }));
      found.push(...page.Summaries ?? []);
      NextToken = page.NextToken;
      if (NextToken === undefined) return found;
    }
  }

  /** Waits until no operation runs or is queued. */
  public async settled(stackSetName: string): Promise<void> {
    const isSettled = async () => !(await this.operations(stackSetName)).some(({ Status }) => Status === 'RUNNING' || Status === 'QUEUED');
    if (!await waitUntil(isSettled, TIME)) throw new Error(`an operation of the stack set ${stackSetName} is not over after ${TIME / 1000} s`);
  }

  /** Waits until an account's instance has this status and detailed status. */
  public async until(stackSetName: string, account: string, status: string): Promise<void> {
    let seen: string | undefined;
    const isThere = async () => (seen = (await this.statuses(stackSetName))[account]) === status;
    if (!await waitUntil(isThere, TIME)) throw new Error(`the instance of ${account} is ${seen ?? 'not there'} after ${TIME / 1000} s, not ${status}`);
  }

  /** Tries the instances of accounts again, as a person does after a failure; answers the operation's ID. */
  public async retry(
    StackSetName: string, OrganizationalUnitIds: string[], Accounts: string[], OperationPreferences?: StackSetOperationPreferences,
  ): Promise<string> {
    const { OperationId } = await this.caller.cloudFormation.send(new UpdateStackInstancesCommand({
      StackSetName,
      DeploymentTargets: { OrganizationalUnitIds, Accounts, AccountFilterType: 'INTERSECTION' },
      Regions: [REGION],
      OperationPreferences,
      CallAs: this.callAs,
    }));
    return OperationId!;
  }

  /** Lets what comes for the instances of an account wait, PENDING, until it is released. */
  public async hold(account: string): Promise<void> {
    await this.emulator.tell('hold', { account, held: 'true' });
  }

  public async release(account: string): Promise<void> {
    await this.emulator.tell('hold', { account, held: 'false' });
  }
}
