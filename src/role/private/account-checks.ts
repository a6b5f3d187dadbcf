import { Token } from 'aws-cdk-lib';
import { checkAccountId, checkText, shown } from '../../private/checks';

/** Limit of CloudFormation for one group of targets. */
const MAXIMUM_UNITS = 50;
const MAXIMUM_ACCOUNTS = 1_000;

/** The form of the IDs that Organizations makes. */
const UNIT = /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/;

/** Throws unless these are 1 to 50 units, or the root, each once. Tokens pass. */
export function checkUnits(name: string, units: readonly string[]): void {
  if (units.length < 1 || units.length > MAXIMUM_UNITS) throw new Error(`${name} must name 1 to ${MAXIMUM_UNITS} organizational units, or the root, got ${units.length}`);
  for (const unit of units) {
    if (Token.isUnresolved(unit) || UNIT.test(unit)) continue;
    throw new Error(`${name} must hold IDs of organizational units, as 'ou-ab12-c3d4e5f6', or that of the root, as 'r-ab12', got ${shown(String(unit))}`);
  }
  checkOnce(name, units);
}

/** Throws unless these are up to 1,000 account IDs, each once. Tokens pass. */
export function checkAccounts(name: string, accountIds: readonly string[]): void {
  if (accountIds.length < 1 || accountIds.length > MAXIMUM_ACCOUNTS) {
    throw new Error(`${name} must name 1 to ${MAXIMUM_ACCOUNTS} accounts, got ${accountIds.length}${accountIds.length > MAXIMUM_ACCOUNTS
      ? ': use ConnectedAccounts.fromOrganizationalUnits(), or several lists' : ''}`);
  }
  accountIds.forEach((accountId) => checkAccountId(name, accountId));
  checkOnce(name, accountIds);
}

/** Throws unless accounts that are left out are account IDs, each once. */
export function checkExcluded(name: string, accountIds: readonly string[]): void {
  accountIds.forEach((accountId) => checkAccountId(name, accountId));
  checkOnce(name, accountIds);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html; tokens pass. */
export function checkStackSetName(name: string, value: string): void {
  checkText(name, value, { max: 128, pattern: /^[A-Za-z][A-Za-z0-9-]*$/, allowed: 'letters, digits and -, and begin with a letter' });
}

function checkOnce(name: string, values: readonly string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) < index);
  if (twice !== undefined) throw new Error(`${name} must name each once, got ${shown(twice)} twice: leave one of them out`);
}
