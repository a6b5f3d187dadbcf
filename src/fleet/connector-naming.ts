import { Token } from 'aws-cdk-lib';
import { checkText } from '../private/checks';
import { refuseSecret } from '../private/secrets';
import type { FleetProperties } from '../wire/fleet';

/**
 * How a fleet names its connectors at the service.
 *
 * @example
 * const naming = ConnectorNaming.byAccountName('aws-');
 */
export class ConnectorNaming {
  /**
   * Names a connector `<prefix><account ID>`, for example `aws-111122223333`.
   *
   * @param prefix up to 200 characters without line breaks and control characters; throws for others. Tokens pass.
   */
  public static byAccountId(prefix: string): ConnectorNaming {
    return new ConnectorNaming('ACCOUNT_ID', prefix);
  }

  /**
   * Names a connector `<prefix><account name> (<account ID>)`, for example `aws-Production (111122223333)`.
   *
   * - The account name is cut so that the whole has at most 255 characters, the service's limit.
   * - The account name is the one in AWS Organizations. If an account is renamed there, the fleet renames its connector with one call.
   * - Accounts of `ConnectedAccounts.fromAccountIds` have a name only if another source of the fleet reads the organization. Otherwise the connector is
   *   named `<prefix><account ID>`.
   *
   * @param prefix up to 200 characters without line breaks and control characters; throws for others. Tokens pass.
   */
  public static byAccountName(prefix: string): ConnectorNaming {
    return new ConnectorNaming('ACCOUNT_NAME', prefix);
  }

  /** @internal */
  public readonly _properties: FleetProperties['Naming'];

  private constructor(by: FleetProperties['Naming']['By'], prefix: string) {
    refuseSecret('prefix', prefix);
    if (!Token.isUnresolved(prefix)) checkText('prefix', prefix, { min: 0, max: 200, pattern: /^[^\p{C}\p{Zl}\p{Zp}]*$/u, allowed: 'characters other than line breaks and control characters' });
    this._properties = { By: by, Prefix: prefix };
  }
}
