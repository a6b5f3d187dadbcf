import { IConstruct } from 'constructs';
import { IBaseAccountUser } from '../base-account/base-account-user-attributes';
import { checkAccountId, checkOrganizationId } from '../private/checks';
import { checkPath, checkUserName } from '../private/iam-names';
import { afterUser } from './private/trust/after-user';
import { isReadByReference, userArn, userArnFor } from './private/trust/base-account-user-arn';
import { QUALYS_ACCOUNT, qualysAccountFor } from './private/trust/qualys-account';
import { inOrder, TrustedAccount, TrustedPart } from './private/trust/trust-statements';
import { warnOfWeakUser } from '../base-account/private/registration/made-here';

/** What is known about the Qualys account. */
export interface TrustedQualysAccountOptions {
  /**
   * ID of the AWS account that your platform calls from, a string of 12 digits.
   *
   * Required in `aws-us-gov`, whose Qualys account is not public: the subscription shows the ID when a connector is created (vendor page
   * "Create Role"), and {@link QualysAccountLookup} reads it. An attribute of a resource in another account or region is refused.
   *
   * @default - 805950163170 in partition `aws`; synthesis fails for a stack that is known to be in another one, and the
   * deployment for one that turns out to be
   */
  readonly accountId?: string;
}

/** What narrows the trust in a base account. */
export interface TrustedBaseAccountOptions {
  /**
   * Name of the base account's user, up to 64 letters, digits and `_ + = , . @ -`. No one else in the account may assume
   * the role then; the user need not exist yet, and may be made anew.
   *
   * @default - everyone in the account to whom its IAM grants `sts:AssumeRole` on the role
   */
  readonly userName?: string;

  /**
   * IAM path of the user, beginning and ending with `/`. Goes with `userName`.
   *
   * @default '/'
   */
  readonly userPath?: string;

  /**
   * ID of the AWS organization that the base account belongs to, e.g. `o-a1b2c3d4e5` (`aws:PrincipalOrgID`).
   *
   * @default - the caller's organization is not looked at
   */
  readonly organizationId?: string;
}

/**
 * Whom a connector role trusts: the Qualys account, a base account, or several of them while moving from one to another.
 *
 * To switch without an outage, deploy `anyOf` both in every connected account, register the base account, then deploy
 * `baseAccount`; and the other way round before the base account is deleted, as its connectors then call from the Qualys
 * account again (vendor page "Base Account").
 *
 * Statements name the account's root and narrow it by conditions: the external ID always, the user's ARN
 * (`aws:PrincipalArn`) and the organization where given. A user that is deleted and made anew still gets in.
 *
 * @example
 * const before = TrustPrincipal.qualysAccount();
 * const after = TrustPrincipal.baseAccount('111122223333', { userName: 'qualys-base-account' });
 * const between = TrustPrincipal.anyOf(before, after);
 */
export class TrustPrincipal {
  /**
   * The AWS account of Qualys. Not in China, where the vendor has none (vendor page "China Region Connectors"): synthesis fails for a role
   * that is known to be there.
   *
   * @param options which account it is. Throws when `accountId` is not 12 digits; tokens pass.
   */
  public static qualysAccount(options: TrustedQualysAccountOptions = {}): TrustPrincipal {
    const { accountId } = options;
    if (accountId !== undefined) checkAccountId('accountId', accountId);
    return new TrustPrincipal([(scope) => ({ isQualys: true, accountId: qualysAccountFor(scope, accountId) })]);
  }

  /**
   * An account of your own.
   *
   * @param accountId ID of the base account, a string of 12 digits; it has to be in the role's partition. Throws for anything
   * else, and for the Qualys account. Tokens pass.
   * @param options what narrows the trust. Throws for a name, path or organization ID that AWS does not have.
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
   * The user of a base account, by reference.
   *
   * In the user's own stack it follows the user. Another stack of the same account writes the user's name as text where it is given as
   * text, and is handed it otherwise. From another account it needs a `userName` given as text on the `BaseAccountUser`, and synthesis
   * fails without.
   *
   * The user's stack is deployed before the role's, and deleted after it, within a `Stage`; where the user's stack reads something of the
   * role's, or holds a connector of it, it is the other way round.
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
   * Each of these: the Qualys account and base accounts while moving, or the users of several platforms.
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
