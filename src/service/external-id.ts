import { createHmac } from 'crypto';
import { ScopedAws, Stack, Token } from 'aws-cdk-lib';
import { Conditions } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { guessableBecause } from './private/guessable';
import { checkText } from '../private/checks';
import type { AccountSourceProperties } from '../wire/accounts';
import { flag } from '../wire/common';
import { EXTERNAL_ID_CHARACTERS, EXTERNAL_ID_MAXIMUM, EXTERNAL_ID_MINIMUM } from '../wire/patterns';

const ACCOUNT_ID_LENGTH = 12;
/** Digits of a hash. Nobody can try so many. */
const HASH_LENGTH = 24;

const RULE = {
  min: EXTERNAL_ID_MINIMUM, max: EXTERNAL_ID_MAXIMUM, pattern: EXTERNAL_ID_CHARACTERS, allowed: 'letters, digits and _ + = , . @ : / -',
};

/**
 * The external ID that the connector service presents when it assumes a connector role (`sts:ExternalId`).
 *
 * The external ID is not a secret, but every customer of the service needs another one: it is all that keeps the connectors of other
 * customers out of a role that trusts the Qualys account. The caller chooses it (vendor page "Create AWS Connector" of the Connectors API
 * 3.0). A role that trusts the Qualys account therefore needs one that is hard to guess and different in each account: use
 * `perAccountHash`. Older versions of the service also take an external ID that has digits only.
 *
 * Limits of AWS (`AssumeRole`): 2 to 1,224 letters, digits and `_ + = , . @ : / -`. Roles of this library always compare it with
 * `StringEquals`.
 *
 * @example
 * const everywhere = ExternalId.of('83172650944188230571');
 * // in account 123456789012: 8317265094418823123456789012
 * const perAccount = ExternalId.perAccount('8317265094418823');
 */
export class ExternalId {
  /**
   * The same external ID in every account.
   *
   * @param value 2 to 1,224 characters; throws for others. Tokens pass.
   */
  public static of(value: string): ExternalId {
    checkText('externalId', value, RULE);
    return new ExternalId(value, 'SAME');
  }

  /**
   * A prefix followed by the ID of the role's account. It is stable and different in each account. If the prefix has digits only, so has
   * the external ID.
   *
   * @param prefix 1 to 1,212 characters, so that 12 digits have room after it; throws for others. Tokens pass.
   */
  public static perAccount(prefix: string): ExternalId {
    checkText('prefix of the externalId', prefix, { ...RULE, min: 1, max: RULE.max - ACCOUNT_ID_LENGTH });
    return new ExternalId(prefix, 'PREFIX');
  }

  /**
   * Digits of a hash of a seed and the ID of the role's account. It is stable and different in each account, and somebody who reads one
   * role cannot work out the external IDs of the others. The account has to be known at synth; otherwise synthesis fails.
   *
   * @param seed random characters of your own, for example 20 digits: 16 to 1,224 characters; throws for others and for tokens. Keep it
   * private: with it anybody can compute all external IDs.
   */
  public static perAccountHash(seed: string): ExternalId {
    if (Token.isUnresolved(seed)) throw new Error('seed of ExternalId.perAccountHash() must be a text, got a token: the hash is made when the app is synthesized');
    checkText('seed of the externalId', seed, { ...RULE, min: 16 });
    return new ExternalId(seed, 'HASH');
  }

  private constructor(private readonly value: string, private readonly kind: 'SAME' | 'PREFIX' | 'HASH') {}

  /**
   * The external ID of a role in `scope`.
   *
   * @internal
   */
  public _render(scope: IConstruct): string {
    const stack = Stack.of(scope);
    // The token belongs to this stack. In another stack it must not become the ID of that stack's account.
    return this._forAccount(Token.isUnresolved(stack.account) ? new ScopedAws(stack).accountId : stack.account);
  }

  /**
   * The external ID of a role in an account.
   *
   * @internal
   */
  public _forAccount(accountId: string): string {
    switch (this.kind) {
      case 'SAME': return this.value;
      case 'PREFIX': return `${this.value}${accountId}`;
      default: return this.hashFor(accountId);
    }
  }

  /**
   * The external IDs of many accounts, as they cross the wire. `perAccountHash` gives one for each account, so the accounts have to be
   * known.
   *
   * @internal
   */
  public _ofMany(accountIds?: readonly string[]): Pick<AccountSourceProperties, 'ExternalId' | 'AppendsAccountId' | 'ExternalIds'> {
    if (this.kind !== 'HASH') return { ExternalId: this.value, AppendsAccountId: flag(this.kind === 'PREFIX') };
    if (accountIds === undefined) {
      throw new Error('externalId of accounts that only the deployment finds cannot be ExternalId.perAccountHash(), whose hash is made when the app is synthesized: use '
        + 'ExternalId.perAccount(), or list the accounts with ConnectedAccounts.fromAccountIds()');
    }
    return { AppendsAccountId: flag(false), ExternalIds: accountIds.map((accountId) => this._forAccount(accountId)) };
  }

  /**
   * Whether all accounts have the same external ID.
   *
   * @internal
   */
  public get _isSame(): boolean {
    return this.kind === 'SAME';
  }

  /**
   * The condition for the policy of a caller. It calls many accounts, so the condition leaves the account ID open.
   *
   * @internal
   */
  public _callerCondition(): Conditions {
    if (this.kind === 'HASH') {
      throw new Error('externalId of a policy for all accounts cannot be ExternalId.perAccountHash(), which is different in each account and has no common part: '
        + 'leave it out, the roles check it all the same');
    }
    return this.kind === 'PREFIX'
      ? { StringLike: { 'sts:ExternalId': `${this.value}${'?'.repeat(ACCOUNT_ID_LENGTH)}` } }
      : { StringEquals: { 'sts:ExternalId': this.value } };
  }

  /**
   * Why others can guess it, as the end of a sentence. The library takes a value that only the deployment knows to be hard to guess.
   *
   * @internal
   */
  public _guessable(): string | undefined {
    if (this.kind === 'PREFIX') return 'is a prefix and the account ID, so that who reads one role knows the external ID of every account';
    return this._guessableInCommon();
  }

  /**
   * Why others can guess the part that is the same in all accounts, as the end of a sentence.
   *
   * @internal
   */
  public _guessableInCommon(): string | undefined {
    return Token.isUnresolved(this.value) ? undefined : guessableBecause(this.value);
  }

  private hashFor(accountId: string): string {
    if (Token.isUnresolved(accountId)) {
      throw new Error('externalId is ExternalId.perAccountHash(), which needs the account of the role at synth: set env.account on the role\'s stack. In a StackSet, whose '
        + 'accounts are not known, use ExternalId.perAccount()');
    }
    const hash = createHmac('sha256', this.value).update(accountId).digest('hex');
    return BigInt(`0x${hash}`).toString().slice(-HASH_LENGTH);
  }
}
