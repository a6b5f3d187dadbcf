import { Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, CfnRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { BASE_ACCOUNT, roleIn } from '../../support/apps/connector-roles';
import { PLACES, stackIn, trustPolicy } from '../../support/synth/policies';
import { warningIds, warningsOf } from '../../support/synth/warnings';

describe('quotas (fault 59)', () => {
  const customer = (stack: Stack, count: number) => Array.from({ length: count }, (_, index) => ManagedPolicy.fromManagedPolicyName(stack, `P${index}`, `P${index}`));
  const synthesis = (stack: Stack) => () => Template.fromStack(stack);

  /** Length of the trust policy in the stack, deployed there. */
  const trustSize = (stack: Stack) => JSON.stringify(trustPolicy(stack, PLACES[0])).length;

  test.each([['known there only', undefined], ['known here', '444455556666']])('a trust policy of more than 2,048 characters draws a warning, with a Qualys account %s', (_, accountId) => {
    const both = TrustPrincipal.anyOf(TrustPrincipal.qualysAccount({ accountId }), TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' }));
    const sized = (length: number) => {
      const stack = stackIn(PLACES[0]);
      roleIn(stack, { trust: both, externalId: ExternalId.of('a'.repeat(length)) });
      return stack;
    };
    const room = Math.floor((2048 - trustSize(sized(20))) / 2) + 20;
    expect(trustSize(sized(room))).toBeGreaterThan(2046);
    expect(warningIds(sized(room))).not.toContain('trustPolicySize');
    expect(warningsOf(sized(room + 1)).filter(({ id }) => id?.endsWith('trustPolicySize'))).toEqual([{
      construct: 'Stack/Connector/Resource',
      id: 'cdk-qualys-connectors:trustPolicySize',
      text: expect.stringMatching(/^the trust policy has at least 20(49|50) characters, but AWS allows 2048: use a shorter externalId/),
    }]);
  });

  test('the trust is counted as it is in the end', () => {
    const stack = stackIn();
    const { role } = roleIn(stack);
    role.assumeRolePolicy?.addStatements(...Array.from({ length: 20 }, (_, index) => new PolicyStatement({
      sid: `More${index}`, actions: ['sts:AssumeRole'], principals: [new AccountPrincipal(String(index).padStart(12, '0'))],
    })));
    expect(warningIds(stack)).toEqual(['trustPolicySize']);
  });

  test.each(Object.entries({
    assetInventory: ConnectorPermissions.assetInventory(),
    withAssessment: ConnectorPermissions.assetInventoryWithAssessment(),
    securityPosture: ConnectorPermissions.securityPosture({ extended: true }),
    organization: ConnectorPermissions.organization(),
  }))("the vendor's permissions fit, %s, and are counted once there are more", (_name, permissions) => {
    const stack = stackIn();
    const policy = roleIn(stack, { permissions }).node.findChild('Permissions') as ManagedPolicy;
    expect(JSON.stringify(stack.resolve(policy.document)).length).toBeLessThan(6144);
    policy.addStatements(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['a'.repeat(6100)] }));
    expect(synthesis(stack)).toThrow('but AWS allows 6144');
  });

  test('permissions have 6,144 characters at most', () => {
    const stack = stackIn();
    const statements = [new PolicyStatement({ actions: ['s3:GetObject'], resources: ['a'.repeat(6100)] })];
    roleIn(stack, { permissions: ConnectorPermissions.custom({ statements }) });
    expect(synthesis(stack)).toThrow(/\[Stack\/Connector\/Permissions\] the policy has at least 6\d{3} characters, but AWS allows 6144: grant less/);
  });

  test.each<[string, () => unknown]>([
    ['a text', () => Lazy.string({ produce: () => 'a'.repeat(6200) })],
    ['a list', () => Lazy.list({ produce: () => ['a'.repeat(6200)] })],
    ['an object', () => Lazy.any({ produce: () => 'a'.repeat(6200) })],
    ['an object of a user\'s own', () => ({ creationStack: [], resolve: () => 'a'.repeat(6200), toString: () => 'own' })],
  ])('%s that is known late counts as what it is then', (_, late) => {
    const stack = stackIn();
    const statement = new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] });
    statement.addCondition('StringEquals', { 'aws:PrincipalTag/x': late() });
    roleIn(stack, { permissions: ConnectorPermissions.custom({ statements: [statement] }) });
    expect(synthesis(stack)).toThrow('but AWS allows 6144');
  });

  test('all of the vendor\'s permissions fit', () => {
    const stack = stackIn();
    roleIn(stack, { permissions: ConnectorPermissions.securityPosture({ extended: true }) });
    expect(synthesis(stack)).not.toThrow();
  });

  test('a role has 10 managed policies at most, the one with the statements included', () => {
    const statements = [new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })];
    const ten = stackIn();
    roleIn(ten, { permissions: ConnectorPermissions.custom({ managedPolicies: customer(ten, 9), statements }) });
    expect(synthesis(ten)).not.toThrow();
    const eleven = stackIn();
    roleIn(eleven, { permissions: ConnectorPermissions.custom({ managedPolicies: customer(eleven, 10), statements }) });
    expect(synthesis(eleven)).toThrow('[Stack/Connector] the role has 11 managed policies, but AWS allows 10: join some of them');
  });

  test('policies that are attached later count', () => {
    const stack = stackIn();
    const { role } = roleIn(stack);
    customer(stack, 10).forEach((policy) => role.addManagedPolicy(policy));
    expect(synthesis(stack)).toThrow('the role has 11 managed policies, but AWS allows 10');
  });

  test('a policy that is attached twice counts once', () => {
    const stack = stackIn();
    const { role } = roleIn(stack);
    const [policy] = customer(stack, 1);
    Array.from({ length: 12 }).forEach(() => role.addManagedPolicy(policy!));
    expect(synthesis(stack)).not.toThrow();
  });

  test.each<[string, (arns: string[]) => string[]]>([
    ['as they are', (arns) => arns],
    ['known late', (arns) => Lazy.list({ produce: () => arns })],
    ['known very late', (arns) => Lazy.list({ produce: () => Lazy.list({ produce: () => arns }) })],
  ])('policies that are set on the resource count: %s', (__, list) => {
    const stack = stackIn();
    const { role } = roleIn(stack);
    (role.node.defaultChild as CfnRole).managedPolicyArns = list(customer(stack, 11).map((policy) => policy.managedPolicyArn));
    expect(synthesis(stack)).toThrow('the role has 11 managed policies, but AWS allows 10');
  });
});
