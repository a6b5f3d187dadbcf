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

/** What narrows the roles of a name further. */
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
 * The roles that the base account's user may ask for.
 *
 * A role has to trust the caller as well, so that this is the second of two locks. It is the one that counts when the
 * user's key gets lost: choose the narrowest that covers the connector roles.
 *
 * @example
 * const roles = AssumableRoles.named('QualysConnector*', { organizationId: 'o-a1b2c3d4e5' });
 */
export class AssumableRoles {
  /**
   * Every role that trusts the base account, in whatever account (`*`).
   *
   * The text of the vendor's page "Create a Base Account". With it the key opens every role that trusts the whole base
   * account, connector role or not.
   */
  public static any(): AssumableRoles {
    return new AssumableRoles(['*']);
  }

  /**
   * Roles of this name, in any account or in those of an organization.
   *
   * `*` stands for any characters, also for `/`; `?` for one. Throws when the pattern is not 1 to 64 characters of a
   * role name, and when it matches every role: say `any()` for that.
   *
   * @param pattern Name of the roles, e.g. `QualysConnector` or `Qualys*`.
   * @param options what narrows them further
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
   * These roles only. A managed policy has room for about a hundred.
   *
   * @param roleArns ARNs of roles, without wildcards. Throws when there is none, when one is not the ARN of a role, and when
   * one is of another partition than the stack. Tokens pass.
   */
  public static arns(roleArns: string[]): AssumableRoles {
    if (roleArns.length === 0) throw new Error('roleArns must hold at least one role ARN, got none');
    for (const arn of roleArns) if (!Token.isUnresolved(arn) && (!ROLE_ARN.test(arn) || /[*?$]/.test(arn))) throw new Error(`roleArns must hold ARNs of roles such as 'arn:aws-cn:iam::123456789012:role/QualysConnector', without wildcards (use AssumableRoles.named() for those), got ${shown(arn)}`);


    return new AssumableRoles([...roleArns]);
  }

  /**
   * What a policy of your own allows. It has to allow `sts:AssumeRole` on the connector roles, and says by itself what narrows that.
   *
   * @param policy a customer managed policy of the user's account. Throws for something else.
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
   * What reviewers' rules find and that is known: the account of a role whose name is given in full. A name with a wildcard
   * in it, and any role, are for the user to answer for.
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
   * Whether it is certain that a role is not among them. What only the deployment knows, and what a policy of the user's own says, is not.
   *
   * @internal
   */
  public _misses(role: AssumedRole): boolean {
    if (this._policy) return (this._policy as { readonly _roles?: AssumableRoles })._roles?._misses(role) ?? false;
    return this.resources.every((resource) => misses(resource, role));
  }

  /**
   * For messages.
   *
   * @internal
   */
  public _words(): string {
    if (this._policy) return (this._policy as { readonly _roles?: AssumableRoles })._roles?._words() ?? this._policy.node.path;
    const shortest = this.resources.slice(0, 3).map((arn) => arn.replace(Aws.PARTITION, 'aws'));
    return [...shortest, ...this.resources.length > 3 ? [`${this.resources.length - 3} more`] : []].join(', ');
  }
}
