import { Duration } from 'aws-cdk-lib';
import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { ConnectorPermissions } from './connector-permissions';
import { TrustPrincipal } from './trust-principal';
import { ExternalId } from '../service/external-id';

/** The options of every connector role, also of one in a stack set. */
export interface ConnectorRoleOptions {
  /** Whom the role trusts. A change edits the role in place. */
  readonly trust: TrustPrincipal;

  /** The external ID that every caller has to send. The connector has to have the same one. */
  readonly externalId: ExternalId;

  /** What the connector may read. */
  readonly permissions: ConnectorPermissions;

  /**
   * IAM path of the role, beginning and ending with `/`, up to 512 characters. A change replaces the role.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Longest session that a caller may ask for, from 1 to 12 hours.
   *
   * @default - one hour
   */
  readonly maxSessionDuration?: Duration;
}

/** Properties of a {@link ConnectorRole}. */
export interface ConnectorRoleProps extends ConnectorRoleOptions {
  /**
   * Name of the role. A change replaces the role.
   *
   * 1 to 64 letters, digits and `_ + = , . @ -`.
   *
   * Set it when `AssumableRoles.named` or a connector in another account refers to the role.
   *
   * @default - CloudFormation chooses the name
   */
  readonly roleName?: string;

  /**
   * Permissions boundary of the role.
   *
   * @default - none
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * What the role is for, up to 1,000 characters.
   *
   * @default - a sentence that says that Qualys connectors read the account with it
   */
  readonly description?: string;
}
