import { Duration } from 'aws-cdk-lib';
import { RemovalActionName } from '../wire/fleet';

/** When a fleet disables or deletes the connector of an account that has left. */
export interface AccountRemovalOptions {
  /**
   * Time between the run that first misses the account and the change of its connector, from 1 hour to 365 days in whole seconds. If the account comes
   * back within that time, its connector stays as it is.
   *
   * @default Duration.days(1)
   */
  readonly gracePeriod?: Duration;

  /**
   * The most accounts that may leave at the same time, a whole number from 1 to 100,000.
   *
   * If more accounts have left, or more than half of all, the fleet changes no connector of an account that has left, and the metric `Stopped` is 1.
   * A list of accounts that shrinks so much is usually a mistake.
   *
   * @default 20
   */
  readonly maxAtOnce?: number;
}

/**
 * What a fleet does with the connector of an account that has left.
 *
 * An account has left when it is no longer in any source, or is closed or suspended. The fleet changes only connectors that it has made. An adopted
 * connector stays as it is.
 *
 * @example
 * const onAccountRemoval = AccountRemovalPolicy.disable({ gracePeriod: Duration.days(7) });
 */
export class AccountRemovalPolicy {
  /** Keeps the connector as it is. Its runs fail from then on. */
  public static keep(): AccountRemovalPolicy {
    return new AccountRemovalPolicy('KEEP', {});
  }

  /**
   * Disables the connector, and enables it again when the account comes back. The service keeps what it has found.
   *
   * @param options when, and how many at once; throws for a grace period or a number that is out of range
   */
  public static disable(options: AccountRemovalOptions = {}): AccountRemovalPolicy {
    return new AccountRemovalPolicy('DISABLE', options);
  }

  /**
   * Deletes the connector. When the account comes back, it gets a new one. The service decides what it keeps of its findings.
   *
   * @param options when, and how many at once; throws for a grace period or a number that is out of range
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
