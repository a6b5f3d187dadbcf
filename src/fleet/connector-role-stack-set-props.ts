import { ConnectorRoleOptions } from '../role/connector-role-props';

/** Properties of a {@link ConnectorRoleStackSet}. */
export interface ConnectorRoleStackSetProps extends ConnectorRoleOptions {
  /**
   * Name of the role in every account.
   *
   * A text of 1 to 64 letters, digits and `_ + = , . @ -`, not a token. If you change it, CloudFormation makes a new stack set with the new roles, and
   * then deletes the old one. Connectors fail until they use the new role.
   */
  readonly roleName: string;

  /**
   * Name of the role's permissions boundary, with its path, for example `Boundary` or `security/Boundary`. Each account must have a policy with
   * this name.
   *
   * @default - none
   */
  readonly permissionsBoundaryName?: string;

  /**
   * IDs of the organizational units whose accounts get the role, 1 to 50 (AWS's quota), for example `ou-ab12-c3d4e5f6`, or the root, `r-ab12`.
   *
   * The units below them are included. Accounts that join later get the role too. The management account never gets it, because the permissions are
   * service-managed.
   *
   * StackSets compares units by their IDs, and deletes before it creates. If you replace units by their parent, every role is deleted and made
   * again, and connectors fail in between. Make a second stack set with another `roleName` instead, then remove the first.
   */
  readonly organizationalUnits: string[];

  /**
   * IDs of accounts that get no role, 12 digits each.
   *
   * The list applies to accounts that exist at a deployment. An account that joins a unit later gets the role anyway: "automatic deployments do not
   * consider account level targeting filters" (AWS).
   *
   * @default - none
   */
  readonly excludeAccounts?: string[];

  /**
   * Whether the stack is deployed to a delegated administrator of StackSets. Set it to `false` in the management account.
   *
   * @default true
   */
  readonly delegatedAdministrator?: boolean;

  /**
   * The percentage of accounts that may fail, a whole number from 0 to 100. If more fail, the operation and the deployment fail.
   *
   * AWS rounds down: 20 % of four accounts are none. With `excludeAccounts`, AWS counts each unit separately.
   *
   * @default 20
   */
  readonly failureTolerancePercentage?: number;

  /**
   * Name of the stack set, 1 to 128 letters, digits and `-`, beginning with a letter.
   *
   * If you change the name alone, the deployment fails, because the roles of the old stack set still exist. Change `roleName` with it.
   *
   * @default - `qualys-connectors-<roleName>-<account>`, whatever the path of the construct
   */
  readonly stackSetName?: string;

  /**
   * Region of the stack in each account. IAM roles are global, so any region works that the accounts may use.
   *
   * If you change it, every role is deleted and made again, and connectors fail in between.
   *
   * @default - the region of the stack
   */
  readonly region?: string;
}
