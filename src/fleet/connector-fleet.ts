import { CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AccountRemovalPolicy } from './account-removal-policy';
import { ConnectorFleetProps } from './connector-fleet-props';
import { ConnectorNaming } from './connector-naming';
import { checkAccounts, checkCallsPerHour, takeAccounts, warnOfShares } from './private/fleet-checks';
import { FleetFunction } from './private/fleet-function';
import { FleetMetrics } from './private/fleet-metrics';
import { connectAccounts } from './private/fleet-rights';
import { connectorSettings } from '../connector/private/connector-settings';
import { acknowledge } from '../private/acknowledgements';
import { registrationAt } from '../private/base-account-places';
import { confirmBy } from '../private/confirm-command';
import { servedResource } from '../private/handled-resource';
import { HandlerFunction, pinned } from '../private/handler-function';
import { FLEET_TABLE, FLEET_TABLE_OF_AWS_KEY } from '../private/known-findings';
import { checkSecretPartition } from '../private/partitions';
import { A_SERVICE, checkRequired } from '../private/required';
import { schedule } from '../private/schedule';
import { ConnectedAccounts } from '../role/connected-accounts';
import { acknowledgeReads } from '../role/private/account-source';
import { AccountType } from '../service/account-type';
import { SCHEMA_VERSION } from '../wire/common';
import { ConnectorAppName } from '../wire/connector';
import {
  DeployedFleetProperties, FLEET_ATTRIBUTES, FLEET_RESOURCE_TYPE, FLEET_RUN_EVENT, FLEET_RUN_MINUTES, FLEET_VARIABLE, FleetProperties, TABLE_VARIABLE,
} from '../wire/fleet';

/** A run ends before the next one begins. The lease of a killed run ends then too. */
const LONGEST_RUN = Duration.seconds(FLEET_RUN_MINUTES * 60 - 30);

/**
 * Gives each account of a list, a stack set or organizational units a connector, within a number of calls of the service an hour.
 *
 * A schedule runs a function every five minutes. It makes the connectors that are missing, for the newest accounts first, and keeps its work list in a
 * table. With the default of 240 calls an hour, 100 accounts take minutes, 1,000 about four hours, and 10,000 almost two days.
 *
 * - An account that joins gets its connector within minutes.
 * - The connector of an account that leaves is disabled a day later.
 * - The fleet leaves connectors alone that it has not made, unless you set `adoptExisting`.
 * - If somebody disables or deletes a connector by hand, the fleet enables it or makes it again. Exclude the account instead.
 * - If you delete the stack, the connectors and the table stay.
 * - To pause the fleet, disable its rule.
 *
 * For up to a hundred accounts that are known in code, make a `Connector` for each instead.
 *
 * The deployment fails for wrong credentials, for accounts that cannot be read, and if there are none. It does not wait for connectors.
 * `metricProblems` counts the accounts that need a person, and the log names them.
 *
 * @example
 * const role = { roleName: 'QualysConnector', externalId: ExternalId.perAccount('27927190418364520177') };
 * new ConnectorFleet(this, 'Fleet', {
 *   service,
 *   accounts: [ConnectedAccounts.fromOrganizationalUnits(['ou-ab12-c3d4e5f6'], role)],
 * });
 */
export class ConnectorFleet extends FleetMetrics {
  /** The table with the work list, one item for each account. It stays when the stack is deleted. */
  public readonly table: ITable;

  /** The function that runs every five minutes. */
  public readonly handler: IFunction;

  /** The number of accounts at the last deployment of a change, as text, or `UNKNOWN` after a rollback that could not read them. */
  public readonly accountCount: string;

  /** @internal */
  protected readonly _apiServer: string;

  /** @internal */
  protected readonly _fleetName: string;

  /**
   * Makes the fleet. Throws for
   *
   * - accounts that another construct in the `Stage` connects by the same role;
   * - account type `CHINA`;
   * - a `callsPerHour` that is out of range;
   * - options that `Connector` throws for.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`; logical IDs contain it, so a change of it replaces the resources
   * @param props which accounts are connected, and what the connectors do there
   */
  public constructor(scope: Construct, id: string, props: ConnectorFleetProps) {
    super(scope, id);
    checkRequired(props, { service: A_SERVICE });
    const { service, accounts, callsPerHour = 240, naming = ConnectorNaming.byAccountName('aws-'), onAccountRemoval = AccountRemovalPolicy.disable() } = props;
    checkAccounts(this, accounts);
    checkCallsPerHour(callsPerHour);
    checkSecretPartition(this, service.credentials._secret);
    const accountType = AccountType._of(this, props.accountType);
    if (accountType === AccountType.CHINA) throw new Error(`accountType of ${this.node.path} must be GLOBAL or US_GOVCLOUD, got CHINA, where AWS has no service-managed stack sets and IDs of connectors have no order: make a Connector for each account`);

    takeAccounts(this, service, accountType.partition, accounts);
    warnOfShares(this, service, callsPerHour);
    this._apiServer = service.platform.apiServer;
    this._fleetName = [Stack.of(this).stackName, ...this.node.path.split('/').slice(Stack.of(this).node.path.split('/').length)].join('/');

    const properties: FleetProperties = {
      SchemaVersion: SCHEMA_VERSION,
      Service: service._properties(),
      AccountType: accountType._name as FleetProperties['AccountType'],
      Sources: accounts.map((one) => one._properties(this)),
      Naming: naming._properties,
      ...connectorSettings(this, props, service, accountType, modulesOf(accounts)),
      OnAccountRemoval: onAccountRemoval._properties,
      CallsPerHour: String(callsPerHour),
    };
    const table = new Table(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
      encryptionKey: props.encryptionKey,
    });
    acknowledge(table, { ...FLEET_TABLE, ...!props.encryptionKey && FLEET_TABLE_OF_AWS_KEY });
    this.table = table;
    const handler = new HandlerFunction(this, 'Function', {
      code: FleetFunction,
      purpose: 'Runs a fleet',
      network: service._network,
      logRetention: props.logRetention,
      timeout: LONGEST_RUN,
    });
    this.handler = handler.function;
    const access = new ManagedPolicy(this, 'Access', {
      description: `Lets a function of cdk-qualys-connectors connect accounts at ${service.platform.apiServer}.`,
      roles: [handler.role],
      statements: connectAccounts(this, service, table, accounts),
    });
    acknowledgeReads(access, accounts.flatMap((one) => one._statements(this)));
    const place = { apiServer: service.platform.apiServer, accountType: accountType.name };
    const resource = servedResource(this, 'Resource', {
      handler,
      resourceType: FLEET_RESOURCE_TYPE,
      properties,
      removalPolicy: RemovalPolicy.DESTROY,
      needs: [access, service.credentials._secret, registrationAt(this, place), ...accounts.flatMap(({ _source: { needs = [] } }) => needs)],
    });
    this.node.defaultChild = resource.node.defaultChild;
    this.accountCount = resource.getAttString(FLEET_ATTRIBUTES.accountCount);
    this.fix(handler, resource.node.defaultChild as CfnResource, properties);
    // CloudFormation deletes the schedule before the function, because a schedule without its function would fail again and again.
    schedule(this, 'Schedule', {
      handler,
      description: 'Runs a Qualys fleet. Disable to pause.',
      expression: `rate(${FLEET_RUN_MINUTES} minutes)`,
      input: JSON.stringify(FLEET_RUN_EVENT),
      needs: [resource],
      invocationId: 'Invocation',
    });
  }

  /** Writes the properties into the function's environment. The function refuses an event, or an item of the table, that differs. */
  private fix(handler: HandlerFunction, resource: CfnResource, properties: FleetProperties): void {
    const stack = Stack.of(this);
    const { Sources, DefaultTags, Regions } = properties;
    const long = { Sources, ...DefaultTags && { DefaultTags }, ...Regions && { Regions } };
    const pins = Object.fromEntries(Object.entries(long).map(([name, value]) => [name, pinned(stack, value)]));
    handler.function.addEnvironment(FLEET_VARIABLE, stack.toJsonString({
      Properties: { ...properties, ...pins }, LogicalId: resource.logicalId, Name: this._fleetName,
    } satisfies DeployedFleetProperties));
    handler.function.addEnvironment(TABLE_VARIABLE, this.table.tableName);
    confirmBy(handler.function);
  }
}

/** The apps of Qualys that the permissions of the library's own roles are for. `AI` is always among them. */
function modulesOf(accounts: readonly ConnectedAccounts[]): ConnectorAppName[] {
  const all: readonly ConnectorAppName[] = ['AI', 'CI', 'CSA'];
  const named = accounts.flatMap(({ _source: { modules = [] } }) => modules);
  return all.filter((name) => name === 'AI' || named.includes(name));
}
