import { RemovalPolicy } from 'aws-cdk-lib';
import { ConnectorOptions } from './connector-options';
import { ConnectorVerification } from './connector-verification';
import { IConnectorRole } from '../role/connector-role-attributes';
import { AccountType } from '../service/account-type';
import { ConnectorService } from '../service/connector-service';
import { FunctionLogOptions } from '../service/function-options';

/**
 * Properties of a {@link Connector}. All connectors of a stack share one function: the first `logRetention` that is given is that of its log,
 * and another one is refused.
 */
export interface ConnectorProps extends ConnectorOptions, FunctionLogOptions {
  /** The connector service of your subscription. */
  readonly service: ConnectorService;

  /**
   * The role that the connector assumes, with its external ID. One that another app made comes from
   * `ConnectorRole.fromConnectorRoleAttributes`; one whose trust is edited here is its `ConnectorRoleTrust`. Another role makes a new
   * connector.
   *
   * A role of another account or region needs a `roleName` given as text, and its stack an `env` with the account. Its stack is then
   * deployed before, and deleted after, within a `Stage`.
   */
  readonly role: IConnectorRole;

  /**
   * Name of the connector at the service. Edited in place.
   *
   * 1 to 255 characters (limit of the service) without line breaks and control characters, and no secret.
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
   * Whether the connector runs. One that does not is not verified.
   *
   * @default true
   */
  readonly enabled?: boolean;

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
