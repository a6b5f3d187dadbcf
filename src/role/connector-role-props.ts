import { Duration } from 'aws-cdk-lib';
import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { ConnectorPermissions } from './connector-permissions';
import { TrustPrincipal } from './trust-principal';
import { ExternalId } from '../service/external-id';

/** What a connector role is, wherever it stands. */
export interface ConnectorRoleOptions {
  /** Whom the role trusts. A change of it edits the role in place. */
  readonly trust: TrustPrincipal;

  /** The external ID that every caller has to present. It has to be the connector's. */
  readonly externalId: ExternalId;

  /** What the connector may read. */
  readonly permissions: ConnectorPermissions;

  /**
   * IAM path of the role, beginning and ending with `/`, up to 512 characters. A change of it replaces the role.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * How long a session may last that a caller asks for, from 1 to 12 hours.
   *
   * @default - one hour
   */
  readonly maxSessionDuration?: Duration;
}

/** Properties of a {@link ConnectorRole}. */
export interface ConnectorRoleProps extends ConnectorRoleOptions {
  /**
   * Name of the role, 1 to 64 letters, digits and `_ + = , . @ -`. A change of it replaces the role.
   *
   * Set it when `AssumableRoles.named` or a connector in another account refers to the role.
   *
   * @default - a name of CloudFormation's
   */
  readonly roleName?: string;

  /**
   * Policy that bounds what the role may do whatever else it is granted.
   *
   * @default - none
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * What the role is for, up to 1,000 characters.
   *
   * @default - says that Qualys connectors read the account with it
   */
  readonly description?: string;
}
