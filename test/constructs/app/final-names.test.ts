import { App, Aspects, CfnOutput, Environment, IAspect, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { connect } from '../../support/apps/connectors';
import { everything } from '../../support/apps/everything';
import { NameOverride, NamePrefix } from '../../support/apps/name-prefix';
import { plain, Synth } from '../../support/synth/synth';

const SECURITY = { account: '111122223333', region: 'us-east-1' };
const PRODUCTION = { account: '222233334444', region: 'us-east-1' };

/** A user, a role that trusts it, and a stack that reads of both what there is to read. */
function read(aspect: IAspect, { env, reader }: { env: Environment; reader: Environment }): Record<string, any> {
  const app = new App();
  const user = new BaseAccountUser(new Stack(app, 'Security', { env }), 'Base', {
    roles: AssumableRoles.named('acme-QualysConnector'), userName: 'qualys', path: '/security/',
  });
  const role = new ConnectorRole(new Stack(app, 'Production', { env: PRODUCTION }), 'Role', {
    roleName: 'QualysConnector',
    path: '/security/',
    trust: TrustPrincipal.ofUser(user),
    externalId: ExternalId.of('83172650944188230571'),
    permissions: ConnectorPermissions.assetInventory(),
  });
  const stack = new Stack(app, 'Reader', { env: reader });
  const { userArn, userName } = user;
  const { roleArn, roleName } = role;
  const values = { UserArn: userArn, UserName: userName, RoleArn: roleArn, RoleName: roleName };
  for (const [name, value] of Object.entries(values)) new CfnOutput(stack, name, { value });
  Aspects.of(app).add(aspect);
  const { Outputs } = Template.fromStack(stack).toJSON();
  const [trusting] = Object.values(Template.fromStack(Stack.of(role)).findResources('AWS::IAM::Role'));
  const [{ Condition }] = trusting.Properties.AssumeRolePolicyDocument.Statement;
  return {
    ...Object.fromEntries(Object.entries<any>(Outputs).map(([name, { Value }]) => [name, plain(Value)])),
    trusted: plain(Condition.ArnEquals['aws:PrincipalArn']),
  };
}

describe.each<[string, IAspect, string]>([
  ['an aspect that puts a prefix before every name', new NamePrefix('acme-'), '/security/'],
  ['an aspect that overrides name and path', new NameOverride('acme-', '/acme/'), '/acme/'],
])('%s', (_, aspect, path) => {
  const user = `arn:\${AWS::Partition}:iam::${SECURITY.account}:user${path}acme-qualys`;
  const role = `arn:\${AWS::Partition}:iam::${PRODUCTION.account}:role${path}acme-QualysConnector`;

  test('is seen from other accounts, and by the role that trusts the user', () => {
    expect(read(aspect, { env: SECURITY, reader: { account: '333344445555', region: 'eu-west-1' } })).toEqual({
      UserArn: user, UserName: 'acme-qualys', RoleArn: role, RoleName: 'acme-QualysConnector', trusted: user,
    });
  });

  test('is seen from another region of the same account', () => {
    const found = read(aspect, { env: { ...PRODUCTION, region: 'eu-west-1' }, reader: { ...PRODUCTION, region: 'us-west-2' } });
    expect(found).toEqual({
      UserArn: user.replace(SECURITY.account, PRODUCTION.account),
      UserName: 'acme-qualys',
      RoleArn: role,
      RoleName: 'acme-QualysConnector',
      trusted: user.replace(SECURITY.account, PRODUCTION.account),
    });
  });

  test('is seen from another stage of the app by the connector', () => {
    const app = new App();
    const production = new Stage(app, 'Production');
    Aspects.of(production).add(aspect);
    const made = new ConnectorRole(new Stack(production, 'Roles', { env: PRODUCTION }), 'Role', {
      roleName: 'QualysConnector',
      path: '/security/',
      trust: TrustPrincipal.baseAccount(SECURITY.account),
      externalId: ExternalId.of('83172650944188230571'),
      permissions: ConnectorPermissions.assetInventory(),
    });
    const connectors = new Stack(app, 'Connectors', { env: SECURITY });
    connect(connectors, { role: made });
    expect(new Synth(connectors).properties('Connector').RoleArn.replace('${AWS::Partition}', 'aws')).toBe(role.replace('${AWS::Partition}', 'aws'));
  });

  test('is seen from another stack of the same account', () => {
    const inProduction = user.replace(SECURITY.account, PRODUCTION.account);
    expect(read(aspect, { env: PRODUCTION, reader: PRODUCTION })).toEqual({
      UserArn: inProduction, UserName: 'acme-qualys', RoleArn: role, RoleName: 'acme-QualysConnector', trusted: inProduction,
    });
  });
});

/** Names that an aspect changes stand in the template once, where they are set: everything else refers to them. */
test('within a stack no name stands in a second place', () => {
  const templates = ['acme-', 'other-'].map((prefix) => {
    const stack = everything(new Stack(new App(), 'Stack'));
    Aspects.of(stack).add(new NamePrefix(prefix));
    return Template.fromStack(stack).toJSON();
  });
  const names = ['RoleName', 'UserName', 'GroupName', 'ManagedPolicyName', 'FunctionName', 'Name'];
  const named: string[] = [];
  for (const { Resources } of templates) {
    for (const [id, { Type, Properties }] of Object.entries<any>(Resources)) {
      if (Type.startsWith('Custom::')) continue;
      delete Properties.TemplateBody; // the names in it are those of the members' template
      for (const name of names.filter((key) => /^(acme|other)-./.test(Properties[key]))) {
        named.push(`${id} ${name}`);
        delete Properties[name];
      }
    }
  }
  expect(named.filter((name) => name.endsWith('RoleName')).length / 2).toBe(6);
  expect(new Set(named.map((name) => name.split(' ')[1]))).toEqual(new Set(names));
  // A fleet knows the role in accounts of others by its name alone.
  const [one, other] = templates.map((template) => JSON.parse(JSON.stringify(template).replace(/(acme|other)-QualysMember/g, 'QualysMember')));
  expect(one).toEqual(other);
});
