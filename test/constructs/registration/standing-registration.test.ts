import { CfnParameter, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountRegistration, BaseAccountRegistrationProps } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { KeyDelivery } from '../../../src/base-account/key-delivery';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { newService, newStack, plain, Synth } from '../../support/synth/synth';

/* What the function of a registration works on when Secrets Manager or the schedule calls it: an environment variable. */
function register(stack: Stack, props: Partial<BaseAccountRegistrationProps> = {}): BaseAccountRegistration {
  const user = new BaseAccountUser(stack, 'Base', { roles: AssumableRoles.named('QualysConnector') });
  return new BaseAccountRegistration(stack, 'Entry', { service: newService(stack), title: 'Central Security', user, ...props });
}

function synth(props: Partial<BaseAccountRegistrationProps> = {}, region?: string): Synth {
  const stack = newStack(region);
  register(stack, props);
  return new Synth(stack);
}

/** The variables, each intrinsic function of CloudFormation as `${...}`. */
const variables = (result: Synth) => result.properties('EntryFunction').Environment.Variables;
const standing = (result: Synth) => JSON.parse(variables(result).REGISTRATION);

test('it is the properties of the resource without the key and the title, and whose they are', () => {
  const result = synth({ useInAssetView: true });
  const { ServiceToken, ServiceTimeout, AccessKeyId, Title, ...properties } = result.properties('Entry');
  expect([AccessKeyId, properties.DeletionProtection]).toEqual(['${BaseKey.AccessKeyId}', 'true']);
  expect(variables(result).TITLE).toBe(Title);
  const { LogicalId, ...rest } = standing(result);
  expect(rest).toEqual({ Properties: properties, StackId: '${AWS::StackId}', RetireAfterSeconds: '86400' });
  const [id] = Object.keys(result.template.findResources('Custom::QualysBaseAccount'));
  expect(LogicalId).toBe(id);
});

test('it names the resource by the logical ID that it has in the end', () => {
  const stack = newStack();
  const entry = register(stack).node.findChild('Resource').node.defaultChild as CfnResource;
  entry.overrideLogicalId('MyEntry');
  expect(standing(new Synth(stack)).LogicalId).toBe('MyEntry');
});

test('it is text joined with what only the deployment knows', () => {
  const { REGISTRATION } = synth().resource('EntryFunction').Properties.Environment.Variables;
  const [separator, parts] = REGISTRATION['Fn::Join'];
  expect(separator).toBe('');
  expect(parts.filter((part: unknown) => typeof part !== 'string').map(plain)).toEqual([
    ...['Partition', 'Region', 'AccountId'].map((name) => `\${AWS::${name}}`), // the secret with the credentials
    '${AWS::AccountId}', '${BaseUser}', '${BaseSecret}', '${AWS::StackId}',
  ]);
});

test('it keeps texts that JSON and CloudFormation treat in a special way', () => {
  const title = 'A "b" \\ ${AWS::Region} <é🔐>';
  expect(synth({ title }, 'us-east-1').resource('EntryFunction').Properties.Environment.Variables.TITLE).toBe(title);
});

test('it fits into the 4 KB that Lambda gives to all variables, also with long values', () => {
  const stack = newStack('ap-southeast-2');
  register(stack, {
    title: 'é'.repeat(255),
    delivery: KeyDelivery.auto({
      create: { method: 'POST', path: `/qps/rest/3.0/${'c'.repeat(80)}` },
      update: { method: 'POST', path: `/qps/rest/3.0/${'u'.repeat(80)}/{id}` },
      remove: { method: 'POST', path: `/qps/rest/3.0/${'d'.repeat(80)}/{id}` },
      notify: new Topic(stack, 'Topic'),
    }),
  });
  const { REGISTRATION, TITLE } = variables(new Synth(stack));
  const text = REGISTRATION.replace(/\$\{[^}]*\}/g, 'x'.repeat(130));
  expect(Buffer.byteLength(`REGISTRATION${text}TITLE${TITLE}`)).toBeLessThan(4096);
  expect(text).toContain('NotifyTopicArn');
});

test('a retireAfter that only the deployment knows', () => {
  const stack = newStack();
  const retireAfter = Duration.seconds(new CfnParameter(stack, 'RetireAfter', { type: 'Number' }).valueAsNumber);
  register(stack, { rotation: KeyRotation.every(Duration.days(30), { retireAfter }) });
  expect(standing(new Synth(stack)).RetireAfterSeconds).toBe('${RetireAfter}');
});
