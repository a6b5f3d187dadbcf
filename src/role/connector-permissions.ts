import { Aws } from 'aws-cdk-lib';
import { IManagedPolicy, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
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
    );
  }

  /** The inventory of EC2 and the accounts of the organization, for the organization's management account. */
  public static organization(): ConnectorPermissions {
    return new ConnectorPermissions(() => [onAll('Organization', ORGANIZATION)]);
  }

  /** These policies and statements, and nothing else. Throws when there is none. */
  public static custom(props: CustomPermissionsProps): ConnectorPermissions {
    const { managedPolicies = [], statements = [] } = props;
    if (managedPolicies.length + statements.length === 0) {
      throw new Error('custom() takes managedPolicies or statements, got none: '
        + 'a connector without permissions reads nothing');
    }
    const [ownPolicies, ownStatements] = [[...managedPolicies], statements.map((statement) => statement.copy())];
    return new ConnectorPermissions(() => ownStatements.map((statement) => statement.copy()), () => ownPolicies, ['AI'], false);
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

  /** @internal */
  public _managedPolicies(): IManagedPolicy[] {
    return this.managedPolicies();
  }
}

/** None of these actions can be narrowed to resources that are known before they are found. */
function onAll(sid: string, actions: string[]): PolicyStatement {
  return new PolicyStatement({ sid, actions, resources: ['*'] });
}
