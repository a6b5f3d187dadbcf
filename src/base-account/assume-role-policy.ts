import { CfnManagedPolicy, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AssumableRoles } from './assumable-roles';
import { AssumeRolePolicyOptions } from './assume-role-policy-options';
import { conditionsOf } from './private/caller-conditions';
import { acknowledge } from '../private/acknowledgements';
import { checkDescription, checkPath, checkPolicyName } from '../private/iam-names';
import { limitSize } from '../private/policy-size';
import { checkRequired, ROLES } from '../private/required';
import { noteWeakReferences } from '../private/weak-references';

/** Properties of an {@link AssumeRolePolicy}. */
export interface AssumeRolePolicyProps extends AssumeRolePolicyOptions {
  /**
   * The roles that the policy allows. Required, because it is a security decision. `AssumableRoles.fromPolicy` is refused, because it is a
   * policy already.
   */
  readonly roles: AssumableRoles;

  /**
   * Name of the policy.
   *
   * 1 to 128 letters, digits and `_ + = , . @ -`. A change of it replaces the policy.
   *
   * @default - CloudFormation chooses the name
   */
  readonly managedPolicyName?: string;

  /**
   * IAM path of the policy, beginning and ending with `/`. A change of it replaces the policy.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * What the policy is for, up to 1,000 characters. A change of it replaces the policy.
   *
   * @default - a sentence that says that it lets the base account's user assume connector roles
   */
  readonly description?: string;
}

/**
 * The managed policy with which the base account's user may assume connector roles.
 *
 * With `AssumableRoles.any()` and no further option it is exactly the policy of the vendor's page "Create a Base Account". Synthesis fails
 * when the policy has more than 6,144 characters (quota of AWS; about a hundred role ARNs).
 *
 * @example
 * new AssumeRolePolicy(this, 'AssumeRolePolicy', {
 *   roles: AssumableRoles.named('QualysConnector', { organizationId: 'o-a1b2c3d4e5' }),
 * });
 */
export class AssumeRolePolicy extends ManagedPolicy {
  /** @internal */
  public readonly _roles: AssumableRoles;

  /**
   * Makes the policy. Throws for a name, path, description or address that AWS does not accept, and for roles of another partition.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`; logical IDs contain it, so a change of it replaces the resources
   * @param props which roles may be assumed, and under what conditions
   */
  public constructor(scope: Construct, id: string, props: AssumeRolePolicyProps) {
    checkRequired(props, { roles: ROLES });
    const { roles, description = 'Lets the user of the Qualys base account assume connector roles.' } = props;
    checkDescription('description', description);
    if (props.managedPolicyName !== undefined) checkPolicyName('managedPolicyName', props.managedPolicyName);
    if (props.path !== undefined) checkPath('path', props.path);
    super(scope, id, { managedPolicyName: props.managedPolicyName, path: props.path, description });

    this._roles = roles;
    const resources = roles._resources(this);
    const statement = new PolicyStatement({ actions: ['sts:AssumeRole'], resources });
    statement.addConditions(roles._conditions());
    conditionsOf(props).forEach((conditions) => { statement.addConditions(conditions); });
    this.addStatements(statement);
    acknowledge(this, roles._findings());
    noteWeakReferences(this.node.defaultChild as CfnManagedPolicy, resources);
    limitSize(this, 'use AssumableRoles.named(), or split the roles over several policies');
  }
}
