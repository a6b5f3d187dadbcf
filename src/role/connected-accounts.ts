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

/** The role that stands in each of many accounts. */
export interface ConnectedRole {
  /** Name of the role, 1 to 64 letters, digits and `_ + = , . @ -`, known at synth. */
  readonly roleName: string;

  /**
   * IAM path of the role, beginning and ending with `/`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * The external ID that the roles ask for. `ExternalId.perAccount` gives each account its own; `perAccountHash` needs accounts that are
   * known in code.
   */
  readonly externalId: ExternalId;
}

/** Which accounts of an organization are meant, and who reads them. */
export interface ConnectedAccountsOptions {
  /**
   * IDs of accounts that are left out, 12 digits each.
   *
   * @default - none
   */
  readonly excludeAccounts?: string[];

  /**
   * Whether the account of the function is a delegated administrator of StackSets, and not the management account. Of a stack set only.
   *
   * @default true
   */
  readonly delegatedAdministrator?: boolean;

  /**
   * Region of the stack set. Of a stack set only.
   *
   * @default - that of the stack that reads it
   */
  readonly region?: string;
}

/**
 * Accounts, and the role that stands in each of them: what a {@link ConnectorFleet} connects.
 *
 * Which accounts there are in a stack set or in organizational units is read when the function runs, so that the template is the same for
 * ten or ten thousand.
 *
 * @example
 * const role = { roleName: 'QualysConnector', externalId: ExternalId.perAccount('27927190418364520177') };
 * const accounts = ConnectedAccounts.fromOrganizationalUnits(['ou-ab12-c3d4e5f6'], role, { excludeAccounts: ['444444444444'] });
 */
export class ConnectedAccounts {
  /**
   * These accounts. That the role is there is not asked.
   *
   * @param accountIds 1 to 1,000 IDs of 12 digits, each once; throws for others. Tokens pass.
   * @param role the role in each of them; throws for a name that is missing or a token
   */
  public static fromAccountIds(accountIds: string[], role: ConnectedRole): ConnectedAccounts {
    checkAccounts('accountIds', accountIds);
    return new ConnectedAccounts({ kind: 'LIST', accountIds: [...accountIds], ...roleOf(role, accountIds) });
  }

  /**
   * The accounts of the instances of a stack set that another tool made, service-managed or self-managed: those that are `CURRENT`. For a
   * set of this library use the property `accounts` of its `ConnectorRoleStackSet`.
   *
   * @param name of the stack set: 1 to 128 letters, digits and `-`; throws for others. Tokens pass.
   * @param role the role that the set makes; throws for a name that is missing or a token, and for `ExternalId.of`, as each account has to
   * have an external ID of its own
   * @param options which accounts are left out, where the set is, and who reads it
   */
  public static fromStackSet(name: string, role: ConnectedRole, options: ConnectedAccountsOptions = {}): ConnectedAccounts {
    checkRequired({ name }, { name: TEXT });
    checkStackSetName('name', name);
    const { excludeAccounts = [], delegatedAdministrator = true, region } = options;
    checkExcluded('excludeAccounts', excludeAccounts);
    return new ConnectedAccounts({ kind: 'STACK_SET', stackSet: { name, region, delegatedAdministrator }, excludeAccounts, ...roleOf(role) });
  }

  /**
   * The accounts of organizational units and of the units below them, as soon as they are there: the role may come later. The management
   * account is among those of the root.
   *
   * The account of the function has to be the management account, or a delegated administrator of any service.
   *
   * @param ids 1 to 50 IDs of organizational units, as `ou-ab12-c3d4e5f6`, or that of the root, as `r-ab12`; throws for others. Tokens pass.
   * @param role the role in each of them; throws for a name that is missing or a token, and for `ExternalId.of`, as each account has to
   * have an external ID of its own
   * @param options which accounts are left out; throws for those of a stack set
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
   * By which a copy of the package of another version is told.
   *
   * @internal
   */
  public readonly _contract: string = SCHEMA_VERSION;

  private constructor(
    /** @internal */
    public readonly _source: AccountSource,
  ) {}

  /**
   * What crosses the wire to a function in the stack of `scope`.
   *
   * @internal
   */
  public _properties(scope: IConstruct): AccountSourceProperties {
    return sourceProperties(scope, this._source);
  }

  /**
   * What a function in the stack of `scope` may do to find the accounts.
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
