import { ScopedAws, Stack, Token } from 'aws-cdk-lib';
import { Conditions } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { checkText } from '../private/checks';
import { EXTERNAL_ID_CHARACTERS, EXTERNAL_ID_MAXIMUM, EXTERNAL_ID_MINIMUM } from '../wire/patterns';

const ACCOUNT_ID_LENGTH = 12;
/** Shorter ones can be guessed by whoever may create connectors at the same service. */
const HARD_TO_GUESS = 16;

const RULE = {
  min: EXTERNAL_ID_MINIMUM, max: EXTERNAL_ID_MAXIMUM, pattern: EXTERNAL_ID_CHARACTERS, allowed: 'letters, digits and _ + = , . @ : / -',
};

/**
 * The external ID that the connector service presents when it assumes a connector role (`sts:ExternalId`).
 *
 * Not a secret, but it must differ from that of every other customer: the service works for all of them, and a role is
 * safe from their connectors only by its external ID. The caller chooses it (vendor page "Create AWS Connector" of the
 * Connectors API 3.0), so towards the Qualys account it has to be hard to guess: use 16 characters or more, such as 20
 * random digits, which older versions of the service accept too.
 *
 * Limits of AWS (`AssumeRole`): 2 to 1,224 letters, digits and `_ + = , . @ : / -`. Always compared with `StringEquals`
 * by the role.
 *
 * @example
 * const everywhere = ExternalId.of('83172650944188230571');
 * const perAccount = ExternalId.perAccount('8317265094418823'); // 8317265094418823123456789012 in account 123456789012
 */
export class ExternalId {
  /**
   * This value, in every account.
   *
   * @param value 2 to 1,224 characters; throws for others. Tokens pass.
   */
  public static of(value: string): ExternalId {
    checkText('externalId', value, RULE);
    return new ExternalId(value, false);
  }

  /**
   * A prefix and the ID of the account that the role stands in: stable, different in each account, and digits stay digits.
   *
   * @param prefix 1 to 1,212 characters, so that 12 digits have room after it; throws for others. Tokens pass.
   */
  public static perAccount(prefix: string): ExternalId {
    checkText('prefix of the externalId', prefix, { ...RULE, min: 1, max: RULE.max - ACCOUNT_ID_LENGTH });
    return new ExternalId(prefix, true);
  }

  private constructor(private readonly value: string, private readonly appendsAccount: boolean) {}

  /**
   * The value for what stands in `scope`.
   *
   * @internal
   */
  public _render(scope: IConstruct): string {
    const stack = Stack.of(scope);
    // Bound to its stack: read by another one, it must not become the ID of that one's account.
    return this._forAccount(Token.isUnresolved(stack.account) ? new ScopedAws(stack).accountId : stack.account);
  }

  /**
   * The value for what stands in an account.
   *
   * @internal
   */
  public _forAccount(accountId: string): string {
    return this.appendsAccount ? `${this.value}${accountId}` : this.value;
  }

  /**
   * What a caller's policy says: the accounts it calls are many, so that their IDs are left open.
   *
   * @internal
   */
  public _callerCondition(): Conditions {
    return this.appendsAccount
      ? { StringLike: { 'sts:ExternalId': `${this.value}${'?'.repeat(ACCOUNT_ID_LENGTH)}` } }
      : { StringEquals: { 'sts:ExternalId': this.value } };
  }

  /**
   * Whether it is short enough to be found by trying. What only the deployment knows is taken to be long enough.
   *
   * @internal
   */
  public _guessable(): boolean {
    return !Token.isUnresolved(this.value) && this.value.length < HARD_TO_GUESS;
  }
}
