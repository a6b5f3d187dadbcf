import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Aspects, CfnOutput, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { AccessKey, AccountPrincipal, AnyPrincipal, CfnRole, ManagedPolicy, PolicyStatement, Role, User } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { ConnectorRoleStackSet } from '../../../src/fleet/connector-role-stack-set';
import { TrustMap } from '../../../src/review/trust-map';
import { TrustReview, TrustReviewProps } from '../../../src/review/trust-review';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { QUALYS_ROOT, statement } from '../../support/review/assemblies';

const env = { account: '222222222222', region: 'us-east-1' };
const folder = mkdtempSync(join(tmpdir(), 'trust-review-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { exitCode, env: { CDK_VALIDATION } } = process;
// Beside the newest AWS CDK the suite runs without validation, which takes seconds: here it is what is asked about.
beforeAll(() => { delete process.env.CDK_VALIDATION; });
afterAll(() => { if (CDK_VALIDATION !== undefined) process.env.CDK_VALIDATION = CDK_VALIDATION; });
afterEach(() => { process.exitCode = exitCode; jest.restoreAllMocks(); });

interface Violation { readonly ruleName: string; readonly description: string; readonly severity?: string; readonly suppressed: boolean }

interface Reviewed {
  readonly failed: boolean;
  readonly violations: Violation[];
  readonly text: string;
}

/** Synthesizes an app with the review, and reads the report of AWS CDK. */
function reviewed(build: (app: App) => void, props?: TrustReviewProps): Reviewed {
  const app = new App({ outdir: mkdtempSync(join(folder, 'out-')) });
  Validations.of(app).addPlugins(new TrustReview(props));
  build(app);
  const said = jest.spyOn(console, 'error').mockImplementation(() => {});
  process.exitCode = undefined;
  let thrown = '';
  try {
    app.synth();
  } catch (error) { // as newer versions of AWS CDK tell of a finding; older ones set the exit code
    thrown = (error as Error).message;
    if (!/validation/i.test(thrown)) throw error;
  }
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  const own = report.pluginReports.filter((one: any) => (one.pluginName ?? one.summary?.pluginName) === 'cdk-qualys-connectors');
  const listed = own.flatMap(({ violations = [], suppressedViolations = [] }: any) => [
    ...violations.map((one: any) => ({ suppressed: false, ...one })), ...suppressedViolations.map((one: any) => ({ ...one, suppressed: true })),
  ]);
  return { failed: thrown !== '' || (process.exitCode as unknown) === 1, violations: listed, text: [...said.mock.calls, thrown].join('\n') };
}

const names = (violations: readonly Violation[]) => violations.map(({ ruleName }) => ruleName).sort();
const bad = (scope: IConstruct, changes: object = { Condition: undefined }) => (
  new CfnRole(scope as Stack, 'Bad', { roleName: 'bad', assumeRolePolicyDocument: { Statement: [statement(changes)] } }));

test('an app in which all is well passes, and its map is written', () => {
  const directory = join(folder, 'map');
  const { failed, violations } = reviewed((app) => {
    new ConnectorRole(new Stack(app, 'Member', { env }), 'Role', {
      roleName: 'QualysConnector', trust: TrustPrincipal.qualysAccount(), externalId: ExternalId.of('73190284655110493827'), permissions: ConnectorPermissions.assetInventory(),
    });
  }, { directory });
  expect([failed, violations]).toEqual([false, []]);
  expect(readFileSync(join(directory, 'trust-map.md'), 'utf8')).toContain('1 role in 1 account: it trusts the Qualys account.');
  for (const name of ['trust-map.html', 'trust-map.json']) expect(existsSync(join(directory, name))).toBe(true);
});

test.each<[string, (stack: Stack) => void, string, boolean]>([
  ['no external ID', (stack) => bad(stack), 'external-id[Member/Bad]', true],
  ['an external ID by StringLike', (stack) => bad(stack, { Condition: { StringLike: { 'sts:ExternalId': '*' } } }), 'external-id[Member/Bad]', true],
  ['a whole foreign account', (stack) => new Role(stack, 'Bad', { assumedBy: new AccountPrincipal('888888888888') }), 'external-id[Member/Bad/Resource]', true],
  ['everybody', (stack) => new Role(stack, 'Bad', { assumedBy: new AnyPrincipal() }), 'anyone[Member/Bad/Resource]', true],
  ['everybody but some', (stack) => bad(stack, { Principal: undefined, NotPrincipal: { AWS: QUALYS_ROOT }, Condition: undefined }), 'anyone[Member/Bad]', true],
  ['a whole base account', (stack) => new ConnectorRole(stack, 'Bad', {
    roleName: 'x', trust: TrustPrincipal.baseAccount('111111111111'), externalId: ExternalId.of('73190284655110493827'), permissions: ConnectorPermissions.assetInventory(),
  }), 'whole-account[Member/Bad/Resource/Resource]', false],
  ['a key in the template', (stack) => {
    const user = new User(stack, 'User');
    user.addToPolicy(new PolicyStatement({ actions: ['sts:AssumeRole'], resources: ['*'] }));
    new AccessKey(stack, 'Bad', { user });
  }, 'key-in-template[Member/Bad/Resource]', true],
  ['a key of a user by a managed policy, in an output', (stack) => {
    const user = new User(stack, 'User', { managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')] });
    const key = new AccessKey(stack, 'Bad', { user });
    new CfnOutput(stack, 'Secret', { value: key.secretAccessKey.unsafeUnwrap() });
  }, 'key-in-template[Member/Bad/Resource]', true],
])('%s is found, with its construct', (_what, build, name, fails) => {
  const { failed, violations, text } = reviewed((app) => build(new Stack(app, 'Member', { env })));
  expect(names(violations)).toEqual([name]);
  expect(failed).toBe(fails);
  expect(text).toContain(name);
});

test('the map is written before the answer, also where it fails', () => {
  const directory = join(folder, 'failing');
  expect(reviewed((app) => bad(new Stack(app, 'Member', { env })), { directory }).failed).toBe(true);
  expect(readFileSync(join(directory, 'trust-map.md'), 'utf8')).toContain('- bad in 222222222222: no external ID is asked for');
});

describe('an acknowledgement on the construct is for that one alone', () => {
  const known = (construct: IConstruct, id: string) => Validations.of(construct).acknowledge({ id: `cdk-qualys-connectors::${id}`, reason: 'until the vendor has an external ID' });

  test('in a stack', () => {
    const { failed, violations } = reviewed((app) => {
      const [one, other] = [new Stack(app, 'One', { env }), new Stack(app, 'Other', { env })];
      known(bad(one), 'external-id[One/Bad]');
      bad(other);
    });
    expect(names(violations.filter(({ suppressed }) => !suppressed))).toEqual(['external-id[Other/Bad]']);
    expect(failed).toBe(true);
  });

  test.each<[string, (app: App) => IConstruct, string]>([
    ['a stack', (app) => new Stack(app, 'Stack', { env }), 'external-id[Stack/Bad]'],
    ['a stage', (app) => new Stack(new Stage(app, 'Stage'), 'Stack', { env }), 'external-id[Stage/Stack/Bad]'],
    ['a nested stack', (app) => new NestedStack(new Stack(app, 'Stack', { env }), 'Nested'), 'external-id[Stack/Nested/Bad]'],
  ])('in %s it lets the synthesis end well', (_what, scope, id) => {
    const { failed, violations } = reviewed((app) => known(bad(scope(app)), id));
    expect(failed).toBe(false);
    expect(violations.filter(({ suppressed }) => !suppressed)).toEqual([]);
  });
});

test('what the app itself did not make has no construct, and is found all the same', () => {
  const { failed, violations } = reviewed((app) => {
    const stack = new Stack(app, 'Stack', { env });
    const body = { Resources: { Bad: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'bad', AssumeRolePolicyDocument: { Statement: [statement({ Condition: undefined })] } } } } };
    const { CfnStackSet } = jest.requireActual<typeof import('aws-cdk-lib')>('aws-cdk-lib');
    new CfnStackSet(stack, 'Set', { stackSetName: 'set', permissionModel: 'SERVICE_MANAGED', templateBody: JSON.stringify(body) });
  });
  expect(names(violations)).toEqual(['external-id[Stack.template.json#Set/Bad]']);
  expect(failed).toBe(true);
});

test('the role of an organization is found in the template that its stack set holds', () => {
  const { failed, violations } = reviewed((app) => {
    const set = new ConnectorRoleStackSet(new Stack(app, 'Stack', { env }), 'Roles', {
      roleName: 'QualysConnector',
      organizationalUnits: ['ou-a1b2-c3d4e5f6'],
      trust: TrustPrincipal.baseAccount('111111111111'),
      externalId: ExternalId.perAccount('8317265094418823'),
      permissions: ConnectorPermissions.assetInventory(),
    });
    Aspects.of(set).add({ visit: (node) => { if (node instanceof CfnRole) node.addPropertyDeletionOverride('AssumeRolePolicyDocument.Statement.0.Condition'); } });
  });
  expect(names(violations)[0]).toMatch(/^external-id\[Stack\/Roles\/.+\/Resource\]$/);
  expect(failed).toBe(true);
});

test('a stage that a pipeline has synthesized before is reviewed with its app', () => {
  const { failed, violations } = reviewed((app) => {
    const stage = new Stage(app, 'Stage');
    bad(new Stack(stage, 'Stack', { env }));
    stage.synth();
  });
  expect(names(violations)).toEqual(['external-id[Stage/Stack/Bad]']);
  expect(failed).toBe(true);
});

test('a baseline that is not there, a folder that is taken, and a fault of its own fail the synthesis and say so', () => {
  const withProps = (props?: TrustReviewProps) => reviewed((app) => { new Stack(app, 'Stack', { env }); }, props);
  const baseline = withProps({ baseline: join(folder, 'none.json') });
  expect(baseline.failed).toBe(true);
  expect(baseline.text).toContain(`${join(folder, 'none.json')} cannot be read (ENOENT)`);

  writeFileSync(join(folder, 'taken'), '');
  const taken = withProps({ directory: join(folder, 'taken') });
  expect(taken.failed).toBe(true);
  expect(taken.text).toContain(`the trust map cannot be written to ${join(folder, 'taken')} (EEXIST)`);

  jest.spyOn(TrustMap, 'fromAssembly').mockImplementation(() => { throw new TypeError('a fault of its own'); });
  const faulty = withProps();
  expect(faulty.failed).toBe(true);
  expect(faulty.text).toContain('a fault of its own');
});

test('compared with a former map, both pages begin with what changes', () => {
  const [before, after] = [join(folder, 'before'), join(folder, 'after')];
  reviewed((app) => { new Stack(app, 'Member', { env }); }, { directory: before });
  reviewed((app) => bad(new Stack(app, 'Member', { env })), { directory: after, baseline: join(before, 'trust-map.json') });
  expect(readFileSync(join(after, 'trust-map.md'), 'utf8')).toContain('| **widened** | bad in 222222222222 | a new role | no role | Qualys account 805950163170, with **no external ID** |');
});

test('it says over how many roles it looked', () => {
  const app = new App({ outdir: mkdtempSync(join(folder, 'out-')) });
  new BaseAccountUser(new Stack(app, 'Stack', { env }), 'User', { roles: AssumableRoles.named('x*') });
  app.synth();
  expect(new TrustReview().validate({ appConstruct: app, templatePaths: [] }).metadata).toEqual({ roles: '1 roles in 1 templates were looked at, 0 of them are in the map' });
});
