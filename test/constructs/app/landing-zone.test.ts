import { App, Aspects, PermissionsBoundary, Stack, Stage, TagManager, Tags } from 'aws-cdk-lib';
import { CfnGroup, CfnManagedPolicy, CfnRole, CfnUser, ManagedPolicy, PermissionsBoundary as Boundary } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { RESOURCE_TYPES } from '../../../projenrc/handlers';
import * as library from '../../../src';
import { FUNCTION_ROLE_PATH } from '../../../src/wire/common';
import { everything } from '../../support/apps/everything';
import { plain } from '../../support/synth/synth';
import { resourcesOf, TemplateResource } from '../../support/synth/template';

const BOUNDARY = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/landing-zone';
const PRINCIPALS = ['AWS::IAM::Role', 'AWS::IAM::User'];

const principals = (stack: Stack): TemplateResource[] => resourcesOf(stack).filter(({ type }) => PRINCIPALS.includes(type));

test('every construct of the library is among everything', () => {
  const made = everything(new Stack(new App(), 'Stack')).node.findAll().map(({ constructor }) => constructor.name);
  const constructs = Object.values(library).filter((member) => typeof member === 'function' && 'isConstruct' in member).map(({ name }) => name);
  expect(constructs.length).toBeGreaterThan(5);
  expect(made).toEqual(expect.arrayContaining(constructs));
});

describe('a permissions boundary is on every role and user, those of the functions too', () => {
  test('set for the app', () => {
    const app = new App();
    const stack = everything(new Stack(app, 'Stack'));
    Boundary.of(app).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'landing-zone'));
    const found = principals(stack);
    expect(found.map(({ type }) => type).sort()).toEqual([...Array.from({ length: 6 }, () => 'AWS::IAM::Role'), 'AWS::IAM::User']);
    for (const { logicalId, properties } of found) expect([logicalId, plain(properties.PermissionsBoundary)]).toEqual([logicalId, BOUNDARY]);
  });

  test('set for the stage, with the qualifier of its bootstrap', () => {
    const stage = new Stage(new App({ context: { '@aws-cdk/core:bootstrapQualifier': 'acme' } }), 'Stage', {
      permissionsBoundary: PermissionsBoundary.fromName('${Qualifier}-landing-zone'),
    });
    const found = principals(everything(new Stack(stage, 'Stack')));
    for (const { logicalId, properties } of found) expect([logicalId, plain(properties.PermissionsBoundary)]).toEqual([logicalId, BOUNDARY.replace('landing-zone', 'acme-landing-zone')]);

  });

  test('set for the app goes before the one of a prop', () => {
    const stack = new Stack(new App(), 'Stack');
    const policy = (name: string) => ManagedPolicy.fromManagedPolicyName(stack, name, name);
    new library.BaseAccountUser(stack, 'User', { roles: library.AssumableRoles.any(), permissionsBoundary: policy('of-prop') });
    Boundary.of(stack.node.root).apply(policy('of-app'));
    expect(principals(stack).map(({ properties }) => plain(properties.PermissionsBoundary).split('/')[1])).toEqual(['of-app', 'of-app']);
  });

  test('of a construct goes before that of the app', () => {
    const app = new App();
    const stack = everything(new Stack(app, 'Stack'));
    Boundary.of(app).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'landing-zone'));
    Boundary.of(stack.node.findChild('BaseAccount').node.findChild('User')).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Keys', 'keys'));
    const names = principals(stack).map(({ logicalId, properties }) => [logicalId.replace(/[0-9A-F]{8}$/, ''), plain(properties.PermissionsBoundary).split('/')[1]]);
    expect(Object.fromEntries(names)).toEqual({
      BaseAccountRegistrationFunctionRole: 'landing-zone',
      BaseAccountUser: 'keys',
      BaseAccountUserFunctionRole: 'keys',
      ConnectorRole: 'landing-zone',
      FleetFunctionRole: 'landing-zone',
      QualysConnectorFunctionRole: 'landing-zone',
      RoleTrustFunctionRole: 'landing-zone',
    });
  });
});

describe('an IAM path', () => {
  test('is on every role of a function, so that an organization can name them', () => {
    const functions = resourcesOf(everything(new Stack(new App(), 'Stack'))).filter(({ type }) => type === 'AWS::Lambda::Function');
    const roles = new Map(principals(everything(new Stack(new App(), 'Stack'))).map(({ logicalId, properties }) => [logicalId, properties.Path]));
    expect(functions.length).toBeGreaterThan(1);
    for (const { properties } of functions) expect(roles.get(properties.Role['Fn::GetAtt'][0])).toBe(FUNCTION_ROLE_PATH);
  });

  test('that an aspect sets is on every role, user, group and policy', () => {
    const app = new App();
    const stack = everything(new Stack(app, 'Stack'));
    Aspects.of(app).add({
      visit(node: IConstruct) {
        if (node instanceof CfnRole || node instanceof CfnUser || node instanceof CfnGroup || node instanceof CfnManagedPolicy) node.path = '/acme/';
      },
    });
    for (const { logicalId, type, properties } of resourcesOf(stack)) if (type.startsWith('AWS::IAM::')) expect([logicalId, properties.Path]).toEqual([logicalId, '/acme/']);

  });
});

test('tags are on all that can carry them', () => {
  const app = new App();
  const stack = everything(new Stack(app, 'Stack'));
  Tags.of(app).add('team', 'security');
  const resources = resourcesOf(stack);
  const types = (found: TemplateResource[]) => [...new Set(found.map(({ type }) => type))].sort();
  const tagged = resources.filter(({ properties }) => JSON.stringify(properties.Tags) === '[{"Key":"team","Value":"security"}]');
  // CDK's list of what can be tagged, and what is in no such list.
  expect(types(tagged)).toEqual(types(resources.filter(({ construct }) => TagManager.of(construct) !== undefined)));
  expect(types(resources.filter((resource) => !tagged.includes(resource)))).toEqual([
    'AWS::IAM::Group', 'AWS::IAM::ManagedPolicy', 'AWS::Lambda::Permission', 'AWS::SecretsManager::RotationSchedule',
    ...[...RESOURCE_TYPES].sort(),
  ]);
});
