import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ActivationModule } from './activation-module';
import { ConnectorVerification } from './connector-verification';
import { ConnectorRole } from '../role/connector-role';
import { AccountType } from '../service/account-type';
import { ConnectorModule } from '../service/connector-module';
import { ConnectorService } from '../service/connector-service';
import { ExternalId } from '../service/external-id';

/** Properties of a {@link Connector}: `role`, or `roleArn` and `externalId`, is required. */
export interface ConnectorProps {
  /** The connector service of your subscription. */
  readonly service: ConnectorService;

  /**
   * The role that the connector assumes, with its external ID. One of another account or region needs a `roleName`, and its
   * stack an `env` with the account: CloudFormation hands no value from one account to another. Its stack is then deployed
   * before, and deleted after, unless it stands in another `Stage`.
   *
   * @default - the role of `roleArn`
   */
  readonly role?: ConnectorRole;

  /**
   * ARN of a role that another app made, or a person. Goes with `externalId`. A change makes a new connector. Where a
   * `ConnectorRoleTrust` of the same `Stage` edits that role, the connector comes after it.
   *
   * @default - the ARN of `role`
   */
  readonly roleArn?: string;

  /**
   * The external ID that the role's trust policy asks for; one for each account is that of the role's account. Given with
   * `role`, it is checked.
   *
   * @default - that of `role`
   */
  readonly externalId?: ExternalId;

  /**
   * Name of the connector at the service. Edited in place.
   *
   * 1 to 255 characters without line breaks and control characters, and no secret; the vendor documents no limit, so this
   * one is the library's.
   */
  readonly name: string;

  /**
   * Description at the service, with the limits of `name`; the library adds which stack the connector belongs to.
   *
   * @default - none of its own: what a person wrote there stays
   */
  readonly description?: string;

  /**
   * Account type. It cannot be edited at the service: a change makes a new connector.
   *
   * @default - that of the role's partition; where it is not known at synth, that of the stack's region, and else `GLOBAL`
   */
  readonly accountType?: AccountType;

  /**
   * The apps of the service that the connector feeds, at least one. Not for China.
   *
   * @default - what the permissions of `role` are for: with `ConnectorPermissions.securityPosture()` all three, otherwise Asset Inventory
   */
  readonly modules?: ConnectorModule[];

  /**
   * The modules that are activated for what the connector finds. An empty list activates none; that the service takes one is
   * inferred from its other lists. Not for China.
   *
   * @default - not sent: what is activated at the service stays as it is
   */
  readonly activation?: ActivationModule[];

  /**
   * Codes of the regions that are read, e.g. `eu-central-1`, at least one and all of the account type's partition. Not for
   * China. One that is newer than your aws-cdk-lib is unknown.
   *
   * @default - all regions
   */
  readonly regions?: string[];

  /**
   * Time between two runs, whole minutes from 1 to 24 hours. The vendor advises 4 hours or more, as AWS throttles its readers.
   *
   * @default Duration.hours(4)
   */
  readonly polling?: Duration;

  /**
   * Whether the connector runs. One that does not is not verified.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Whether a connector of the same role that the service has already may be taken over. Without, one lets the deployment
   * fail with its ID. One that was taken over stays when this construct is removed.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;

  /**
   * Whether the connector is run when it was made or changed, and what becomes of the deployment when that ends in an error.
   *
   * @default ConnectorVerification.fail()
   */
  readonly verify?: ConnectorVerification;

  /**
   * What becomes of the connector when it is removed from the stack or the stack is deleted.
   *
   * By default it is deleted: it is a record that nobody else uses, and one whose role is gone with its stack would go on
   * failing. What the service has found with it is the service's matter. A connector that was taken over is never deleted.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}
