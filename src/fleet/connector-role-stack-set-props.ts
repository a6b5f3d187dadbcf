import { ConnectorRoleOptions } from '../role/connector-role-props';

/** Properties of a {@link ConnectorRoleStackSet}. */
export interface ConnectorRoleStackSetProps extends ConnectorRoleOptions {
  /**
   * Name of the role in every account, a text of 1 to 64 letters, digits and `_ + = , . @ -`. A change of it makes another stack set with
   * the new roles and then deletes this one: connectors are cut off until they have the new role.
   */
  readonly roleName: string;

  /**
   * Name, with its path, of a policy that bounds the role: one that stands under this name in each of the accounts, as `Boundary` or
   * `security/Boundary`.
   *
   * @default - none
   */
  readonly permissionsBoundaryName?: string;

  /**
   * IDs of the organizational units whose accounts get the role, with all units below them: 1 to 50 (quota of AWS), as `ou-ab12-c3d4e5f6`, or
   * the root, as `r-ab12`. Accounts that join later get it too. The management account never does (AWS: service-managed permissions).
   *
   * StackSets compares units by their IDs, and deletes before it creates: replacing units by their parent takes every role away and makes it
   * again, and connectors fail in between. Make a second set under another `roleName`, and drop the first.
   */
  readonly organizationalUnits: string[];

  /**
   * IDs of accounts that get no role, 12 digits each. It holds for the accounts that are there at a deployment: one that joins a unit later
   * gets the role all the same, as "automatic deployments do not consider account level targeting filters" (AWS).
   *
   * @default - none
   */
  readonly excludeAccounts?: string[];

  /**
   * Whether the stack is deployed to a delegated administrator of StackSets; `false` for the management account.
   *
   * @default true
   */
  readonly delegatedAdministrator?: boolean;

  /**
   * How many of the accounts may fail before the operation, and with it the deployment, fails, as a percentage from 0 to 100. AWS rounds
   * down: 20 % of four accounts are none. With `excludeAccounts` it is counted for each unit.
   *
   * @default 20
   */
  readonly failureTolerancePercentage?: number;

  /**
   * Name of the stack set: up to 128 letters, digits and `-`, beginning with a letter.
   *
   * A change of it alone fails the deployment, as the new set meets the roles of the old one; it may change together with `roleName`.
   *
   * @default - made of `roleName` and the account of the stack, so that the place of the construct does not matter
   */
  readonly stackSetName?: string;

  /**
   * Region of the members' stacks. Roles are in no region: any that the accounts may use is right, as region-deny policies leave it. A change
   * of it takes every role away and makes it again, and connectors fail in between.
   *
   * @default - the region of the stack
   */
  readonly region?: string;
}
