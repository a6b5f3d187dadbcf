import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { IBaseAccountUser } from '../base-account/base-account-user-attributes';
import { userArn, userArnFor } from './private/base-account-user-arn';
import { checkPath, checkUserName } from '../private/iam-names';
import { afterUser } from './private/after-user';
import { checkReadable, QUALYS_ACCOUNT, qualysAccountOf } from './private/qualys-account';
import { TrustedAccount } from './private/trust-statements';
import { checkAccountId, checkOrganizationId } from '../private/checks';

/** What is known about the Qualys account. */
export interface TrustedQualysAccountOptions {
  /**
   * ID of the AWS account that your platform calls from, a string of 12 digits.
   *
   * Required in partitions other than `aws`, whose Qualys accounts are not public: the subscription shows the ID when a
   * connector is created (vendor page "Create Role"), and {@link QualysAccountLookup} reads it. An attribute of a resource in
   * another account or region is refused.
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
 * Whom a connector role trusts: the Qualys account, the base account, or both while moving from one to the other.
 *
 * To switch without an outage, deploy `both` in every connected account, register the base account, then deploy
 * `baseAccount`; and the other way round before the base account is deleted, as its connectors then call from the Qualys
 * account again (vendor page "Base Account").
 *
 * Statements name the account's root and narrow it by conditions: the external ID always, the user's ARN
 * (`aws:PrincipalArn`) and the organization where given. A user that is deleted and made anew still gets in.
 *
 * @example
 * const before = TrustPrincipal.qualysAccount();
 * const after = TrustPrincipal.baseAccount('111122223333', { userName: 'qualys-base-account' });
 * const between = TrustPrincipal.both(before, after);
 */
export class TrustPrincipal {
  /** The AWS account of Qualys. Throws when `accountId` is not 12 digits; tokens pass. */
  public static qualysAccount(options: TrustedQualysAccountOptions = {}): TrustPrincipal {
    const { accountId } = options;
    if (accountId !== undefined) checkAccountId('accountId', accountId);
    return new TrustPrincipal(['QualysAccount'], (scope) => {
      if (accountId === undefined) return [{ sid: 'QualysAccount', accountId: qualysAccountOf(scope) }];
      checkReadable(scope, 'accountId of TrustPrincipal.qualysAccount()', accountId,
        "write the ID as a text, or make a QualysAccountLookup in the role's stack");
      return [{ sid: 'QualysAccount', accountId }];
    });
  }

  /**
   * An account of your own.
   *
   * @param accountId ID of the base account, a string of 12 digits; it has to be in the role's partition. Throws for anything
   * else, and for the Qualys account. Tokens pass.
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
    if (userPath !== undefined && userName === undefined) {
      throw new Error('userName must be given together with userPath, '
        + `got userPath '${userPath}' alone`);
    }
    if (organizationId !== undefined) checkOrganizationId('organizationId', organizationId);
    const arn = userName === undefined ? undefined : userArn(accountId, userName, userPath ?? '/');
    return new TrustPrincipal(['BaseAccount'], () => [{ sid: 'BaseAccount', accountId, userArn: arn, organizationId }]);
  }

  /**
   * Both, for the time of a move.
   *
   * @param qualys Made by `qualysAccount`.
   * @param base Made by `baseAccount` or `ofUser`. Throws for others, and when it is the account of `qualys`.
   */
  public static both(qualys: TrustPrincipal, base: TrustPrincipal): TrustPrincipal {
    const kinds = [...qualys.kinds, ...base.kinds];
    if (kinds.join() !== 'QualysAccount,BaseAccount') {
      throw new Error('both() takes TrustPrincipal.qualysAccount() and then TrustPrincipal.baseAccount() or ofUser(), '
        + `got ${kinds.join(', ')}`);
    }
    return new TrustPrincipal(kinds, (scope) => [...qualys._accounts(scope), ...base._accounts(scope)]);
  }

  /**
   * The user of a base account, by reference.
   *
   * In the user's own account it follows the user. From another account it needs a `userName` set in code on the
   * `BaseAccountUser`, and synthesis fails without, because CloudFormation hands no value from one account to another.
   *
   * The user's stack is deployed before the role's, and deleted after it, within a `Stage`; where a connector of the role stands in
   * the user's own stack it is the other way round, which a role of another account allows.
   */
  public static ofUser(user: IBaseAccountUser): TrustPrincipal {
    return new TrustPrincipal(['BaseAccount'], (scope) => {
      afterUser(scope, user);
      return [{ sid: 'BaseAccount', accountId: user.awsAccountId, userArn: userArnFor(scope, user) }];
    });
  }

  private constructor(
    private readonly kinds: TrustedAccount['sid'][],
    private readonly resolve: (scope: IConstruct) => TrustedAccount[],
  ) {}

  /**
   * The accounts as the stack of `scope` sees them, one or two.
   *
   * @internal
   */
  public _accounts(scope: IConstruct): TrustedAccount[] {
    const accounts = this.resolve(scope);
    const [first, second] = accounts.map(({ accountId }) => accountId);
    if (first === second && !Token.isUnresolved(first)) {
      throw new Error('both() takes two different accounts, '
        + `got ${first} for the Qualys account and for the base account`);
    }
    return accounts;
  }

  /** @internal */
  public _trustsQualys(): boolean {
    return this.kinds.includes('QualysAccount');
  }
}
