import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { AssumeRolePolicy } from '../../../src/base-account/assume-role-policy';
import { managedPolicy, PLACES, stackIn } from '../../support/synth/policies';

const NAME_CHARACTERS = 'letters, digits and _ + = , . @ -, and the wildcards * and ?';

function statementOf(roles: AssumableRoles, place = PLACES[0], stack = stackIn(place)) {
  new AssumeRolePolicy(stack, 'Policy', { roles });
  const { Resource, Condition } = managedPolicy(stack, place).Statement[0];
  return { Resource, Condition };
}

test('any is a star', () => {
  expect(statementOf(AssumableRoles.any())).toEqual({ Resource: '*', Condition: undefined });
});

describe('named', () => {
  test.each(PLACES)('is a role of any account in partition $partition', (place) => {
    expect(statementOf(AssumableRoles.named('QualysConnector'), place)).toEqual({ Resource: `arn:${place.partition}:iam::*:role/QualysConnector`, Condition: undefined });
  });

  test.each(PLACES)('is a role in partition $partition when only the deployment knows it', (place) => {
    expect(statementOf(AssumableRoles.named('Qualys*'), place, stackIn()).Resource).toBe(`arn:${place.partition}:iam::*:role/Qualys*`);
  });

  test('takes a path and an organization', () => {
    expect(statementOf(AssumableRoles.named('Qualys*', { path: '/security/', organizationId: 'o-a1b2c3d4e5' }))).toEqual({
      Resource: 'arn:aws:iam::*:role/security/Qualys*',
      Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } },
    });
  });

  test.each(['*', '**', '?*', '*?*', '????????'])('refuses %s, which is any role (fault 58)', (pattern) => {
    expect(() => AssumableRoles.named(pattern)).toThrow(`pattern '${pattern}' matches every role: give a part of the name, a path or an organizationId, or use AssumableRoles.any()`);
    expect(() => AssumableRoles.named(pattern, { path: '/' })).toThrow('matches every role');
    expect(() => AssumableRoles.named(pattern, { path: '/security/' })).not.toThrow();
    expect(() => AssumableRoles.named(pattern, { organizationId: 'o-a1b2c3d4e5' })).not.toThrow();
  });

  test.each([
    ['', 'pattern must be 1 to 64 characters long, got 0'],
    ['a'.repeat(65), 'pattern must be 1 to 64 characters long, got 65'],
    ['a b', `pattern may only hold ${NAME_CHARACTERS}, got 'a b'`],
    ['security/Qualys', `pattern may only hold ${NAME_CHARACTERS}`],
    ['${aws:username}', `pattern may only hold ${NAME_CHARACTERS}`],
  ])('refuses the pattern %j', (pattern, message) => {
    expect(() => AssumableRoles.named(pattern)).toThrow(message);
  });

  test.each([
    ['', 'path must be 1 to 512 characters long, got 0'],
    ['security/', "path must begin and end with '/', as in '/security/', got 'security/'"],
    ['/security', "path must begin and end with '/', as in '/security/', got '/security'"],
    [`/${'a'.repeat(511)}/`, 'path must be 1 to 512 characters long, got 513'],
    ['/a b/', 'path may only hold printable ASCII characters other than space, *, ? and $'],
    ['/*/', 'path may only hold printable ASCII characters other than space, *, ? and $'],
    ['/${aws:username}/', 'path may only hold printable ASCII characters other than space, *, ? and $'],
  ])('refuses the path %j', (path, message) => {
    expect(() => AssumableRoles.named('Qualys', { path })).toThrow(message);
  });

  test.each(['', 'o-short', 'O-A1B2C3D4E5', 'r-a1b2', '*', 'o-a1b2c3d4e*'])('refuses the organization %j', (organizationId) => {
    expect(() => AssumableRoles.named('Qualys', { organizationId })).toThrow(/^organizationId must be the ID of an AWS organization, 'o-' and 10 to 32 lower-case letters or digits, got /);
  });

  test('takes tokens', () => {
    const stack = new Stack();
    const [name, path, organizationId] = ['Name', 'Path', 'Organization'].map((id) => new CfnParameter(stack, id).valueAsString);
    const roles = AssumableRoles.named(name, { path, organizationId });
    expect(stack.resolve(roles._resources(stack))).toEqual([{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::*:role', { Ref: 'Path' }, { Ref: 'Name' }]] }]);
    expect(stack.resolve(roles._conditions())).toEqual({ StringEquals: { 'aws:ResourceOrgID': { Ref: 'Organization' } } });
    new AssumeRolePolicy(stack, 'Policy', { roles });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('arns', () => {
  test.each(PLACES)('are those ARNs in partition $partition', (place) => {
    const arns = ['111122223333', '444455556666'].map((account) => `arn:${place.partition}:iam::${account}:role/security/QualysConnector`);
    expect(statementOf(AssumableRoles.arns(arns), place).Resource).toEqual(arns);
    expect(statementOf(AssumableRoles.arns(arns), place, stackIn()).Resource).toEqual(arns);
  });

  test.each([
    [PLACES[0], 'aws-cn'],
    [PLACES[1], 'aws'],
    [PLACES[2], 'aws-us-gov'],
  ])('of another partition are refused in $region', (place, partition) => {
    const arn = `arn:${partition}:iam::111122223333:role/QualysConnector`;
    expect(() => statementOf(AssumableRoles.arns([arn]), place)).toThrow(`roleArns holds '${arn}' of partition ${partition}, but Stack/Policy is in partition ${place.partition}`);
  });

  test('must not be none', () => {
    expect(() => AssumableRoles.arns([])).toThrow('roleArns must hold at least one role ARN, got none');
  });

  test.each([
    '*',
    'QualysConnector',
    'arn:aws:iam::111122223333:user/QualysConnector',
    'arn:aws:iam::111122223333:role/',
    'arn:aws:iam::11112222333:role/QualysConnector',
    'arn:aws:iam::*:role/QualysConnector',
    'arn:aws:iam::111122223333:role/Qualys*',
    'arn:aws:iam::111122223333:role/${aws:username}',
    'arn:aws:iam:us-east-1:111122223333:role/QualysConnector',
    'arn:aws:sts::111122223333:assumed-role/QualysConnector/session',
  ])('refuses %s', (arn) => {
    expect(() => AssumableRoles.arns(['arn:aws:iam::111122223333:role/Good', arn])).toThrow(/^roleArns must hold ARNs of roles such as .*, got /);
  });

  test('takes tokens', () => {
    const stack = new Stack();
    const arn = new CfnParameter(stack, 'RoleArn').valueAsString;
    expect(stack.resolve(AssumableRoles.arns([arn])._resources(stack))).toEqual([{ Ref: 'RoleArn' }]);
  });

  test('are not changed by a later change of the list', () => {
    const arns = ['arn:aws:iam::111122223333:role/QualysConnector'];
    const roles = AssumableRoles.arns(arns);
    arns.push('*');
    expect(statementOf(roles).Resource).toBe('arn:aws:iam::111122223333:role/QualysConnector');
  });
});
