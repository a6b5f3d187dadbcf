import { Aws } from 'aws-cdk-lib';
import { IManagedPolicy, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { inOrder } from '../private/checks';
import { ConnectorModule } from '../service/connector-module';
import type { ConnectorAppName } from '../wire/connector';
import { ASSET_INVENTORY, ASSET_INVENTORY_WITH_ASSESSMENT, ORGANIZATION, SECURITY_POSTURE, SECURITY_POSTURE_EXTENSION } from './private/vendor-permissions';

/** How much of the security posture the connector reads. */
export interface SecurityPostureOptions {
  /**
   * Adds the wildcards of the vendor's newer CloudFormation template: `states:Get*`, `states:List*`, `states:Describe*`,
   * `ssm:List*`, `ssm:Describe*`, `ssm:Get*`, and `appflow:DescribeFlow`.
   *
   * It is off by default, because `ssm:Get*` reads the values in Parameter Store, also encrypted ones if the KMS key lets the role.
   *
   * @default false
   */
  readonly extended?: boolean;

  /**
   * Statements of your own in addition to the vendor's, for example a `Deny` on what the role must not read. They get a managed policy of
   * their own, with at most 6,144 characters (quota of AWS).
   *
   * @default - none
   */
  readonly statements?: PolicyStatement[];
}

/** Permissions of your own. */
export interface CustomPermissionsProps {
  /**
   * Policies to attach to the role, at most 10 with the one that holds `statements` (quota of AWS).
   *
   * @default - none
   */
  readonly managedPolicies?: IManagedPolicy[];

  /**
   * Statements to grant, at most 6,144 characters in all (quota of AWS).
   *
   * @default - none
   */
  readonly statements?: PolicyStatement[];

  /**
   * The apps of the service that work with these permissions. A connector of the role feeds them, unless its `modules` say otherwise.
   *
   * @default - Asset Inventory alone
   */
  readonly modules?: ConnectorModule[];
}

/**
 * What a connector may read in the connected account. The lists come from the vendor's page "Create Role" and from the templates that
 * Qualys publishes.
 *
 * @example
 * const permissions = ConnectorPermissions.securityPosture();
 */
export class ConnectorPermissions {
  /** The inventory of EC2 (AssetView on the vendor's page). */
  public static assetInventory(): ConnectorPermissions {
    return new ConnectorPermissions(() => [onAll('AssetInventory', ASSET_INVENTORY)]);
  }

  /** The inventory of EC2 and of Systems Manager (AssetView with API-based assessment on the vendor's page). */
  public static assetInventoryWithAssessment(): ConnectorPermissions {
    return new ConnectorPermissions(() => [onAll('AssetInventoryWithAssessment', ASSET_INVENTORY_WITH_ASSESSMENT)]);
  }

  /**
   * The inventory and the configuration (AssetView and CSPM on the vendor's page): the AWS managed policy `SecurityAudit` and the further
   * actions that the vendor needs. One of them, `states:GetExecutionHistory`, shows the input and output of state machines.
   *
   * @param options further permissions, of the vendor and your own
   */
  public static securityPosture(options: SecurityPostureOptions = {}): ConnectorPermissions {
    return new ConnectorPermissions(
      () => [
        onAll('SecurityPosture', SECURITY_POSTURE),
        ...(options.extended ? [onAll('SecurityPostureExtension', SECURITY_POSTURE_EXTENSION)] : []),
        new PolicyStatement({
          sid: 'RestApis',
          actions: ['apigateway:GET'],
          resources: [`arn:${Aws.PARTITION}:apigateway:*::/restapis/*`],
        }),
      ],
      () => [ManagedPolicy.fromAwsManagedPolicyName('SecurityAudit')],
      ['AI', 'CI', 'CSA'],
      true,
      copiesOf(options.statements ?? []),
    );
  }

  /** The inventory of EC2 and the accounts of the organization, for the organization's management account. */
  public static organization(): ConnectorPermissions {
    return new ConnectorPermissions(() => [onAll('Organization', ORGANIZATION)]);
  }

  /**
   * The given policies and statements, and nothing else.
   *
   * @param props the permissions, and what they are for. Throws when there is neither a policy nor a statement.
   */
  public static custom(props: CustomPermissionsProps): ConnectorPermissions {
    const { managedPolicies = [], statements = [], modules } = props;
    if (managedPolicies.length + statements.length === 0) {
      throw new Error('custom() takes managedPolicies or statements, got none: '
        + 'a connector without permissions reads nothing');
    }
    if (modules?.length === 0) throw new Error('modules of custom() must name a module, got none: leave it out for Asset Inventory alone');
    const ownPolicies = [...managedPolicies];
    const names = modules ? inOrder('modules', modules, ConnectorModule._all()).map(({ _name }) => _name) : undefined;
    return new ConnectorPermissions(copiesOf(statements), () => ownPolicies, names, false);
  }

  /**
   * The apps of the service that work with these permissions. For permissions of the user's own that is the inventory, unless `modules` say
   * otherwise.
   *
   * @internal
   */
  public readonly _modules: readonly ConnectorAppName[];

  /**
   * Whether they are the vendor's lists. The library knows what reviewers' rules find in these, but not in permissions of the user's own.
   *
   * @internal
   */
  public readonly _vendors: boolean;

  private constructor(
    private readonly statements: () => PolicyStatement[],
    private readonly managedPolicies: () => IManagedPolicy[] = () => [],
    modules: ConnectorAppName[] = ['AI'],
    vendors = true,
    private readonly further: () => PolicyStatement[] = () => [],
  ) {
    this._modules = modules;
    this._vendors = vendors;
  }

  /**
   * The statements, new ones at each call: a policy document may change the statements that it holds.
   *
   * @internal
   */
  public _statements(): PolicyStatement[] {
    return this.statements();
  }

  /**
   * The user's statements in addition to the vendor's. They get a policy of their own, because the library does not know what reviewers'
   * rules find in them.
   *
   * @internal
   */
  public _furtherStatements(): PolicyStatement[] {
    return this.further();
  }

  /** @internal */
  public _managedPolicies(): IManagedPolicy[] {
    return this.managedPolicies();
  }
}

/** None of these actions can be limited to resources, because the connector first has to find them. */
function onAll(sid: string, actions: string[]): PolicyStatement {
  return new PolicyStatement({ sid, actions, resources: ['*'] });
}

/** Copies of the statements as they are now, new ones at each call. A later change of the given statements has no effect. */
function copiesOf(statements: PolicyStatement[]): () => PolicyStatement[] {
  const own = statements.map((statement) => statement.copy());
  return () => own.map((statement) => statement.copy());
}
