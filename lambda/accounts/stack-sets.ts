import { CloudFormationClient, ListStackInstancesCommand, ListStackSetOperationsCommand } from '@aws-sdk/client-cloudformation';
import { knownAccountId } from './account-id';
import { allPages } from './pages';
import { StackSetPlace, StackSets } from './ports';
import { isNamed } from '../runtime/calls/aws-errors';
import { DeployError } from '../runtime/errors';
import { Outbound } from '../runtime/resource';

const INSTANCES = 'cloudformation:ListStackInstances';
const OPERATIONS = 'cloudformation:ListStackSetOperations';

/** The largest page of CloudFormation. */
const PAGE_SIZE = 100;

/** Stack sets as CloudFormation shows them, of this account or, as a delegated administrator, of the management account. */
export function stackSets(outbound: Outbound): StackSets {
  const clients = new Map<string, CloudFormationClient>();
  const clientIn = (region: string): CloudFormationClient => {
    const client = clients.get(region) ?? new CloudFormationClient({ region });
    clients.set(region, client);
    return client;
  };
  return {
    instances: async (set, { operationId, accountId } = {}) => {
      const { name: StackSetName, region, callAs: CallAs } = set;
      const Filters = operationId === undefined ? undefined : [{ Name: 'LAST_OPERATION_ID' as const, Values: operationId }];
      const summaries = await explained(set, allPages(INSTANCES, async (NextToken) => {
        const command = new ListStackInstancesCommand({
          StackSetName, CallAs, Filters, StackInstanceAccount: accountId, MaxResults: PAGE_SIZE, NextToken,
        });
        const { Summaries = [], NextToken: next } = await outbound(INSTANCES, () => clientIn(region).send(command));
        return { items: Summaries, next };
      }));
      return summaries.map(({ Account, Region = '', OrganizationalUnitId, Status = '', StackInstanceStatus, StatusReason }) => ({
        accountId: knownAccountId(INSTANCES, Account),
        region: Region,
        ...OrganizationalUnitId !== undefined && { unitId: OrganizationalUnitId },
        status: Status,
        detailedStatus: StackInstanceStatus?.DetailedStatus,
        reason: StatusReason,
      }));
    },
    operations: async (set) => {
      const command = new ListStackSetOperationsCommand({ StackSetName: set.name, CallAs: set.callAs, MaxResults: PAGE_SIZE });
      const { Summaries = [] } = await explained(set, outbound(OPERATIONS, () => clientIn(set.region).send(command)));
      return Summaries.map(({ OperationId = '', Status = '' }) => ({ id: OperationId, status: Status }));
    },
  };
}

/** Adds advice to the errors of a stack set that cannot be read. */
async function explained<T>({ name, region, callAs }: StackSetPlace, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isNamed(error, 'StackSetNotFoundException')) {
      throw new DeployError(`there is no stack set ${name} in ${region} that this account may read ${callAs === 'SELF' ? 'as its own' : 'as a delegated administrator'}. Check its name and `
        + 'region, and delegatedAdministrator');
    }
    if (isNamed(error, 'ValidationError') && /delegated admin/i.test(error.message)) {
      throw new DeployError(`this account is no delegated administrator of StackSets, so it may not read the stack set ${name}. Register it in the management account: aws organizations `
        + 'register-delegated-administrator --service-principal member.org.stacksets.cloudformation.amazonaws.com --account-id <this account>');
    }
    throw error;
  }
}
