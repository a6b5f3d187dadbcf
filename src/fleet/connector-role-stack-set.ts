import { CfnStackSet, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Construct, Dependable } from 'constructs';
import { ConnectorRoleStackSetProps } from './connector-role-stack-set-props';
import { MemberRole } from './private/member-role';
import { checkSet } from './private/stack-set-checks';
import { noteStackSet } from './private/stack-sets-of-the-app';
import { knownName } from '../private/final-name';
import { ConnectedAccounts } from '../role/connected-accounts';
import { ConnectorRole } from '../role/connector-role';
import { trustInWords } from '../role/private/trust/trust-statements';

/** The most characters in the description of a stack set. */
const LONGEST = 1_024;

/**
 * Makes the connector role in every account of organizational units, also in accounts that join later.
 *
 * It is a {@link ConnectorRole} in a stack set with service-managed permissions. An account that leaves the units loses the role.
 *
 * - The template has the role and its policy, and no parameter or asset.
 * - A change of `trust` edits the roles in place. The description of the stack set names the trusted accounts, so `cdk diff` shows the change.
 * - A deployment takes as long as the slowest account.
 * - A failed operation fails the deployment and rolls the stack back. A later failure in the same stack rolls the stack set back too. So put it into
 *   a separate stack.
 *
 * StackSets needs trusted access in the organization. Deploy the stack to a delegated administrator of StackSets, or to the management account. The
 * management account itself gets no role: deploy a `ConnectorRole` to it. In China AWS has no service-managed stack sets.
 *
 * Synthesis fails for
 *
 * - an external ID that is the same in all accounts (`ExternalId.of`), or that needs accounts known in code (`perAccountHash`);
 * - a reference to a resource outside of the template;
 * - an asset;
 * - a policy or permissions boundary of one account;
 * - a template of more than 51,200 bytes, AWS's quota;
 * - a second stack set with the same name in the `Stage` and account.
 *
 * It gives the warnings of `ConnectorRole` on this construct.
 *
 * @example
 * new ConnectorRoleStackSet(this, 'Roles', {
 *   organizationalUnits: ['ou-ab12-c3d4e5f6'],
 *   roleName: 'QualysConnector',
 *   trust: TrustPrincipal.baseAccount('111122223333', { userName: 'qualys-base-account' }),
 *   externalId: ExternalId.perAccount('8317265094418823'),
 *   permissions: ConnectorPermissions.securityPosture(),
 * });
 */
export class ConnectorRoleStackSet extends Construct {
  /** The name of the stack set. */
  public readonly stackSetName: string;

  /** The file name of the accounts' template in the cloud assembly. */
  public readonly templateFile: string;

  /** The role in the template, as it is in every account. */
  public readonly connectorRole: ConnectorRole;

  /**
   * The accounts that have the role. Give them to a `ConnectorFleet`, or to `verifyAccessTo` of a base account.
   *
   * A function in the account of this stack set reads them when it runs. A construct that uses them is deployed after the stack set.
   */
  public readonly accounts: ConnectedAccounts;

  /**
   * Makes the stack set. Throws for names, units, accounts and percentages that AWS does not allow.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`
   * @param props the accounts, and the role that each of them gets
   */
  public constructor(scope: Construct, id: string, props: ConnectorRoleStackSetProps) {
    super(scope, id);
    checkSet(this, props);
    const { delegatedAdministrator = true, excludeAccounts = [], failureTolerancePercentage = 20, organizationalUnits } = props;
    const { account, region } = Stack.of(this);
    const member = new MemberRole(this, props);
    this.connectorRole = member.role;
    this.templateFile = member.template.templateFile;
    const resource = new CfnStackSet(this, 'Resource', {
      stackSetName: props.stackSetName ?? `qualys-connectors-${props.roleName.replace(/[^A-Za-z0-9]/g, '-')}-${account}`,
      description: Lazy.uncachedString({ produce: () => `The role with which Qualys connectors read an account. Trusts: ${trustInWords(member.trusted)}`.slice(0, LONGEST) }),
      templateBody: Lazy.uncachedString({ produce: () => member.template.body }),
      permissionModel: 'SERVICE_MANAGED',
      callAs: delegatedAdministrator ? 'DELEGATED_ADMIN' : 'SELF',
      capabilities: ['CAPABILITY_NAMED_IAM'],
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
      managedExecution: { Active: true },
      operationPreferences: { maxConcurrentPercentage: 100, concurrencyMode: 'SOFT_FAILURE_TOLERANCE', failureTolerancePercentage },
      stackInstancesGroup: [{
        deploymentTargets: {
          organizationalUnitIds: sorted(organizationalUnits),
          ...excludeAccounts.length === 0 ? {} : { accountFilterType: 'DIFFERENCE', accounts: sorted(excludeAccounts) },
        },
        regions: [props.region ?? region],
      }],
    });
    this.node.defaultChild = resource;
    this.stackSetName = resource.stackSetName;
    // A dependency on this construct is one on the stack set, because the members' stack is not deployed from this app.
    Dependable.implement(this, { dependencyRoots: [resource] });
    const { name, path } = knownName(this.connectorRole.role) ?? { name: props.roleName, path: props.path ?? '/' };
    this.accounts = ConnectedAccounts._of({
      kind: 'STACK_SET',
      stackSet: { name: this.stackSetName, region, delegatedAdministrator },
      excludeAccounts,
      role: { name, path, externalId: props.externalId },
      modules: props.permissions._modules,
      needs: [this],
    });
    noteStackSet({ construct: this, resource, roleName: props.roleName, units: organizationalUnits });
  }
}

/** The list in a fixed order, so that another order in the code changes nothing. A list with tokens stays as it is. */
function sorted(list: readonly string[]): string[] {
  return list.some((one) => Token.isUnresolved(one)) ? [...list] : [...list].sort();
}
