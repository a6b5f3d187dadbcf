import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ConnectorRole, ConnectorRoleProps } from '../../../src';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount } from '../../../src/base-account/base-account';
import { KeyDelivery } from '../../../src/base-account/key-delivery';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { TrustChange } from '../../../src/review/trust-change';
import { TrustMap } from '../../../src/review/trust-map';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { synthesizeFromSource, contextEnvironment } from '../../support/apps/examples';
import { EXTERNAL_ID, mapOfTrust, statement } from '../../support/review/assemblies';
import { newService } from '../../support/synth/synth';

const region = 'us-east-1';
const BASE = '111111111111';
const base = TrustPrincipal.baseAccount(BASE, { userName: 'qualys' });
const qualys = TrustPrincipal.qualysAccount();
const both = TrustPrincipal.anyOf(qualys, base);
const QUALYS_LINE = `Qualys account 805950163170, with external ID ${EXTERNAL_ID}`;
const BASE_LINE = `Base account ${BASE}, user qualys, with external ID ${EXTERNAL_ID}`;

/** One connector role in account 2222..., in a stack of this name. */
function withRole(changes: Partial<ConnectorRoleProps> = {}, id = 'Stack', edit?: (role: ConnectorRole) => void): TrustMap {
  const stack = new Stack(new App(), id, { env: { account: '222222222222', region } });
  const role = new ConnectorRole(stack, 'Role', {
    roleName: 'QualysConnector', trust: qualys, externalId: ExternalId.of(EXTERNAL_ID), permissions: ConnectorPermissions.assetInventory(), ...changes,
  });
  edit?.(role);
  return TrustMap.fromStage(stack);
}

const rows = (before: TrustMap, after: TrustMap) => (
  after.changesSince(before).map(({ verdict, roles, change, before: was, after: is }) => [verdict, roles, change, was, is]));
const ROLE = 'QualysConnector in 222222222222';

test('nothing is no change, and says so', () => {
  const [before, after] = [withRole(), withRole()];
  expect(after.changesSince(before)).toEqual([]);
  expect(after.toMarkdown(before)).toContain('## What this change does\n\nNothing about who may become whom.');
  expect(after.toHtml(before)).toContain('Nothing about who may become whom.');
});

test('a role that moves to another stack, or is named otherwise in the code, is no change', () => {
  expect(withRole({}, 'Elsewhere').changesSince(withRole())).toEqual([]);
});

test.each<[string, TrustPrincipal, TrustPrincipal, string[]]>([
  ['a caller comes', qualys, both, ['WIDENED', ROLE, 'one caller more', 'not let in', BASE_LINE]],
  ['a caller goes', both, base, ['NARROWED', ROLE, 'one caller less', QUALYS_LINE, 'not let in']],
  ['all change at once', qualys, base,
    ['MOVED', ROLE, 'all callers change at once: whoever calls today is refused from this deployment on, and the new caller must be in use before', QUALYS_LINE, BASE_LINE]],
])('%s', (_what, one, other, row) => {
  expect(rows(withRole({ trust: one }), withRole({ trust: other }))).toEqual([row]);
});

test('another external ID, less that is asked for, and more', () => {
  const narrow = TrustPrincipal.baseAccount(BASE, { userName: 'qualys', organizationId: 'o-a1b2c3d4e5' });
  expect(rows(withRole(), withRole({ externalId: ExternalId.of('another-external-id-7') }))[0]!.slice(0, 3))
    .toEqual(['MOVED', ROLE, 'another external ID: the caller has to present it from this deployment on']);
  expect(rows(withRole({ trust: narrow }), withRole({ trust: base }))[0]!.slice(0, 3)).toEqual(['WIDENED', ROLE, 'less is asked of the caller']);
  expect(rows(withRole({ trust: base }), withRole({ trust: narrow }))[0]!.slice(0, 3)).toEqual(['NARROWED', ROLE, 'more is asked of the caller']);
});

test('an external ID that is lost, or compared loosely, is wider', () => {
  const of = (Condition?: object) => mapOfTrust({ Statement: statement({ Condition }) });
  const strict = of({ StringEquals: { 'sts:ExternalId': EXTERNAL_ID } });
  expect(rows(strict, of())[0]!.slice(0, 3)).toEqual(['WIDENED', 'QualysConnector in 222233334444', 'less is asked of the caller']);
  expect(rows(strict, of({ StringLike: { 'sts:ExternalId': '8*' } }))[0]!.slice(0, 3)).toEqual(['WIDENED', 'QualysConnector in 222233334444', 'the caller is asked for something weaker']);
});

test('what a role may do, and its boundary', () => {
  const more = (role: ConnectorRole) => role.role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
  expect(rows(withRole(), withRole({}, 'Stack', more))).toEqual([['WIDENED', ROLE, 'it may do more', 'AssetInventory (5 actions)', 's3:GetObject *']]);
  expect(rows(withRole({}, 'Stack', more), withRole())[0]!.slice(0, 3)).toEqual(['NARROWED', ROLE, 'it may do less']);
  const stack = new Stack();
  const bounded = { permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'edge') };
  expect(rows(withRole(bounded), withRole())).toEqual([['WIDENED', ROLE, 'the permissions boundary', 'bounded by edge', 'no boundary']]);
  expect(rows(withRole(), withRole(bounded))[0]![0]).toBe('NARROWED');
});

test('a role comes and goes', () => {
  const none = TrustMap.fromStage(new Stack(new App(), 'Stack'));
  expect(rows(none, withRole())).toEqual([['WIDENED', ROLE, 'a new role', 'no role', `${QUALYS_LINE}; it may do AssetInventory (5 actions)`]]);
  expect(rows(withRole(), none)).toEqual([['NARROWED', ROLE, 'the role is gone', QUALYS_LINE, 'no role']]);
});

test('a role that is edited from here on was not known before', () => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '222222222222', region } });
  new ConnectorRoleTrust(stack, 'Trust', { roleName: 'legacy', trust: both, externalId: ExternalId.of(EXTERNAL_ID) });
  const [none, edited] = [TrustMap.fromStage(new Stack(new App(), 'Stack')), TrustMap.fromStage(stack)];
  expect(rows(none, edited)).toEqual([['UNKNOWN', 'legacy in 222222222222', 'its trust is edited from here on', 'not known', `${BASE_LINE}; ${QUALYS_LINE}`]]);
  expect(rows(edited, none)[0]!.slice(0, 3)).toEqual(['UNKNOWN', 'legacy in 222222222222', 'its trust is put back']);
});

describe('the key and the entry', () => {
  const baseAccount = (changes: object = {}): TrustMap => {
    const stack = new Stack(new App(), 'Stack', { env: { account: BASE, region } });
    new BaseAccount(stack, 'BaseAccount', {
      service: newService(stack), title: 'Central Security', userName: 'qualys', roles: AssumableRoles.named('QualysConnector'), ...changes,
    });
    return TrustMap.fromStage(stack);
  };
  const before = baseAccount();
  const verdicts = (changes: object, former = before) => baseAccount(changes).changesSince(former).map(({ verdict, change }) => [verdict, change]);

  test('a new long-lived key is wider, one that goes is narrower', () => {
    const none = TrustMap.fromStage(new Stack(new App(), 'Stack'));
    expect(rows(none, before)).toEqual([['WIDENED', `key of qualys in ${BASE}`, 'a new long-lived key', 'none',
      'rotates every 90 days; opens any account: role QualysConnector; stays when its stack is deleted']]);
    expect(none.changesSince(before).map(({ verdict }) => verdict)).toEqual(['NARROWED']);
  });

  test.each<[string, object, string[][]]>([
    ['no rotation', { rotation: KeyRotation.disabled() }, [['WEAKER', 'the key never rotates']]],
    ['a slower rotation', { rotation: KeyRotation.every(Duration.days(180)) }, [['WEAKER', 'the key rotates more seldom']]],
    ['a faster rotation', { rotation: KeyRotation.every(Duration.days(30)) }, [['NARROWED', 'the key is guarded better']]],
    ['every role', { roles: AssumableRoles.any() }, [['WEAKER', 'the key opens every role that trusts its account']]],
    ['other roles', { roles: AssumableRoles.named('Other') }, [['MOVED', 'the key opens other roles']]],
    ['going with its stack', { removalPolicy: RemovalPolicy.DESTROY }, [['WEAKER', 'the entry at the service goes with its stack'], ['WEAKER', 'the key goes with its stack']]],
    ['going with its stack, without protection', { removalPolicy: RemovalPolicy.DESTROY, deletionProtection: false },
      [['WEAKER', 'the entry at the service may go while connectors use it, goes with its stack'], ['WEAKER', 'the key goes with its stack']]],
    ['no protection', { deletionProtection: false }, [['WEAKER', 'the entry at the service may go while connectors use it']]],
    ['another delivery', { delivery: KeyDelivery.console() }, [['MOVED', 'the entry at the service gets its key in another way']]],
    ['another title', { title: 'Security' }, []],
  ])('%s', (_what, changes, expected) => {
    expect(verdicts(changes)).toEqual(expected);
  });

  test('one role more', () => {
    const arns = ['222222222222', '333333333333'].map((account) => `arn:aws:iam::${account}:role/QualysConnector`);
    expect(verdicts({ roles: AssumableRoles.arns(arns) }, baseAccount({ roles: AssumableRoles.arns(arns.slice(0, 1)) }))).toEqual([['WEAKER', 'the key opens more roles']]);
  });
});

test('phases of a migration in their order move no role; each jump moves one that says so', async () => {
  const of = (phase: string) => synthesizeFromSource('migrate-existing-connectors', (folder) => TrustMap.fromAssembly(folder), contextEnvironment({ phase }));
  const [first, second, registered, last, leaving] = await Promise.all(['qualysAccount', 'both', 'registered', 'baseAccount', 'leaving'].map(of)) as [TrustMap, TrustMap, TrustMap, TrustMap, TrustMap];
  const moved = (one: TrustMap, other: TrustMap): TrustChange[] => other.changesSince(one).filter(({ verdict, roles }) => verdict === 'MOVED' && !roles.startsWith('key '));
  const steps = [[first, second], [second, registered], [registered, last], [last, leaving], [leaving, first]] as const;
  for (const [one, other] of steps) expect(moved(one, other)).toEqual([]);
  expect(moved(first, last).map(({ roles }) => roles)).toEqual(['QualysConnector in 444444444444']);
  expect(moved(last, first).map(({ roles }) => roles)).toEqual(['QualysConnector in 444444444444']);
  expect(last.changesSince(registered).map(({ verdict, roles, change }) => [verdict, roles, change])).toEqual([
    ['NARROWED', 'QualysConnector, QualysConnectorRole, qualys-cspm-read-only in 222222222222, 333333333333, 444444444444', 'one caller less'],
  ]);
}, 60_000);
