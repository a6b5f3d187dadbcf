import { IConstruct } from 'constructs';
import { oneOf } from '../private/checks';
import { knownPartition, knownRegion } from '../private/partitions';
import { AccountTypeName } from '../wire/account-types';

/**
 * The account type of a base account or connector. It says which AWS partition the accounts are in.
 *
 * The connector service holds at most one base account for each account type. It cannot edit an account type: a change of it replaces the
 * base account or the connector. Vendor pages: "Create a Base Account" and "Configure AWS Connector" of the Connectors online help
 * (docs.qualys.com).
 *
 * @example
 * const accountType = AccountType.US_GOVCLOUD;
 */
export class AccountType {
  /** Commercial regions, partition `aws`. In Python the name is `GLOBAL_`, because `global` is a reserved word there. */
  public static readonly GLOBAL = new AccountType('GLOBAL', 'Global', 'aws');

  /** AWS GovCloud (US), partition `aws-us-gov`. */
  public static readonly US_GOVCLOUD = new AccountType('US_GOVCLOUD', 'US GovCloud', 'aws-us-gov');

  /** AWS in China, partition `aws-cn`. */
  public static readonly CHINA = new AccountType('CHINA', 'China', 'aws-cn');

  /**
   * The account type for a construct in `scope`: the given one, or the one of the stack's region. It is `GLOBAL` when the region is not
   * known at synth. Throws when the region is known and the given account type is of another partition.
   *
   * @internal
   */
  public static _of(scope: IConstruct, given?: AccountType): AccountType {
    const partition = knownPartition(scope);
    if (partition === undefined) return given ? AccountType._own(given) : AccountType.GLOBAL;
    const place = `${scope.node.path} is in region ${knownRegion(scope)} (partition ${partition})`;
    return AccountType._ofPartition(partition, place, 'a stack in the other partition', given);
  }

  /**
   * The account type for a partition. Throws when the partition has none, and when `given` is another one.
   *
   * @param place says what is in the partition, as a sentence
   * @param otherwise says what to use instead of the account type
   * @internal
   */
  public static _ofPartition(partition: string, place: string, otherwise: string, given?: AccountType): AccountType {
    const own = AccountType._all().find((type) => type.partition === partition);
    if (!own) throw new Error(`${place}, for which Qualys has no account type: use a region of aws, aws-us-gov or aws-cn`);
    if (given && given.name !== own.name) {
      throw new Error(`accountType ${given.name} is for partition ${given.partition}, but ${place}: `
        + `use AccountType.${own.name} or ${otherwise}`);
    }
    return own;
  }

  /**
   * The account type with the name of `given`, which may come from another copy of the package in the same app.
   *
   * @internal
   */
  public static _own(given: AccountType): AccountType {
    return oneOf('accountType', given.name, AccountType._all());
  }

  private static _all(): AccountType[] {
    return [AccountType.GLOBAL, AccountType.US_GOVCLOUD, AccountType.CHINA];
  }

  /** The vendor's label: `Global`, `US GovCloud` or `China`. */
  public readonly label: string;

  /** The AWS partition: `aws`, `aws-us-gov` or `aws-cn`. */
  public readonly partition: string;

  /** @internal */
  public readonly _name: AccountTypeName;

  private constructor(name: AccountTypeName, label: string, partition: string) {
    this._name = name;
    this.label = label;
    this.partition = partition;
  }

  /** `GLOBAL`, `US_GOVCLOUD` or `CHINA`. */
  public get name(): string {
    return this._name;
  }
}
