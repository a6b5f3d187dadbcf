import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AssumableRoles } from './assumable-roles';
import { acknowledge } from '../private/acknowledgements';
import { checkDescription, checkPath, checkPolicyName } from '../private/iam-names';
import { limitSize } from '../private/policy-size';
import { checkRequired, ROLES } from '../private/required';
import { ExternalId } from '../service/external-id';

/** Properties of an {@link AssumeRolePolicy}. */
export interface AssumeRolePolicyProps {
  /** The roles that may be assumed. Required, as it is a security decision. */
  readonly roles: AssumableRoles;

  /**
   * The external ID that a caller has to present, as the connector roles ask for it.
   *
   * With `ExternalId.perAccount` the twelve digits of the account are left open.
   *
   * @default - any; the roles check it all the same
   */
  readonly externalId?: ExternalId;

  /**
   * Name of the policy, 1 to 128 letters, digits and `_ + = , . @ -`. A change of it replaces the policy.
   *
   * @default - a name of CloudFormation's
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
   * @default - says that it lets the base account's user assume connector roles
   */
  readonly description?: string;
}

/**
 * The managed policy with which the base account's user may assume connector roles.
 *
 * With `AssumableRoles.any()` and no external ID it is the policy of the vendor's page "Create a Base Account", word for
 * word. Synthesis fails when the policy has more than 6,144 characters (quota of AWS; about a hundred role ARNs).
 *
 * @example
 * new AssumeRolePolicy(this, 'AssumeRolePolicy', {
 *   roles: AssumableRoles.named('QualysConnector', { organizationId: 'o-a1b2c3d4e5' }),
 * });
 */
export class AssumeRolePolicy extends ManagedPolicy {
  public constructor(scope: Construct, id: string, props: AssumeRolePolicyProps) {
    checkRequired(props, { roles: ROLES });
    const { description = 'Lets the user of the Qualys base account assume connector roles.' } = props;
    checkDescription('description', description);
    if (props.managedPolicyName !== undefined) checkPolicyName('managedPolicyName', props.managedPolicyName);
    if (props.path !== undefined) checkPath('path', props.path);
    super(scope, id, { managedPolicyName: props.managedPolicyName, path: props.path, description });

    const statement = new PolicyStatement({ actions: ['sts:AssumeRole'], resources: props.roles._resources(this) });
    statement.addConditions(props.roles._conditions());
    if (props.externalId) statement.addConditions(props.externalId._callerCondition());
    this.addStatements(statement);
    acknowledge(this, props.roles._findings());

    limitSize(this, 'use AssumableRoles.named(), or split the roles over several policies');
  }
}
