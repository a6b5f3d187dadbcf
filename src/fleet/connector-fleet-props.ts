import { IKey } from 'aws-cdk-lib/aws-kms';
import { AccountRemovalPolicy } from './account-removal-policy';
import { ConnectorNaming } from './connector-naming';
import { ConnectorOptions } from '../connector/connector-options';
import { ConnectedAccounts } from '../role/connected-accounts';
import { AccountType } from '../service/account-type';
import { ConnectorService } from '../service/connector-service';
import { FunctionLogOptions } from '../service/function-options';

/**
 * Properties of a {@link ConnectorFleet}. What the options of a connector say holds for all of them; a change is sent to those that differ, one
 * call each, the newest accounts first.
 */
export interface ConnectorFleetProps extends ConnectorOptions, FunctionLogOptions {
  /** The connector service of your subscription. */
  readonly service: ConnectorService;

  /**
   * The accounts, and the role that stands in each: at least one. Of an account in several of them the first counts.
   *
   * The property `accounts` of a `ConnectorRoleStackSet` brings the order of deployment, and the modules that the permissions of its role are for.
   */
  readonly accounts: ConnectedAccounts[];

  /**
   * Account type, `GLOBAL` or `US_GOVCLOUD`. For China, where AWS has no service-managed stack sets and IDs of connectors have no order, make a
   * `Connector` for each account.
   *
   * @default - that of the stack's region; `GLOBAL` when the region is not known at synth
   */
  readonly accountType?: AccountType;

  /**
   * What the connectors are called.
   *
   * @default ConnectorNaming.byAccountName('aws-')
   */
  readonly naming?: ConnectorNaming;

  /**
   * What becomes of the connector of an account that has left.
   *
   * @default - disabled a day later: `AccountRemovalPolicy.disable()`
   */
  readonly onAccountRemoval?: AccountRemovalPolicy;

  /**
   * Calls of the service in any 3,600 seconds, a whole number from 12 to 10,000. A subscription has 300 an hour as a rule, which other programs
   * share: fleets of one service and user whose calls add up to more draw a warning.
   *
   * While accounts wait, two calls of 200 or more are kept for an account that joins. Where others of the subscription make so many that the service
   * has fewer left, as it says with each answer, the fleet takes what they leave.
   *
   * @default 240
   */
  readonly callsPerHour?: number;

  /**
   * KMS key for the table, of the same account; its policy must let the account's IAM policies decide, as CDK's keys do. The function may use it
   * through DynamoDB alone. The table is kept when the stack is deleted, and cannot be read without its key.
   *
   * @default - a key that DynamoDB owns
   */
  readonly encryptionKey?: IKey;
}
