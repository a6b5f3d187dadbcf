import { Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { checkAccounts, checkExcluded, checkStackSetName, checkUnits } from './private/account-checks';
import { AccountSource, readAccounts, sourceProperties } from './private/account-source';
import { checkPath, checkRoleName } from '../private/iam-names';
import { AN_EXTERNAL_ID, checkRequired, TEXT } from '../private/required';
import { ExternalId } from '../service/external-id';
import type { AccountSourceProperties } from '../wire/accounts';
import { SCHEMA_VERSION } from '../wire/common';

/** The connector role that each of many accounts has. */
export interface ConnectedRole {
  /**
   * Name of the role, known at synth.
   *
   * 1 to 64 letters, digits and `_ + = , . @ -`.
   */
  readonly roleName: string;

  /**
   * IAM path of the role, beginning and ending with `/`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * The external ID that the roles require. `ExternalId.perAccount` gives each account its own. `perAccountHash` needs accounts that are
   * known in code.
   */
  readonly externalId: ExternalId;
}

/** Which accounts of an organization to use, and how to read them. */
export interface ConnectedAccountsOptions {
  /**
   * IDs of accounts to leave out, 12 digits each.
   *
   * @default - none
   */
  readonly excludeAccounts?: string[];

  /**
   * Whether the function's account is a delegated administrator of StackSets and not the management account. Only for `fromStackSet`.
   *
   * @default true
   */
  readonly delegatedAdministrator?: boolean;

  /**
   * Region of the stack set. Only for `fromStackSet`.
   *
   * @default - the region of the stack that reads it
   */
  readonly region?: string;
}

/**
 * Accounts with the connector role in each of them. A {@link ConnectorFleet} connects them.
 *
 * The function reads the accounts of a stack set or of organizational units when it runs. The template is therefore the same for ten or ten
 * thousand accounts.
 *
 * @example
 * const role = { roleName: 'QualysConnector', externalId: ExternalId.perAccount('27927190418364520177') };
 * const accounts = ConnectedAccounts.fromOrganizationalUnits(['ou-ab12-c3d4e5f6'], role, { excludeAccounts: ['444444444444'] });
 */
export class ConnectedAccounts {
  /**
   * The listed accounts. Nothing checks that the role exists there.
   *
   * @param accountIds 1 to 1,000 IDs of 12 digits, each once; throws for others. Tokens pass.
   * @param role the role in each account; throws for a name that is missing or a token
   */
  public static fromAccountIds(accountIds: string[], role: ConnectedRole): ConnectedAccounts {
    checkAccounts('accountIds', accountIds);
    return new ConnectedAccounts({ kind: 'LIST', accountIds: [...accountIds], ...roleOf(role, accountIds) });
  }

  /**
   * The accounts of a stack set that another tool made, service-managed or self-managed. Only accounts whose stack instance is `CURRENT`
   * count. For a stack set of this library use the property `accounts` of its `ConnectorRoleStackSet`.
   *
   * @param name name of the stack set: 1 to 128 letters, digits and `-`; throws for others. Tokens pass.
   * @param role the role that the stack set makes; throws for a name that is missing or a token, and for `ExternalId.of`, because each
   * account needs its own external ID
   * @param options which accounts to leave out, and where the stack set is
   */
  public static fromStackSet(name: string, role: ConnectedRole, options: ConnectedAccountsOptions = {}): ConnectedAccounts {
    checkRequired({ name }, { name: TEXT });
    checkStackSetName('name', name);
    const { excludeAccounts = [], delegatedAdministrator = true, region } = options;
    checkExcluded('excludeAccounts', excludeAccounts);
    return new ConnectedAccounts({ kind: 'STACK_SET', stackSet: { name, region, delegatedAdministrator }, excludeAccounts, ...roleOf(role) });
  }

  /**
   * The accounts of organizational units and of the units below them. They count as soon as they exist, even if the role comes later. The
   * root includes the management account.
   *
   * The function's account has to be the management account, or a delegated administrator of any service.
   *
   * @param ids 1 to 50 IDs of organizational units such as `ou-ab12-c3d4e5f6`, or the ID of the root, such as `r-ab12`; throws for others.
   * Tokens pass.
   * @param role the role in each account; throws for a name that is missing or a token, and for `ExternalId.of`, because each account needs
   * its own external ID
   * @param options which accounts to leave out; throws for the options of a stack set
   */
  public static fromOrganizationalUnits(ids: string[], role: ConnectedRole, options: ConnectedAccountsOptions = {}): ConnectedAccounts {
    checkUnits('ids', ids);
    const { excludeAccounts = [] } = options;
    checkExcluded('excludeAccounts', excludeAccounts);
    for (const name of ['delegatedAdministrator', 'region'] as const) if (options[name] !== undefined) throw new Error(`${name} is of ConnectedAccounts.fromStackSet() only, got ${options[name]}: leave it out`);

    return new ConnectedAccounts({ kind: 'UNITS', unitIds: [...ids], excludeAccounts, ...roleOf(role) });
  }

  /**
   * Accounts of a source that the library makes.
   *
   * @internal
   */
  public static _of(source: AccountSource): ConnectedAccounts {
    return new ConnectedAccounts(source);
  }

  /**
   * Shows whether the object is from another version of the package.
   *
   * @internal
   */
  public readonly _contract: string = SCHEMA_VERSION;

  private constructor(
    /** @internal */
    public readonly _source: AccountSource,
  ) {}

  /**
   * The properties for a function in the stack of `scope`, as they cross the wire.
   *
   * @internal
   */
  public _properties(scope: IConstruct): AccountSourceProperties {
    return sourceProperties(scope, this._source);
  }

  /**
   * The rights that a function in the stack of `scope` needs to find the accounts.
   *
   * @internal
   */
  public _statements(scope: IConstruct): PolicyStatement[] {
    return readAccounts(scope, this._source);
  }
}

function roleOf(role: ConnectedRole, accountIds?: readonly string[]): Pick<AccountSource, 'role'> {
  checkRequired(role, { roleName: TEXT, externalId: AN_EXTERNAL_ID });
  const { roleName, path = '/', externalId } = role;
  if (Token.isUnresolved(roleName)) throw new Error('roleName of the accounts must be a text that is known at synth, got a token: it is written into the ARN of the role in each account');
  checkRoleName('roleName', roleName);
  checkPath('path', path);
  if (accountIds === undefined && externalId._isSame) {
    throw new Error('externalId must be different in each account, got ExternalId.of() for accounts that are found at deployment: whoever reads one role could call into all of '
      + 'them. Use ExternalId.perAccount()');
  }
  externalId._ofMany(accountIds);
  return { role: { name: roleName, path, externalId } };
}
