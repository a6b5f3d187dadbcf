import { App, Aws, CfnParameter, Stack } from 'aws-cdk-lib';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { ConnectedAccounts, ConnectedRole } from '../../../src/role/connected-accounts';
import { ExternalId } from '../../../src/service/external-id';
import { plain } from '../../support/synth/synth';

const { fromAccountIds, fromStackSet, fromOrganizationalUnits } = ConnectedAccounts;
const PREFIX = '27927190418364520177';
const UNIT = 'ou-ab12-c3d4e5f6';
const ONE = '001122334455';
const OTHER = '222222222222';
const role: ConnectedRole = { roleName: 'QualysConnector', externalId: ExternalId.perAccount(PREFIX) };
const stack = new Stack(new App(), 'Security', { env: { account: '111122223333', region: 'eu-central-1' } });
const agnostic = new Stack(new App(), 'Security');

const wire = (accounts: ConnectedAccounts, scope = stack) => plain(scope.resolve(accounts._properties(scope)));
const statements = (accounts: ConnectedAccounts, scope = stack) => (
  plain(scope.resolve(new PolicyDocument({ statements: accounts._statements(scope) })))?.Statement ?? []);

describe('what crosses the wire', () => {
  test('of a list: the accounts with their leading zeros, and the role', () => {
    expect(wire(fromAccountIds([ONE, OTHER], { ...role, path: '/security/' }))).toEqual({
      Kind: 'LIST', AccountIds: [ONE, OTHER], RoleName: 'QualysConnector', RolePath: '/security/', ExternalId: PREFIX, AppendsAccountId: 'true',
    });
  });

  test('of a list with hashes: an external ID for each, as the role of that account has it', () => {
    const externalId = ExternalId.perAccountHash('83172650944188230571');
    expect(wire(fromAccountIds([ONE, OTHER], { ...role, externalId }))).toEqual({
      Kind: 'LIST',
      AccountIds: [ONE, OTHER],
      RoleName: 'QualysConnector',
      RolePath: '/',
      AppendsAccountId: 'false',
      ExternalIds: [externalId._forAccount(ONE), externalId._forAccount(OTHER)],
    });
  });

  test('of a stack set: where it is, and on whose behalf it is read', () => {
    const common = { Kind: 'STACK_SET', StackSetName: 'Roles', RoleName: 'QualysConnector', RolePath: '/', ExternalId: PREFIX, AppendsAccountId: 'true' };
    expect(wire(fromStackSet('Roles', role))).toEqual({ ...common, StackSetRegion: 'eu-central-1', CallAs: 'DELEGATED_ADMIN' });
    expect(wire(fromStackSet('Roles', role, { region: 'us-east-1', delegatedAdministrator: false, excludeAccounts: [ONE] })))
      .toEqual({ ...common, StackSetRegion: 'us-east-1', CallAs: 'SELF', ExcludedAccounts: [ONE] });
    expect(wire(fromStackSet('Roles', role), agnostic)).toEqual({ ...common, StackSetRegion: '${AWS::Region}', CallAs: 'DELEGATED_ADMIN' });
  });

  test('of units: their IDs', () => {
    expect(wire(fromOrganizationalUnits([UNIT, 'r-ab12'], role, { excludeAccounts: [OTHER] }))).toEqual({
      Kind: 'UNITS', UnitIds: [UNIT, 'r-ab12'], ExcludedAccounts: [OTHER], RoleName: 'QualysConnector', RolePath: '/', ExternalId: PREFIX, AppendsAccountId: 'true',
    });
  });
});

describe('rights', () => {
  const organization = (...actions: string[]) => ({ Effect: 'Allow', Action: actions.length === 1 ? actions[0] : actions, Resource: '*' });
  const set = (region: string, name = 'Roles') => ({
    Effect: 'Allow',
    Action: ['cloudformation:ListStackInstances', 'cloudformation:ListStackSetOperations'],
    Resource: `arn:\${AWS::Partition}:cloudformation:${region}:*:stackset/${name}:*`,
  });

  test.each<[string, ConnectedAccounts, object[]]>([
    ['a list: none', fromAccountIds([ONE], role), []],
    ['units: the accounts of the organization', fromOrganizationalUnits([UNIT], role), [organization('organizations:ListAccounts')]],
    ['a stack set of a delegated administrator', fromStackSet('Roles', role), [set('eu-central-1'), organization('organizations:ListAccounts', 'organizations:ListDelegatedAdministrators')]],
    ['a stack set of one\'s own, elsewhere', fromStackSet('Roles', role, { delegatedAdministrator: false, region: 'us-east-1' }), [set('us-east-1'), organization('organizations:ListAccounts')]],
  ])('of %s', (_, accounts, expected) => {
    expect(statements(accounts)).toEqual(expected);
  });
});

describe('bad input', () => {
  const digits = (count: number) => Array.from({ length: count }, (_, index) => String(index).padStart(12, '0'));

  test.each<[string, () => unknown, string]>([
    ['no account', () => fromAccountIds([], role), 'accountIds must name 1 to 1000 accounts, got 0'],
    ['too many accounts', () => fromAccountIds(digits(1_001), role), 'accountIds must name 1 to 1000 accounts, got 1001: use ConnectedAccounts.fromOrganizationalUnits(), or several lists'],
    ['an account twice', () => fromAccountIds([ONE, OTHER, ONE], role), `accountIds must name each once, got '${ONE}' twice`],
    ['an account ID of 11 digits', () => fromAccountIds(['01122334455'], role), "accountIds must be an AWS account ID, a string of 12 digits with its leading zeros, got '01122334455'"],
    ['no unit', () => fromOrganizationalUnits([], role), 'ids must name 1 to 50 organizational units, or the root, got 0'],
    ['51 units', () => fromOrganizationalUnits(digits(51).map((one) => `ou-ab12-${one}`), role), 'ids must name 1 to 50 organizational units, or the root, got 51'],
    ['a unit twice', () => fromOrganizationalUnits([UNIT, UNIT], role), `ids must name each once, got '${UNIT}' twice`],
    ['no unit but an account', () => fromOrganizationalUnits([ONE], role), `ids must hold IDs of organizational units, as 'ou-ab12-c3d4e5f6', or that of the root, as 'r-ab12', got '${ONE}'`],
    ['a unit in capitals', () => fromOrganizationalUnits(['OU-AB12-C3D4E5F6'], role), "got 'OU-AB12-C3D4E5F6'"],
    ['an excluded account of 11 digits', () => fromStackSet('Roles', role, { excludeAccounts: ['01122334455'] }), "excludeAccounts must be an AWS account ID, a string of 12 digits with its leading zeros, got '01122334455'"],
    ['an excluded account twice', () => fromOrganizationalUnits([UNIT], role, { excludeAccounts: [ONE, ONE] }), 'excludeAccounts must name each once'],
    ['a region for units', () => fromOrganizationalUnits([UNIT], role, { region: 'us-east-1' }), 'region is of ConnectedAccounts.fromStackSet() only, got us-east-1: leave it out'],
    ['an administrator for units', () => fromOrganizationalUnits([UNIT], role, { delegatedAdministrator: false }), 'delegatedAdministrator is of ConnectedAccounts.fromStackSet() only, got false'],
    ['a stack-set name of 129 characters', () => fromStackSet('a'.repeat(129), role), 'name must be 1 to 128 characters long, got 129'],
    ['a stack-set name with a dot', () => fromStackSet('my.roles', role), "name may only hold letters, digits and -, and begin with a letter, got 'my.roles'"],
    ['no role name', () => fromAccountIds([ONE], { externalId: role.externalId } as ConnectedRole), 'roleName must be a string, got undefined'],
    ['a role name that is a token', () => fromAccountIds([ONE], { ...role, roleName: Aws.STACK_NAME }), 'roleName of the accounts must be a text that is known at synth, got a token'],
    ['a role name with a blank', () => fromAccountIds([ONE], { ...role, roleName: 'Qualys Connector' }), 'roleName may only hold'],
    ['a path without its end', () => fromAccountIds([ONE], { ...role, path: '/security' }), "path must begin and end with '/'"],
    ['no external ID', () => fromAccountIds([ONE], { roleName: 'Q' } as ConnectedRole), 'externalId must be an ExternalId'],
    ['one external ID for units', () => fromOrganizationalUnits([UNIT], { ...role, externalId: ExternalId.of(PREFIX) }), 'externalId must be different in each account, got ExternalId.of()'],
    ['one external ID for a stack set', () => fromStackSet('Roles', { ...role, externalId: ExternalId.of(PREFIX) }), 'externalId must be different in each account, got ExternalId.of()'],
    ['hashes for accounts that are not known', () => fromStackSet('Roles', { ...role, externalId: ExternalId.perAccountHash(PREFIX) }), 'externalId of accounts that only the deployment finds cannot be ExternalId.perAccountHash()'],
    ['hashes for an account that is a token', () => fromAccountIds([Aws.ACCOUNT_ID], { ...role, externalId: ExternalId.perAccountHash(PREFIX) }), 'which needs the account of the role at synth'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test('tokens pass where only the deployment knows the value', () => {
    const unit = new CfnParameter(agnostic, 'Unit').valueAsString;
    expect(wire(fromOrganizationalUnits([unit], role), agnostic).UnitIds).toEqual(['${Unit}']);
    expect(wire(fromAccountIds([Aws.ACCOUNT_ID, ONE], role), agnostic).AccountIds).toEqual(['${AWS::AccountId}', ONE]);
  });
});
