import { Annotations, App, Aspects, Aws, CfnParameter, Duration, Stack, Stage } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { Connector } from '../../../src/connector/connector';
import { ConnectorRoleStackSetProps } from '../../../src/fleet/connector-role-stack-set-props';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { ADMINISTRATOR, administratorStack, BASE, QUALYS, stackSetIn, UNIT } from '../../support/apps/stack-sets';
import { newService } from '../../support/synth/synth';
import { warningsOf } from '../../support/synth/warnings';

const units = (count: number) => Array.from({ length: count }, (_, unit) => `ou-ab12-${String(unit).padStart(8, '0')}`);

test.each<[Partial<ConnectorRoleStackSetProps>, string]>([
  [{ roleName: '' }, 'roleName must be 1 to 64 characters long, got 0'],
  [{ roleName: 'a/b' }, "roleName may only hold letters, digits and _ + = , . @ -, got 'a/b'"],
  [{ roleName: `Qualys${Aws.ACCOUNT_ID}` }, 'roleName must be a text, got a token'],
  [{ organizationalUnits: [] }, '1 to 50 organizational units, or the root, got 0'],
  [{ organizationalUnits: units(51) }, '1 to 50 organizational units, or the root, got 51'],
  [{ organizationalUnits: ['Workloads'] }, "IDs of organizational units, as 'ou-ab12-c3d4e5f6', or that of the root, as 'r-ab12', got 'Workloads'"],
  [{ organizationalUnits: ['OU-AB12-C3D4E5F6'] }, "got 'OU-AB12-C3D4E5F6'"],
  [{ organizationalUnits: ['222222222222'] }, "got '222222222222'"],
  [{ organizationalUnits: [UNIT, UNIT] }, `organizationalUnits must name each once, got '${UNIT}' twice`],
  [{ organizationalUnits: UNIT as never }, 'organizationalUnits must be a list of strings, got a value of type string'],
  [{ excludeAccounts: ['22222222222'] }, "excludeAccounts must be an AWS account ID, a string of 12 digits with its leading zeros, got '22222222222'"],
  [{ excludeAccounts: ['222222222222', '222222222222'] }, "excludeAccounts must name each once, got '222222222222' twice"],
  [{ failureTolerancePercentage: 101 }, 'failureTolerancePercentage must be a whole number from 0 to 100, got 101'],
  [{ failureTolerancePercentage: -1 }, 'failureTolerancePercentage must be a whole number from 0 to 100, got -1'],
  [{ failureTolerancePercentage: NaN }, 'failureTolerancePercentage must be a whole number from 0 to 100, got NaN'],
  [{ failureTolerancePercentage: 1.5 }, 'failureTolerancePercentage must be a whole number from 0 to 100, got 1.5'],
  [{ stackSetName: 'a'.repeat(129) }, 'stackSetName must be 1 to 128 characters long, got 129'],
  [{ stackSetName: '1roles' }, "stackSetName may only hold letters, digits and -, and begin with a letter, got '1roles'"],
  [{ stackSetName: 'my_roles' }, "got 'my_roles'"],
  [{ permissionsBoundaryName: 'arn:aws:iam::111111111111:policy/Boundary' }, 'permissionsBoundaryName may only hold the name of a policy'],
  [{ permissionsBoundaryName: '/Boundary' }, 'permissionsBoundaryName may only hold the name of a policy'],
  [{ path: 'security' }, "path must begin and end with '/'"],
  [{ maxSessionDuration: Duration.minutes(5) }, 'maxSessionDuration is set to 300'],
  [{ externalId: ExternalId.of('40952281773650912864') }, 'externalId of a ConnectorRoleStackSet cannot be ExternalId.of(), which is the same in every account'],
  [{ externalId: ExternalId.perAccountHash('40952281773650912864') }, 'externalId of accounts that only the deployment finds cannot be ExternalId.perAccountHash()'],
  [{ region: 'us-gov-west-1' }, "region must be in partition aws, that of Roles/Set in eu-west-1, got 'us-gov-west-1', which is in aws-us-gov"],
])('refuses %j', (props, message) => {
  expect(() => stackSetIn(administratorStack(), props)).toThrow(message);
});

test.each(['roleName', 'organizationalUnits', 'trust', 'externalId', 'permissions'])('names %s where it is missing', (name) => {
  expect(() => stackSetIn(administratorStack(), { [name]: undefined })).toThrow(`${name} must be `);
});

test('is not for China, where AWS has no such stack sets', () => {
  const stack = new Stack(new App(), 'China', { env: { account: '111111111111', region: 'cn-north-1' } });
  expect(() => stackSetIn(stack)).toThrow('China/Set is in China, where AWS has no stack sets with service-managed permissions: deploy a ConnectorRole to each account, and make a Connector for each');
});

test('in GovCloud the Qualys account has to be given', () => {
  const stack = new Stack(new App(), 'Gov', { env: { account: '111111111111', region: 'us-gov-west-1' } });
  expect(() => stackSetIn(stack, { trust: QUALYS })).toThrow('accountId of TrustPrincipal.qualysAccount() is required in partition aws-us-gov (Gov/Set is in region us-gov-west-1)');
  expect(() => stackSetIn(stack, { trust: TrustPrincipal.qualysAccount({ accountId: '012345678901' }) }, 'Given')).not.toThrow();
});

test('two sets that would make one role twice, or have one name, are an error that names both', () => {
  const stack = administratorStack();
  stackSetIn(stack);
  expect(() => stackSetIn(stack, { roleName: 'qualysconnector', stackSetName: 'Other', organizationalUnits: ['ou-ab12-00000000', UNIT] }, 'Second'))
    .toThrow(`Roles/Set and Roles/Second both make the role qualysconnector in the accounts of ${UNIT}`);
  expect(() => stackSetIn(stack, { organizationalUnits: ['ou-ab12-00000000'] }, 'Third'))
    .toThrow('Roles/Set and Roles/Third both are the stack set qualys-connectors-QualysConnector-111111111111: give one of them a stackSetName of its own');
  expect(() => stackSetIn(stack, { organizationalUnits: ['ou-ab12-00000000'], stackSetName: 'Canary' }, 'Fourth')).not.toThrow();
  expect(() => stackSetIn(new Stack(new Stage(stack.node.root as App, 'Stage'), 'Roles', { env: ADMINISTRATOR }))).not.toThrow();
});

describe('what the accounts could not read', () => {
  const synthOf = (build: (app: App) => void) => () => {
    const app = new App();
    build(app);
    app.synth();
  };

  test.each([['a known account', ADMINISTRATOR], ['no account', undefined]])('a reference to a resource around it, in a stack of %s', (_, env) => {
    expect(synthOf((app) => {
      const stack = new Stack(app, 'Roles', { env });
      const queue = new Queue(stack, 'Queue');
      stackSetIn(stack, { permissions: ConnectorPermissions.custom({ statements: [new PolicyStatement({ actions: ['sqs:GetQueueAttributes'], resources: [queue.queueArn] })] }) });
    })).toThrow(/the template of the StackSet Roles\/Set refers to Roles\/Queue(\/Resource)?, which the accounts of the StackSet cannot read: write a text instead/);
  });

  test('a parameter, and a policy of another stack', () => {
    expect(synthOf((app) => {
      const stack = administratorStack(app);
      stackSetIn(stack, { externalId: ExternalId.perAccount(new CfnParameter(stack, 'Prefix').valueAsString) });
    })).toThrow('refers to Roles/Prefix, which the accounts');
    expect(synthOf((app) => {
      const policy = new ManagedPolicy(new Stack(app, 'Other', { env: ADMINISTRATOR }), 'Policy', { statements: [new PolicyStatement({ actions: ['ec2:DescribeVpcs'], resources: ['*'] })] });
      stackSetIn(administratorStack(app), { permissions: ConnectorPermissions.custom({ managedPolicies: [policy] }) });
    })).toThrow('refers to Other/Policy');
  });

  test('a policy, or a boundary, of the administrator\'s account', () => {
    const advice = 'name it by arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:policy/<name>, or by permissionsBoundaryName';
    expect(synthOf((app) => {
      const stack = administratorStack(app);
      stackSetIn(stack, { permissions: ConnectorPermissions.custom({ managedPolicies: [ManagedPolicy.fromManagedPolicyName(stack, 'Mine', 'Mine')] }) });
    })).toThrow(`the policy of the role must stand in each account of the StackSet, got one of account 111111111111: ${advice}`);
    expect(synthOf((app) => {
      const stack = administratorStack(app);
      stackSetIn(stack);
      PermissionsBoundary.of(app).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'Boundary'));
    })).toThrow('the permissions boundary of the role must stand in each account of the StackSet, got one of account 111111111111');
  });

  test('a policy of AWS, and one of each account, is right', () => {
    expect(synthOf((app) => {
      const stack = administratorStack(app);
      const own = ManagedPolicy.fromManagedPolicyArn(stack, 'Own', `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:policy/Own`);
      stackSetIn(stack, { permissions: ConnectorPermissions.custom({ managedPolicies: [own, ManagedPolicy.fromAwsManagedPolicyName('SecurityAudit')] }) });
    })).not.toThrow();
  });

  test('an asset', () => {
    const set = stackSetIn(administratorStack());
    expect(() => new Asset(set.connectorRole, 'Asset', { path: __filename }))
      .toThrow('Roles/Set/Member is the template of a StackSet and cannot have assets, because the accounts of the StackSet cannot read them');
  });

  test('a user whose account only the deployment knows', () => {
    const stack = new Stack(new App(), 'Agnostic');
    const user = new BaseAccountUser(stack, 'User', { roles: AssumableRoles.any(), userName: 'qualys' });
    expect(() => stackSetIn(stack, { trust: TrustPrincipal.ofUser(user) })).toThrow('the account of the BaseAccountUser must be known');
  });
});

test('a template of more than 51,200 bytes is an error, in the words of AWS\' quota', () => {
  const app = new App();
  const set = stackSetIn(administratorStack(app));
  for (let index = 0; index < 10; index++) new ManagedPolicy(Stack.of(set.connectorRole), `Policy${index}`, { statements: [new PolicyStatement({ actions: ['s3:GetObject'], resources: Array.from({ length: 60 }, (_, bucket) => `arn:aws:s3:::${'a'.repeat(80)}${index}-${bucket}`) })] });

  expect(() => app.synth()).toThrow(/the template of Roles\/Set\/Member must have at most 51,200 bytes to be that of a StackSet, got \d\d,\d\d\d: shorten the policies of the role/);
});

test('policies that the role cannot have are found as they are of a ConnectorRole', () => {
  const app = new App();
  stackSetIn(administratorStack(app), { permissions: ConnectorPermissions.custom({ managedPolicies: Array.from({ length: 11 }, (_, index) => ManagedPolicy.fromAwsManagedPolicyName(`Policy${index}`)) }) });
  expect(() => app.synth()).toThrow('the role has 11 managed policies, but AWS allows 10');
});

describe('warnings are on the set, as AWS CDK shows none of a template in a stack set', () => {
  test('a prefix that can be guessed, where the Qualys account comes in', () => {
    const warnings = (trust: TrustPrincipal, prefix: string) => {
      const stack = administratorStack();
      stackSetIn(stack, { trust, externalId: ExternalId.perAccount(prefix) });
      return warningsOf(stack).map(({ construct, id, text }) => [construct, id, text.split('.')[0]]);
    };
    expect(warnings(QUALYS, '1234')).toEqual([['Roles/Set', 'cdk-qualys-connectors:guessableExternalId', 'the prefix of the external ID has fewer than 16 characters of its own']]);
    expect(warnings(QUALYS, '8317265094418823')[0]![2]).toBe('the prefix of the external ID stands in public documentation');
    expect(warnings(QUALYS, '40952281773650912864')).toEqual([]);
    expect(warnings(BASE, '1234')).toEqual([]);
  });

  test('a role that the base account\'s user may not assume, and a trust policy that is too large', () => {
    const stack = administratorStack();
    const user = new BaseAccountUser(stack, 'User', { roles: AssumableRoles.named('Other'), userName: 'qualys' });
    stackSetIn(stack, { trust: TrustPrincipal.ofUser(user) });
    expect(warningsOf(stack).map(({ construct, id }) => [construct, id])).toEqual([['Roles/Set', 'cdk-qualys-connectors:roleNotCovered']]);

    const large = administratorStack();
    stackSetIn(large, { trust: TrustPrincipal.anyOf(...Array.from({ length: 9 }, (_, index) => TrustPrincipal.baseAccount('222222222222', { userName: `user-${index}` }))) });
    expect(warningsOf(large).map(({ construct, id }) => [construct, id])).toEqual([['Roles/Set', 'cdk-qualys-connectors:trustPolicySize']]);
  });

  test('can be acknowledged there', () => {
    const stack = administratorStack();
    const user = new BaseAccountUser(stack, 'User', { roles: AssumableRoles.named('Other'), userName: 'qualys' });
    const set = stackSetIn(stack, { trust: TrustPrincipal.anyOf(QUALYS, TrustPrincipal.ofUser(user)), externalId: ExternalId.perAccount('1234') });
    Annotations.of(set).acknowledgeWarning('cdk-qualys-connectors:roleNotCovered', 'tried');
    Annotations.of(set).acknowledgeWarning('cdk-qualys-connectors:guessableExternalId', 'tried');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('and what aspects say of the role', () => {
    const app = new App();
    const stack = administratorStack(app);
    stackSetIn(stack);
    Aspects.of(app).add({ visit: (node) => { if (node.node.path === 'Roles/Set/Member/ConnectorRole/Resource/Resource') Annotations.of(node).addWarning('no'); } });
    expect(warningsOf(stack)).toEqual([{ construct: 'Roles/Set', text: 'no' }]);
  });
});

test('a connector is of one account, and the role of a set stands in many', () => {
  const stack = administratorStack();
  const { connectorRole } = stackSetIn(stack);
  for (const scope of [stack, new Stack(stack.node.root as App, 'Connectors', { env: ADMINISTRATOR })]) {
    expect(() => new Connector(scope, 'Connector', { service: newService(scope), role: connectorRole, name: 'All' }))
      .toThrow('Roles/Set/Member/ConnectorRole stands in every account of a StackSet');
  }
});
