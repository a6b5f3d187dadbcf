import { IKey } from 'aws-cdk-lib/aws-kms';
import { AccountRemovalPolicy } from './account-removal-policy';
import { ConnectorNaming } from './connector-naming';
import { ConnectorOptions } from '../connector/connector-options';
import { ConnectedAccounts } from '../role/connected-accounts';
import { AccountType } from '../service/account-type';
import { ConnectorService } from '../service/connector-service';
import { FunctionLogOptions } from '../service/function-options';

/**
 * Properties of a {@link ConnectorFleet}.
 *
 * The options of a connector apply to all connectors of the fleet. A change is sent to those that differ, with one call each, to the newest accounts
 * first.
 */
export interface ConnectorFleetProps extends ConnectorOptions, FunctionLogOptions {
  /** The connector service of your subscription. */
  readonly service: ConnectorService;

  /**
   * The accounts to connect, and the role in each of them. At least one source. For an account in several sources, the first one counts.
   *
   * With the property `accounts` of a `ConnectorRoleStackSet`, the fleet is deployed after the stack set, and its connectors have by default the
   * modules that the role's permissions are for.
   */
  readonly accounts: ConnectedAccounts[];

  /**
   * The account type, `GLOBAL` or `US_GOVCLOUD`.
   *
   * A fleet does not work for China: AWS has no service-managed stack sets there, and IDs of connectors have no order. Make a `Connector` for each
   * account.
   *
   * @default - the one of the stack's region, or `GLOBAL` when the region is not known at synth
   */
  readonly accountType?: AccountType;

  /**
   * How the fleet names its connectors.
   *
   * @default ConnectorNaming.byAccountName('aws-')
   */
  readonly naming?: ConnectorNaming;

  /**
   * What the fleet does with the connector of an account that has left.
   *
   * @default - the fleet disables it a day later: `AccountRemovalPolicy.disable()`
   */
  readonly onAccountRemoval?: AccountRemovalPolicy;

  /**
   * The most calls of the service in any hour, a whole number from 12 to 10,000.
   *
   * - A subscription usually has 300 calls an hour, and other programs share them. Synthesis warns if the fleets of one service and user may make
   *   more than 300 together.
   * - If the number is 200 or more, the fleet keeps two of the calls for accounts that join while others still wait.
   * - If other programs use up the subscription, the fleet makes fewer calls. The service says with each answer how many calls are left.
   *
   * @default 240
   */
  readonly callsPerHour?: number;

  /**
   * The KMS key that encrypts the table, from the same account.
   *
   * The key policy must allow access by IAM policies of the account, as keys of AWS CDK do. The function may use the key only through DynamoDB. Keep
   * the key when you delete the stack: the table stays, and nobody can read it without the key.
   *
   * @default - a key that DynamoDB owns
   */
  readonly encryptionKey?: IKey;
}
