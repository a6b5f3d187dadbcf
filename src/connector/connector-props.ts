import { RemovalPolicy } from 'aws-cdk-lib';
import { ConnectorOptions } from './connector-options';
import { ConnectorVerification } from './connector-verification';
import { IConnectorRole } from '../role/connector-role-attributes';
import { AccountType } from '../service/account-type';
import { ConnectorService } from '../service/connector-service';
import { FunctionLogOptions } from '../service/function-options';

/**
 * Properties of a {@link Connector}. All connectors of a stack share one function: the first given `logRetention` applies to its log, and a
 * different one is refused.
 */
export interface ConnectorProps extends ConnectorOptions, FunctionLogOptions {
  /** The connector service of your subscription. */
  readonly service: ConnectorService;

  /**
   * The role that the connector assumes, with its external ID. For a role that another app made use
   * `ConnectorRole.fromConnectorRoleAttributes`. For a role whose trust this app edits give its `ConnectorRoleTrust`. Another role makes a
   * new connector.
   *
   * A role in another account or region needs a `roleName` given as text, and its stack needs an `env` with the account. Within a `Stage`
   * the role's stack is deployed before this one and deleted after it.
   */
  readonly role: IConnectorRole;

  /**
   * Name of the connector at the service. A change edits it in place.
   *
   * 1 to 255 characters (limit of the service) without line breaks and control characters, and no secret.
   */
  readonly name: string;

  /**
   * Description at the service, with the limits of `name`. The library adds a text that says which stack the connector belongs to.
   *
   * @default - none: a description that a person wrote stays
   */
  readonly description?: string;

  /**
   * Account type. The service cannot edit it: a change makes a new connector.
   *
   * @default - the one of the role's partition; if that is not known at synth, the one of the stack's region, otherwise `GLOBAL`
   */
  readonly accountType?: AccountType;

  /**
   * Whether the connector is enabled. A disabled connector does not run, and is not verified.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Whether the deployment runs the connector after it made or changed it, and what it does when that run ends in an error.
   *
   * @default ConnectorVerification.fail()
   */
  readonly verify?: ConnectorVerification;

  /**
   * What happens to the connector when it is removed from the stack or the stack is deleted.
   *
   * By default it is deleted: nobody else uses it, and without its role it would fail in every run. The service decides what happens to the
   * assets that it found. A connector that was taken over is never deleted.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}
