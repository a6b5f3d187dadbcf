import { AddLambdaEnvironmentVariables, AddPermissionBoundary, ConvertInlinePoliciesToManaged, RemoveTags } from '@cdklabs/cdk-enterprise-iac';
import { App, Aspects, IAspect, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { connect, newRole } from '../../support/apps/connectors';
import { everything } from '../../support/apps/everything';
import { baseAccount, PRODUCTION, SECURITY } from '../../support/synth/stack-order';
import { plain, Synth } from '../../support/synth/synth';

/* The aspects that AWS publishes for organizations with rules on what roles are called and where they stand. */
const BOUNDARY: IAspect = new AddPermissionBoundary({ permissionsBoundaryPolicyName: 'Boundary', rolePrefix: 'acme-', policyPrefix: 'acme-', rolePath: '/acme/' });

describe('boundaries, prefixes and a path', () => {
  const app = new App();
  const [security, production, connectors] = [new Stack(app, 'Security', { env: SECURITY }), new Stack(app, 'Production', { env: PRODUCTION }), new Stack(app, 'Connectors', { env: SECURITY })];
  const { user } = baseAccount(security);
  const role = newRole(production, { roleName: 'QualysConnector', path: '/security/', trust: TrustPrincipal.ofUser(user) });
  connect(connectors, { role });
  Aspects.of(app).add(BOUNDARY);
  const [made] = Object.values<any>(Template.fromStack(production).findResources('AWS::IAM::Role'));

  test('are on the role, as the aspect has it', () => {
    expect(made.Properties.RoleName).toMatch(/^acme-QualysConnector[0-9a-f]{8}$/);
    expect(made.Properties.Path).toBe('/acme/');
    expect(plain(made.Properties.PermissionsBoundary).replace('${AWS::Partition}', 'aws')).toBe(`arn:aws:iam::${PRODUCTION.account}:policy/Boundary`);
  });

  test('are in the ARN that the connector of another account has, and that the order of stacks follows', () => {
    const { RoleArn } = new Synth(connectors).properties('Connector');
    expect(RoleArn.replace('${AWS::Partition}', 'aws')).toBe(`arn:aws:iam::${PRODUCTION.account}:role/acme/${made.Properties.RoleName}`);
    expect(connectors.dependencies).toContain(production);
  });

  test('leave the user as it is, whom the role goes on to trust', () => {
    const [{ Condition }] = plain(made.Properties.AssumeRolePolicyDocument.Statement);
    expect(Condition.ArnEquals['aws:PrincipalArn'].replace('${AWS::Partition}', 'aws')).toBe(`arn:aws:iam::${SECURITY.account}:user/qualys-base-account`);
  });
});

test.each<[string, IAspect]>([
  ['boundaries, prefixes and a path', BOUNDARY],
  ['managed policies in place of inline ones', new ConvertInlinePoliciesToManaged()],
  ['variables of a proxy for every function', new AddLambdaEnvironmentVariables({ HTTPS_PROXY: 'http://proxy.example.com:3128' })],
  ['no tags on a type of resource', new RemoveTags({ cloudformationResource: 'AWS::Lambda::Function' })],
])('everything of the library is synthesized with %s', (_, aspect) => {
  const [without, withAspect] = [undefined, aspect].map((one) => {
    const stack = everything(new Stack(new App(), 'Stack', { env: SECURITY }));
    if (one) Aspects.of(stack).add(one);
    return Template.fromStack(stack).toJSON();
  });
  const types = ({ Resources }: any) => Object.entries<any>(Resources).map(([id, { Type }]) => `${id} ${Type}`).sort();
  expect(types(withAspect)).toEqual(types(without));
  // What a function may be asked for still stands in its environment.
  const variables = (template: any, id: string): string[] => Object.keys(template.Resources[id].Properties.Environment.Variables);
  const functions = Object.entries<any>(without!.Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Function').map(([id]) => id);
  for (const id of functions) expect(variables(withAspect, id)).toEqual(expect.arrayContaining(variables(without, id)));
});
