import { Aws } from 'aws-cdk-lib';
import { IManagedPolicy, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { inOrder } from '../private/checks';
import { ConnectorModule } from '../service/connector-module';
import type { ConnectorAppName } from '../wire/connector';
import { ASSET_INVENTORY, ASSET_INVENTORY_WITH_ASSESSMENT, ORGANIZATION, SECURITY_POSTURE, SECURITY_POSTURE_EXTENSION } from './private/vendor-permissions';

/** How much of the security posture is read. */
export interface SecurityPostureOptions {
  /**
   * Adds the wildcards of the vendor's newer CloudFormation template: `states:Get*`, `states:List*`, `states:Describe*`,
   * `ssm:List*`, `ssm:Describe*`, `ssm:Get*`, and `appflow:DescribeFlow`.
   *
   * Off by default because `ssm:Get*` reads the values in Parameter Store, also encrypted ones where the key lets the role.
   *
   * @default false
   */
  readonly extended?: boolean;

  /**
   * Statements of your own beside the vendor's, as a `Deny` on what the role is not to read. They stand in a policy of their own, with at
   * most 6,144 characters (quota of AWS).
   *
   * @default - none
   */
  readonly statements?: PolicyStatement[];
}

/** Permissions of your own choice. */
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
   * The apps of the service that work with these permissions: what a connector of the role feeds unless it says otherwise.
   *
   * @default - Asset Inventory alone
   */
  readonly modules?: ConnectorModule[];
}

/**
 * What a connector may read in the connected account. The lists are those of the vendor's page "Create Role" and of the
 * templates that Qualys publishes.
 *
 * @example
 * const permissions = ConnectorPermissions.securityPosture();
 */
export class ConnectorPermissions {
  /** The inventory of EC2 (the page's AssetView). */
  public static assetInventory(): ConnectorPermissions {
    return new ConnectorPermissions(() => [onAll('AssetInventory', ASSET_INVENTORY)]);
  }

  /** The inventory of EC2 and of Systems Manager (the page's AssetView with API-based assessment). */
  public static assetInventoryWithAssessment(): ConnectorPermissions {
    return new ConnectorPermissions(() => [onAll('AssetInventoryWithAssessment', ASSET_INVENTORY_WITH_ASSESSMENT)]);
  }

  /**
   * The inventory and the configuration (the page's AssetView and CSPM): the AWS managed policy `SecurityAudit` and what
   * the vendor reads beyond it. Of that, `states:GetExecutionHistory` shows the input and output of state machines.
   *
   * @param options how much of it, and what you add
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
   * These policies and statements, and nothing else.
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
   * The apps of the service that can work with these permissions; of permissions of your own only the inventory is taken to.
   *
   * @internal
   */
  public readonly _modules: readonly ConnectorAppName[];

  /**
   * Whether they are the vendor's lists: what reviewers' rules find in these is known, in permissions of the user's own it is not.
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
   * New ones each time: a policy document may change the statements it holds.
   *
   * @internal
   */
  public _statements(): PolicyStatement[] {
    return this.statements();
  }

  /**
   * Beside the vendor's, in a policy of their own: what reviewers' rules find in them is not known.
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

/** None of these actions can be narrowed to resources that are known before they are found. */
function onAll(sid: string, actions: string[]): PolicyStatement {
  return new PolicyStatement({ sid, actions, resources: ['*'] });
}

/** As they are now: a later change of what was given changes nothing. New ones at each call. */
function copiesOf(statements: PolicyStatement[]): () => PolicyStatement[] {
  const own = statements.map((statement) => statement.copy());
  return () => own.map((statement) => statement.copy());
}
