import { Token } from 'aws-cdk-lib';
import { checkText } from '../private/checks';
import { refuseSecret } from '../private/secrets';
import type { FleetProperties } from '../wire/fleet';

/**
 * What a fleet calls its connectors at the service.
 *
 * @example
 * const naming = ConnectorNaming.byAccountName('aws-');
 */
export class ConnectorNaming {
  /**
   * `<prefix><account ID>`, as `aws-111122223333`.
   *
   * @param prefix up to 200 characters without line breaks and control characters; throws for others. Tokens pass.
   */
  public static byAccountId(prefix: string): ConnectorNaming {
    return new ConnectorNaming('ACCOUNT_ID', prefix);
  }

  /**
   * `<prefix><account name> (<account ID>)`, as `aws-Production (111122223333)`, cut to the 255 characters that the service takes. The name is
   * that of AWS Organizations; an account that is renamed there costs one call. Accounts of `ConnectedAccounts.fromAccountIds` have a name only
   * where another source of the fleet reads the organization, and are called by their ID else.
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
