import { Duration } from 'aws-cdk-lib';
import { RemovalActionName } from '../wire/fleet';

/** When the connector of an account that has left is touched, and when not. */
export interface AccountRemovalOptions {
  /**
   * Time between the run that first misses the account and what is done. An account that is back before is left as it is. At least an hour.
   *
   * @default Duration.days(1)
   */
  readonly gracePeriod?: Duration;

  /**
   * So many accounts may be on their way out at the same time, a whole number from 1 to 100,000. Where more have left, or more than half of all,
   * nothing is touched, and the metric `Stopped` is 1: a list of accounts that shrinks like this is a mistake as a rule.
   *
   * @default 20
   */
  readonly maxAtOnce?: number;
}

/**
 * What a fleet does with the connector of an account that has left: it is in no source any more, closed or suspended.
 *
 * Only connectors that the fleet has made are touched; one that was taken over stays as it is.
 *
 * @example
 * const onAccountRemoval = AccountRemovalPolicy.disable({ gracePeriod: Duration.days(7) });
 */
export class AccountRemovalPolicy {
  /** The connector stays as it is, and fails from now on. */
  public static keep(): AccountRemovalPolicy {
    return new AccountRemovalPolicy('KEEP', {});
  }

  /**
   * The connector is disabled; when the account comes back, it is enabled again. What the service has found stays.
   *
   * @param options when, and how many at once; throws for a grace period under an hour and for a number that is none
   */
  public static disable(options: AccountRemovalOptions = {}): AccountRemovalPolicy {
    return new AccountRemovalPolicy('DISABLE', options);
  }

  /**
   * The connector is deleted; when the account comes back, it gets a new one. What the service has found is the service's matter.
   *
   * @param options when, and how many at once; throws for a grace period under an hour and for a number that is none
   */
  public static remove(options: AccountRemovalOptions = {}): AccountRemovalPolicy {
    return new AccountRemovalPolicy('REMOVE', options);
  }

  /** @internal */
  public readonly _properties: { readonly Action: RemovalActionName; readonly AfterSeconds: string; readonly MaxAtOnce: string };

  private constructor(action: RemovalActionName, { gracePeriod = Duration.days(1), maxAtOnce = 20 }: AccountRemovalOptions) {
    if (gracePeriod.isUnresolved()) throw new Error('gracePeriod must be known at synth, got a token: use Duration.days() or Duration.hours() with a number');
    const seconds = gracePeriod.toSeconds({ integral: false });
    if (!Number.isInteger(seconds) || seconds < 3_600 || seconds > 365 * 86_400) throw new Error(`gracePeriod must be from 1 hour to 365 days, got ${Number((seconds / 3_600).toFixed(3))} hours: use Duration.days() or Duration.hours()`);
    if (!Number.isSafeInteger(maxAtOnce) || maxAtOnce < 1 || maxAtOnce > 100_000) throw new Error(`maxAtOnce must be a whole number from 1 to 100000, got ${maxAtOnce}: use AccountRemovalPolicy.keep() to touch no connector`);
    this._properties = { Action: action, AfterSeconds: String(seconds), MaxAtOnce: String(maxAtOnce) };
  }
}
