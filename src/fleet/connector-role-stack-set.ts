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

/** Characters that a description of a stack set may have. */
const LONGEST = 1_024;

/**
 * The connector role in every account of organizational units, and in those that join later: a {@link ConnectorRole} in a stack set with
 * service-managed permissions. An account that leaves the units loses the role.
 *
 * The template of the members has the role and its policy, no parameter and no asset. A switch of `trust` is one line of code and edits the
 * roles in place. The stack set's description says whom they trust, so that `cdk diff` shows it. A deployment takes as long as the slowest
 * account. An operation that fails, fails the deployment and rolls the stack back, and so does a later failure in the same stack: keep the
 * set in a stack of its own.
 *
 * Needs trusted access of StackSets in the organization, and a delegated administrator of StackSets or the management account. The
 * management account itself gets no role: deploy a `ConnectorRole` to it. Not for China, where AWS has no service-managed stack sets.
 *
 * Synthesis fails for an external ID that is the same in all accounts (`ExternalId.of`) or needs to know them (`perAccountHash`); for a
 * reference to a resource around it; for an asset; for a policy or boundary of one account; for a template of more than 51,200 bytes (quota of
 * AWS); and where another set of the same `Stage` and account has the same name. It warns as `ConnectorRole` does, on this construct.
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
  /** Name of the stack set. */
  public readonly stackSetName: string;

  /** File in the cloud assembly that holds the template of the members. */
  public readonly templateFile: string;

  /** The role as it is in every account. */
  public readonly connectorRole: ConnectorRole;

  /**
   * The accounts that have the role: what a `ConnectorFleet` connects, and `verifyAccessTo` of a base account tries. Which they are, is
   * found when it is read, by a function in the account of this stack set. Whatever takes them waits for the stack set.
   */
  public readonly accounts: ConnectedAccounts;

  /**
   * Makes the stack set. Throws for what AWS does not allow: names, units, accounts, percentages.
   *
   * @param scope the construct that this one stands in
   * @param id an ID of its own in `scope`
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
    // Whatever waits for this waits for the stack set: the members' stack is none that is deployed from here.
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

/** Another order in the code is no change. */
function sorted(list: readonly string[]): string[] {
  return list.some((one) => Token.isUnresolved(one)) ? [...list] : [...list].sort();
}
