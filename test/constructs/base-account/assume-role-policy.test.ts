import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { AssumeRolePolicy, AssumeRolePolicyProps } from '../../../src/base-account/assume-role-policy';
import { ExternalId } from '../../../src/service/external-id';
import { managedPolicy, PLACES, stackIn } from '../../support/synth/policies';

const arnsOf = (count: number) => Array.from({ length: count }, (_, index) => `arn:aws:iam::${String(index).padStart(12, '0')}:role/QualysConnector`);

function policyIn(stack: Stack, props: Partial<AssumeRolePolicyProps> = {}) {
  return new AssumeRolePolicy(stack, 'Policy', { roles: AssumableRoles.any(), ...props });
}

test('any role is the policy of the vendor\'s page, and nothing else', () => {
  const stack = stackIn();
  policyIn(stack);
  Template.fromStack(stack).templateMatches({ Resources: { Policy23B91518: { Type: 'AWS::IAM::ManagedPolicy' } } });
  expect(managedPolicy(stack, PLACES[0])).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }],
  });
});

test.each([...PLACES, undefined])('no partition stands in the template of a stack in %j', (place) => {
  const stack = stackIn(place);
  policyIn(stack, { roles: AssumableRoles.named('Qualys*', { organizationId: 'o-a1b2c3d4e5' }), externalId: ExternalId.perAccount('8317265094418823') });
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/arn:aws/);
});

test('an external ID is a condition', () => {
  const stack = stackIn();
  policyIn(stack, { externalId: ExternalId.of('83172650944188230571') });
  expect(managedPolicy(stack, PLACES[0]).Statement[0].Condition).toEqual({ StringEquals: { 'sts:ExternalId': '83172650944188230571' } });
});

test('an external ID for each account leaves twelve characters open, beside the organization', () => {
  const stack = stackIn(PLACES[0]);
  policyIn(stack, { roles: AssumableRoles.named('Q', { organizationId: 'o-a1b2c3d4e5' }), externalId: ExternalId.perAccount('8317265094418823') });
  expect(managedPolicy(stack, PLACES[0]).Statement[0].Condition).toEqual({
    StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' },
    StringLike: { 'sts:ExternalId': '8317265094418823????????????' },
  });
});

test('an organization and an external ID are both asked for', () => {
  const stack = stackIn();
  policyIn(stack, { roles: AssumableRoles.named('Q', { organizationId: 'o-a1b2c3d4e5' }), externalId: ExternalId.of('83172650944188230571') });
  expect(managedPolicy(stack, PLACES[0]).Statement[0].Condition).toEqual({
    StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5', 'sts:ExternalId': '83172650944188230571' },
  });
});

test('name, path and description are the resource\'s', () => {
  const stack = stackIn();
  policyIn(stack, { managedPolicyName: 'AssumeQualysConnectors', path: '/security/', description: 'For the audit.' });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'AssumeQualysConnectors', Path: '/security/', Description: 'For the audit.' });
});

test('the description says what the policy is for when none is given', () => {
  const stack = stackIn();
  policyIn(stack);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', { Description: 'Lets the user of the Qualys base account assume connector roles.' });
});

test.each<[Partial<AssumeRolePolicyProps>, string]>([
  [{ managedPolicyName: '' }, 'managedPolicyName must be 1 to 128 characters long, got 0'],
  [{ managedPolicyName: 'a'.repeat(129) }, 'managedPolicyName must be 1 to 128 characters long, got 129'],
  [{ managedPolicyName: 'a b' }, "managedPolicyName may only hold letters, digits and _ + = , . @ -, got 'a b'"],
  [{ path: 'security' }, "path must begin and end with '/', as in '/security/', got 'security'"],
  [{ description: '' }, 'description must be 1 to 1000 characters long, got 0'],
  [{ description: 'a'.repeat(1001) }, 'description must be 1 to 1000 characters long, got 1001'],
  [{ description: '\u2603' }, "description may only hold printable characters of Latin-1, got '\u2603'"],
])('refuses %j', (props, message) => {
  expect(() => policyIn(stackIn(), props)).toThrow(message);
});

test('takes tokens', () => {
  const stack = stackIn();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  policyIn(stack, { managedPolicyName: text, path: text, description: text });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', { ManagedPolicyName: { Ref: 'Text' }, Path: { Ref: 'Text' }, Description: { Ref: 'Text' } });
});

describe('the size (fault 59)', () => {
  const size = (arns: string[]) => JSON.stringify({ Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Resource: arns }], Version: '2012-10-17' }).length;
  /** ARNs with which the policy has so many characters. */
  const arnsFor = (characters: number) => {
    const arns = arnsOf(123);
    return [...arns.slice(1), arns[0] + 'x'.repeat(characters - size(arns))];
  };

  test('may be 6,144 characters', () => {
    const stack = stackIn();
    policyIn(stack, { roles: AssumableRoles.arns(arnsFor(6144)) });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('must not be 6,145', () => {
    const stack = stackIn();
    policyIn(stack, { roles: AssumableRoles.arns(arnsFor(6145)) });
    expect(() => Template.fromStack(stack)).toThrow('[Stack/Policy] the policy has at least 6145 characters, but AWS allows 6144: use AssumableRoles.named()');
  });

  test('counts statements that are added later', () => {
    const stack = stackIn();
    policyIn(stack).addStatements(new PolicyStatement({ actions: ['sts:AssumeRole'], resources: arnsOf(130) }));
    expect(() => Template.fromStack(stack)).toThrow('but AWS allows 6144');
  });

  test('does not count white space, and a token only for what it is at least', () => {
    const stack = stackIn();
    const text = new CfnParameter(stack, 'Text').valueAsString;
    policyIn(stack).addStatements(new PolicyStatement({ sid: 'A', actions: ['s3:GetObject'], resources: [' '.repeat(7000), text.repeat(300)] }));
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});
