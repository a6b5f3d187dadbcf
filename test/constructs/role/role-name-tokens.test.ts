import { Aws, CfnParameter, CfnParameterProps, CfnResource, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { stackIn } from '../../support/synth/policies';

/*
 * The function of a ConnectorRoleTrust has rights on the role of this name. A name that turns out to be a wildcard when it is deployed
 * would make them rights on every role of the account, until the deployment is taken back.
 */
function edit(stack: Stack, roleName: string, path?: string): void {
  new ConnectorRoleTrust(stack, 'Trust', { roleName, path, trust: TrustPrincipal.baseAccount('111122223333'), externalId: ExternalId.of('83172650944188230571') });
}

const parameter = (stack: Stack, props: CfnParameterProps = {}) => new CfnParameter(stack, 'Name', props).valueAsString;

test.each(['[A-Za-z0-9_+=,.@-]+', String.raw`[\w+=,.@-]{1,64}`, 'Qualys[A-Za-z]*', '^qualys-(cspm|connector)$', String.raw`\w+`, String.raw`Qualys\.\d{1,3}`])(
  'a parameter with the pattern %s passes', (allowedPattern) => {
    const stack = stackIn();
    expect(() => edit(stack, parameter(stack, { allowedPattern }))).not.toThrow();
  });

test.each([undefined, '.*', '.+', 'Qualys.*', '[^/]+', '[a-z*]{5,}', String.raw`\S+`, String.raw`\*`, '[ -~]+', '[+-z]+', String.raw`Qualys\D`, '[a-z?]', String.raw`[\w$]+`, '[$-{]+', ''])(
  'a parameter with the pattern %j is refused', (allowedPattern) => {
    const stack = stackIn();
    expect(() => edit(stack, parameter(stack, { allowedPattern }))).toThrow('roleName of Stack/Trust must not become a wildcard when it is deployed, got a token that may: give the parameter Stack/Name '
      + "the type String and an allowedPattern without wildcards, as '[A-Za-z0-9_+=,.@-]+'");
  });

test.each<[string, CfnParameterProps, boolean]>([
  ['values', { allowedValues: ['One', 'Two'] }, true],
  ['values with a wildcard', { allowedValues: ['One', '*'] }, false],
  ['a name in Parameter Store, whose pattern is that of the name', { type: 'AWS::SSM::Parameter::Value<String>', allowedPattern: '[a-z]+' }, false],
])('a parameter of %s', (_, props, passes) => {
  const stack = stackIn();
  const take = () => edit(stack, parameter(stack, props));
  if (passes) expect(take).not.toThrow(); else expect(take).toThrow('must not become a wildcard');
});

test.each<[string, (stack: Stack) => string, boolean]>([
  ['the name of a role', (stack) => new Role(stack, 'Role', { assumedBy: new AccountRootPrincipal() }).roleName, true],
  ['a pseudo parameter', () => `Qualys-${Aws.REGION}`, true],
  ['a text that is known late', () => Lazy.string({ produce: () => 'QualysConnector' }), true],
  ['a parameter that is known late', (stack) => Lazy.string({ produce: () => parameter(stack) }), false],
  ['the attribute of a resource', (stack) => new CfnResource(stack, 'Custom', { type: 'Custom::Name' }).getAtt('Name').toString(), false],
  ['an import', () => Fn.importValue('RoleName'), false],
  ['a value of Parameter Store', (stack) => StringParameter.valueForStringParameter(stack, 'role-name'), false],
  ['part of a text', (stack) => `Qualys-${parameter(stack)}`, false],
  ['the result of a function', (stack) => Fn.join('', ['Qualys', parameter(stack)]), false],
])('%s', (_, value, passes) => {
  const stack = stackIn();
  const take = () => edit(stack, value(stack));
  if (passes) expect(take).not.toThrow(); else expect(take).toThrow('roleName of Stack/Trust must not become a wildcard');
});

test('the path too', () => {
  const stack = stackIn();
  expect(() => edit(stack, 'Role', parameter(stack))).toThrow('path of Stack/Trust must not become a wildcard');
  const bounded = stackIn();
  expect(() => edit(bounded, 'Role', parameter(bounded, { allowedPattern: '/[a-z/]+/' }))).not.toThrow();
});
