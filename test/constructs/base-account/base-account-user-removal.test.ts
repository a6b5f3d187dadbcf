import { App, RemovalPolicy } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { AssumeRolePolicy } from '../../../src/base-account/assume-role-policy';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { OWN, TOGETHER, roles, synth } from '../../support/apps/base-account-users';
import { newStack, Synth } from '../../support/synth/synth';

describe('removalPolicy', () => {
  const policies = (result: Synth, names: string[]) => names.map((name) => {
    const { DeletionPolicy, UpdateReplacePolicy } = result.resource(name);
    return [name, DeletionPolicy, UpdateReplacePolicy];
  });

  test.each([
    ['default', undefined, 'RetainExceptOnCreate', 'Retain'],
    ['DESTROY', RemovalPolicy.DESTROY, 'Delete', 'Delete'],
    ['RETAIN', RemovalPolicy.RETAIN, 'Retain', 'Retain'],
  ])('%s: user, group, policy, secret and key get it', (_, removalPolicy, deletion, replacement) => {
    expect(policies(synth({ roles, removalPolicy }), TOGETHER)).toEqual(TOGETHER.map((name) => [name, deletion, replacement]));
  });

  const all = [undefined, RemovalPolicy.DESTROY, RemovalPolicy.RETAIN];
  test.each(all)('the function, its role and its rights go with the stack (%s)', (removalPolicy) => {
    const result = synth({ roles, removalPolicy });
    const rest = OWN.filter((name) => name !== 'BaseFunctionLogGroup');
    expect(policies(result, rest)).toEqual(rest.map((name) => [name, undefined, undefined]));
    expect(policies(result, ['BaseFunctionLogGroup'])).toEqual([['BaseFunctionLogGroup', 'Delete', 'Delete']]);
  });

  test('a policy of this app gets it too', () => {
    const stack = newStack();
    const statements = [new PolicyStatement({ actions: ['sts:AssumeRole'], resources: ['*'] })];
    new BaseAccountUser(stack, 'Base', { roles: AssumableRoles.fromPolicy(new ManagedPolicy(stack, 'Mine', { statements })) });
    const result = new Synth(stack);
    expect(policies(result, ['Mine'])).toEqual([['Mine', 'RetainExceptOnCreate', 'Retain']]);
    expect(result.properties('Mine').Groups).toEqual(['${BaseGroup}']);
    expect(result.needs('BaseKey')).toContain('Mine');
    expect(result.names()).not.toContain('BasePolicy');
  });

  test('a policy of another stack is named by the group, so that stacks refer to each other in one direction', () => {
    const app = new App();
    const others = newStack('us-east-1', app, 'Others');
    const stack = newStack('us-east-1', app);
    new BaseAccountUser(stack, 'Base', { roles: AssumableRoles.fromPolicy(new AssumeRolePolicy(others, 'Mine', { roles })) });
    expect(new Synth(stack).properties('BaseGroup').ManagedPolicyArns).toEqual(['${from Others: RefMine}']);
    expect(new Synth(others).properties('Mine').Groups).toBeUndefined();
  });

  test('a policy from elsewhere is used as it is', () => {
    const result = synth({ roles: AssumableRoles.fromPolicy(ManagedPolicy.fromAwsManagedPolicyName('SecurityAudit')) });
    expect(result.properties('BaseGroup').ManagedPolicyArns).toEqual(['arn:${AWS::Partition}:iam::aws:policy/SecurityAudit']);
  });
});
