import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { everything } from '../../support/apps/everything';
import { plain } from '../../support/synth/synth';
import { resourcesOf } from '../../support/synth/template';

/*
 * Reviewers read them in `cdk diff` and templates, operators in the console. A type of resource that is in neither list is
 * new here: find out whether CloudFormation has a description for it.
 */
const DESCRIBED: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::StackSet': 'Description',
  'AWS::CloudWatch::Alarm': 'AlarmDescription',
  'AWS::EC2::SecurityGroup': 'GroupDescription',
  'AWS::Events::Rule': 'Description',
  'AWS::IAM::ManagedPolicy': 'Description',
  'AWS::IAM::Role': 'Description',
  'AWS::KMS::Key': 'Description',
  'AWS::Lambda::Function': 'Description',
  'AWS::Scheduler::Schedule': 'Description',
  'AWS::SecretsManager::Secret': 'Description',
  'AWS::SSM::Parameter': 'Description',
};
const WITHOUT = ['AWS::DynamoDB::Table', 'AWS::IAM::Group', 'AWS::IAM::User', 'AWS::Lambda::Permission', 'AWS::Logs::LogGroup', 'AWS::SecretsManager::RotationSchedule'];

/** The limits of the services on a description. */
const LENGTHS: Readonly<Record<string, number>> = {
  'AWS::CloudFormation::StackSet': 1024,
  'AWS::CloudWatch::Alarm': 1024,
  'AWS::EC2::SecurityGroup': 255,
  'AWS::Events::Rule': 512,
  'AWS::IAM::ManagedPolicy': 1000,
  'AWS::IAM::Role': 1000,
  'AWS::Lambda::Function': 256,
};

const stack = everything(new Stack(new App(), 'Stack'));
const resources = resourcesOf(stack).filter(({ type }) => !type.startsWith('Custom::'));
const described = resources.filter(({ type }) => type in DESCRIBED)
  .map(({ logicalId, type, properties }) => ({ logicalId, type, text: plain(properties[DESCRIBED[type]!]) as string }));

test('every type of resource has a description, or is known to have none', () => {
  expect(resources.map(({ type }) => type).filter((type) => !(type in DESCRIBED || WITHOUT.includes(type)))).toEqual([]);
});

test.each(described)('$logicalId says in a sentence what it is for', ({ type, text }) => {
  expect(text).toMatch(/^[A-Z].* .* .* /); // words, not a name
  // ASCII: some services take nothing else. A name that AWS makes has 64 characters at most.
  expect(text).toMatch(/^[ -~]+$/);
  expect(text.replace(/\$\{[^}]*\}/g, 'x'.repeat(64)).length).toBeLessThanOrEqual(LENGTHS[type] ?? 512);
  expect(text).not.toMatch(/lambda\.ts|TODO|^Resource/);
});

test('whose it is can be told: Qualys, or the library, stands in each', () => {
  const anonymous = described.filter(({ text }) => !/Qualys|cdk-qualys-connectors/.test(text)).map(({ text }) => text);
  // CDK makes these for functions in a VPC; they name the function.
  expect(anonymous).toEqual(['BaseAccountRegistrationFunction', 'FleetFunction'].map((name) => (
    expect.stringMatching(new RegExp(`^Automatic security group for Lambda Function Stack${name}`)))));
});

test('the two functions, their roles and all policies can be told apart', () => {
  const texts = described.filter(({ logicalId }) => logicalId.startsWith('BaseAccount') && !logicalId.includes('Execution')).map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
});

test('so do outputs and parameters', () => {
  const { Outputs, Parameters } = Template.fromStack(stack).toJSON();
  for (const [name, { Description }] of Object.entries<any>({ ...Outputs, ...Parameters })) expect([name, Description]).toEqual([name, expect.stringMatching(/^[A-Z].* .* /)]);

});
