import { IConstruct } from 'constructs';
import { IBaseAccountUser } from '../base-account/base-account-user-attributes';
import { checkAccountId, checkOrganizationId } from '../private/checks';
import { checkPath, checkUserName } from '../private/iam-names';
import { afterUser } from './private/trust/after-user';
import { isReadByReference, userArn, userArnFor } from './private/trust/base-account-user-arn';
import { QUALYS_ACCOUNT, qualysAccountFor } from './private/trust/qualys-account';
import { inOrder, TrustedAccount, TrustedPart } from './private/trust/trust-statements';
import { warnOfWeakUser } from '../base-account/private/registration/made-here';

/** The Qualys account, if it is not the default one. */
export interface TrustedQualysAccountOptions {
  /**
   * ID of the AWS account that your platform calls from, a string of 12 digits.
   *
   * Required in `aws-us-gov`, whose Qualys account is not public. The console shows the ID when you create a connector (vendor page "Create
   * Role"), and {@link QualysAccountLookup} reads it. An attribute of a resource in another account or region is refused.
   *
   * @default - 805950163170 in partition `aws`. In another partition synthesis fails, or the deployment if the partition is not known at
   * synth
   */
  readonly accountId?: string;
}

/** Limits on the trust in a base account. */
export interface TrustedBaseAccountOptions {
  /**
   * Name of the base account's user. With it, nobody else in the account may assume the role.
   *
   * Up to 64 letters, digits and `_ + = , . @ -`. The user need not exist yet. After it was deleted and made again, it may still assume the role.
   *
   * @default - everyone in the account to whom its IAM grants `sts:AssumeRole` on the role
   */
  readonly userName?: string;

  /**
   * IAM path of the user, beginning and ending with `/`. Requires `userName`.
   *
   * @default '/'
   */
  readonly userPath?: string;

  /**
   * ID of the AWS organization that the base account belongs to, e.g. `o-a1b2c3d4e5` (`aws:PrincipalOrgID`).
   *
   * @default - the trust does not depend on the caller's organization
   */
  readonly organizationId?: string;
}

/**
 * Whom a connector role trusts: the Qualys account, a base account, or several of them while you move from one to another.
 *
 * To switch without an outage:
 *
 * - deploy `anyOf` with both callers in every connected account;
 * - register the base account;
 * - deploy `baseAccount` alone.
 *
 * Take the steps in reverse order before you delete the base account: the service then calls its connectors from the Qualys account again
 * (vendor page "Base Account").
 *
 * The statements name the account's root, and limit it by conditions: always the external ID, and the user's ARN (`aws:PrincipalArn`) and
 * the organization if given. A user that is deleted and made again still gets in.
 *
 * @example
 * const before = TrustPrincipal.qualysAccount();
 * const after = TrustPrincipal.baseAccount('111122223333', { userName: 'qualys-base-account' });
 * const between = TrustPrincipal.anyOf(before, after);
 */
export class TrustPrincipal {
  /**
   * The AWS account of Qualys. The vendor has none in China (vendor page "China Region Connectors"), so synthesis fails for a role that is
   * known to be there.
   *
   * @param options the account, if it is not the default one. Throws when `accountId` is not 12 digits; tokens pass.
   */
  public static qualysAccount(options: TrustedQualysAccountOptions = {}): TrustPrincipal {
    const { accountId } = options;
    if (accountId !== undefined) checkAccountId('accountId', accountId);
    return new TrustPrincipal([(scope) => ({ isQualys: true, accountId: qualysAccountFor(scope, accountId) })]);
  }

  /**
   * A base account, which is an AWS account of your own.
   *
   * @param accountId ID of the base account, a string of 12 digits; it has to be in the role's partition. Throws for anything
   * else, and for the Qualys account. Tokens pass.
   * @param options limits on the trust. Throws for a name, path or organization ID that AWS does not allow.
   */
  public static baseAccount(accountId: string, options: TrustedBaseAccountOptions = {}): TrustPrincipal {
    const { userName, userPath, organizationId } = options;
    checkAccountId('accountId', accountId);
    if (accountId === QUALYS_ACCOUNT) {
      throw new Error(`accountId of a base account must be an account of your own, got ${accountId}, which is the Qualys account: `
        + 'use TrustPrincipal.qualysAccount()');
    }
    if (userName !== undefined) checkUserName('userName', userName);
    if (userPath !== undefined) checkPath('userPath', userPath);
    if (userPath !== undefined && userName === undefined) throw new Error(`userName must be given together with userPath, got userPath '${userPath}' alone`);
    if (organizationId !== undefined) checkOrganizationId('organizationId', organizationId);
    const arn = userName === undefined ? undefined : userArn(accountId, userName, userPath ?? '/');
    return new TrustPrincipal([() => ({ isQualys: false, accountId, userArn: arn, organizationId })]);
  }

  /**
   * The user of a base account, as a reference to its construct.
   *
   * A role in the user's own stack, or in another stack of the same account, needs nothing more. The other stack has the user's name as
   * text if that was given as text, and as a reference otherwise. A role in another account needs a `userName` that is given as text on the
   * `BaseAccountUser`; without it synthesis fails.
   *
   * Within a `Stage` the user's stack is deployed before the role's stack and deleted after it. The order is reversed if the user's stack
   * reads a value of the role's stack, or has a connector of the role.
   *
   * @param user the user that may assume the role
   */
  public static ofUser(user: IBaseAccountUser): TrustPrincipal {
    return new TrustPrincipal([(scope) => {
      afterUser(scope, user);
      if (isReadByReference(scope, user)) warnOfWeakUser(scope, user);
      return { isQualys: false, accountId: user.accountId, userArn: userArnFor(scope, user), user };
    }]);
  }

  /**
   * Any of the given callers: the Qualys account and base accounts during a move, or the users of several platforms.
   *
   * Their order does not matter.
   *
   * @param principals at most one Qualys account, and any number of base accounts. Throws for none, for two Qualys accounts, and for the
   * same account or user twice; a whole account includes its users.
   */
  public static anyOf(...principals: TrustPrincipal[]): TrustPrincipal {
    if (principals.length === 0) throw new Error('anyOf() takes at least one TrustPrincipal, got none');
    return new TrustPrincipal(principals.flatMap(({ parts }) => parts));
  }

  private constructor(private readonly parts: ReadonlyArray<(scope: IConstruct) => TrustedPart>) {}

  /**
   * The accounts as the stack of `scope` sees them, in the order of their statements.
   *
   * @internal
   */
  public _accounts(scope: IConstruct): TrustedAccount[] {
    return inOrder(this.parts.map((part) => part(scope)));
  }
}
