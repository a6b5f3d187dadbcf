import { Aws, Token } from 'aws-cdk-lib';
import { Conditions, IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { AssumedRole, misses } from './private/assumed-role';
import { Acknowledgements } from '../private/acknowledgements';
import { checkOrganizationId, shown } from '../private/checks';
import { checkPath, checkRoleNamePattern } from '../private/iam-names';
import { ROLE_IN_ANY_ACCOUNT, wildcard } from '../private/known-findings';
import { knownPartition } from '../private/partitions';
import { A_POLICY, checkRequired } from '../private/required';
import { ROLE_ARN } from '../wire/patterns';

/** Limits on the roles that a name pattern matches. */
export interface NamedRolesOptions {
  /**
   * IAM path of the roles, e.g. `/security/`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * ID of the AWS organization that the roles' accounts belong to, e.g. `o-a1b2c3d4e5` (`aws:ResourceOrgID`).
   *
   * @default - roles in any account
   */
  readonly organizationId?: string;
}

/**
 * The roles that the base account's user may assume.
 *
 * The role's trust policy is the first lock, and this is the second. It is the one that counts when somebody steals the user's key: choose
 * the narrowest that covers the connector roles.
 *
 * @example
 * const roles = AssumableRoles.named('QualysConnector*', { organizationId: 'o-a1b2c3d4e5' });
 */
export class AssumableRoles {
  /**
   * Every role in any account that trusts the base account (`*`).
   *
   * The vendor's page "Create a Base Account" has this policy. With it the key opens every role that trusts the whole base account, also
   * roles that are no connector roles.
   */
  public static any(): AssumableRoles {
    return new AssumableRoles(['*']);
  }

  /**
   * Roles whose name matches a pattern, in any account or in the accounts of an organization.
   *
   * `*` stands for any characters, including `/`, and `?` for one character. Throws when the pattern is not 1 to 64 characters of a role
   * name. Throws also when it matches every role: use `any()` for that.
   *
   * @param pattern Name of the roles, e.g. `QualysConnector` or `Qualys*`.
   * @param options further limits on the roles
   */
  public static named(pattern: string, options: NamedRolesOptions = {}): AssumableRoles {
    const { path = '/', organizationId } = options;
    checkRoleNamePattern('pattern', pattern);
    checkPath('path', path);
    if (organizationId !== undefined) checkOrganizationId('organizationId', organizationId);
    if (/^[*?]+$/.test(pattern) && path === '/' && organizationId === undefined) {
      throw new Error(`pattern ${shown(pattern)} matches every role: give a part of the name, a path or an organizationId, `
        + 'or use AssumableRoles.any()');
    }
    const conditions: Conditions = organizationId === undefined ? {} : { StringEquals: { 'aws:ResourceOrgID': organizationId } };
    return new AssumableRoles([`arn:${Aws.PARTITION}:iam::*:role${path}${pattern}`], conditions);
  }

  /**
   * Only these roles. A managed policy has room for about a hundred ARNs.
   *
   * @param roleArns ARNs of roles, without wildcards. Throws for an empty list, and for a text that is not the ARN of a role. Synthesis
   * fails for a role in another partition than the stack. Tokens pass.
   */
  public static arns(roleArns: string[]): AssumableRoles {
    if (roleArns.length === 0) throw new Error('roleArns must hold at least one role ARN, got none');
    for (const arn of roleArns) if (!Token.isUnresolved(arn) && (!ROLE_ARN.test(arn) || /[*?$]/.test(arn))) throw new Error(`roleArns must hold ARNs of roles such as 'arn:aws-cn:iam::123456789012:role/QualysConnector', without wildcards (use AssumableRoles.named() for those), got ${shown(arn)}`);


    return new AssumableRoles([...roleArns]);
  }

  /**
   * The roles that a policy of your own allows. The policy has to allow `sts:AssumeRole` on the connector roles, and has to have all
   * conditions itself.
   *
   * @param policy a customer managed policy of the user's account. Throws for anything else.
   */
  public static fromPolicy(policy: IManagedPolicy): AssumableRoles {
    checkRequired({ policy }, { policy: A_POLICY });
    return new AssumableRoles([], {}, policy);
  }

  private constructor(
    private readonly resources: string[],
    private readonly conditions: Conditions = {},
    /** @internal */
    public readonly _policy?: IManagedPolicy,
  ) {}

  /** @internal */
  public _resources(scope: IConstruct): string[] {
    if (this._policy) {
      throw new Error(`roles of ${scope.node.path} must say which roles may be assumed, got AssumableRoles.fromPolicy(), which is a policy already: `
        + 'give that policy to the BaseAccountUser');
    }
    const partition = knownPartition(scope);
    for (const arn of this.resources) {
      const given = ROLE_ARN.exec(arn)?.[1];
      if (given !== undefined && partition !== undefined && given !== partition) {
        throw new Error(`roleArns holds ${shown(arn)} of partition ${given}, but ${scope.node.path} is in partition ${partition}: `
          + 'roles of another partition cannot be assumed');
      }
    }
    return [...this.resources];
  }

  /**
   * The findings of reviewers' rules that the library acknowledges: the open account ID of a role whose full name is given. For a name with
   * a wildcard, and for `any()`, the user of the library has to answer.
   *
   * @internal
   */
  public _findings(): Acknowledgements {
    const known = this.resources.filter((arn) => /^[^*]*:iam::\*:role\/[^*?]+$/.test(arn) && !Token.isUnresolved(arn.replace(Aws.PARTITION, 'aws')));
    return Object.fromEntries(known.map((arn) => [wildcard(arn), ROLE_IN_ANY_ACCOUNT]));
  }

  /** @internal */
  public _conditions(): Conditions {
    return this.conditions;
  }

  /**
   * Whether a role is certainly not among them. False where only the deployment knows, and for a policy of the user's own.
   *
   * @internal
   */
  public _misses(role: AssumedRole): boolean {
    if (this._policy) return (this._policy as { readonly _roles?: AssumableRoles })._roles?._misses(role) ?? false;
    return this.resources.every((resource) => misses(resource, role));
  }

  /**
   * The roles in words, for messages.
   *
   * @internal
   */
  public _words(): string {
    if (this._policy) return (this._policy as { readonly _roles?: AssumableRoles })._roles?._words() ?? this._policy.node.path;
    const shortest = this.resources.slice(0, 3).map((arn) => arn.replace(Aws.PARTITION, 'aws'));
    return [...shortest, ...this.resources.length > 3 ? [`${this.resources.length - 3} more`] : []].join(', ');
  }
}
