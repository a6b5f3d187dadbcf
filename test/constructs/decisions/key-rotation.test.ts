import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { may } from '../../support/synth/may';
import { deployed, Place, PLACES, Policy, stackIn } from '../../support/synth/policies';
import { newService } from '../../support/synth/synth';

/** All managed policies of the function that speaks to the service, as they stand after a deployment to `place`. */
function policiesOf(place: Place, rotation: KeyRotation): Policy[] {
  const stack = stackIn(place);
  new BaseAccountRegistration(stack, 'Entry', {
    service: newService(stack),
    title: 'Central Security',
    user: BaseAccountUser.fromBaseAccountUserAttributes(stack, 'User', {
      userName: 'qualys', accessKeySecret: Secret.fromSecretNameV2(stack, 'KeySecret', 'qualys/key'),
    }),
    rotation,
  });
  const template = Template.fromStack(stack);
  return Object.entries(template.findResources('AWS::IAM::ManagedPolicy'))
    .filter(([id]) => !id.includes('Execution'))
    .map(([, { Properties }]) => deployed(Properties.PolicyDocument, template.toJSON(), place) as Policy);
}

const KEY_ACTIONS = ['CreateAccessKey', 'DeleteAccessKey', 'ListAccessKeys', 'UpdateAccessKey', 'GetAccessKeyLastUsed'].map((name) => `iam:${name}`);
const SECRET_ACTIONS = ['DescribeSecret', 'PutSecretValue', 'UpdateSecretVersionStage'].map((name) => `secretsmanager:${name}`);
const TAG = 'secretsmanager:TagResource';

describe.each(PLACES)('in partition $partition the function that rotates (fault 75)', (place) => {
  const { partition, region, accountId } = place;
  const user = (name: string) => `arn:${partition}:iam::${accountId}:user/${name}`;
  const secret = (name: string) => `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}`;
  const own = secret('qualys/key-AbCdEf');
  const policies = policiesOf(place, KeyRotation.every(Duration.days(90)));
  const decisions = (actions: string[], resource: string, given = policies) =>
    Promise.all(actions.map((action) => may(place, given, action, resource)));

  test('may handle the keys of its user, and of no other', async () => {
    expect(await decisions(KEY_ACTIONS, user('qualys'))).toEqual(KEY_ACTIONS.map(() => true));
    expect(await decisions(KEY_ACTIONS, user('qualys2'))).toEqual(KEY_ACTIONS.map(() => false));
    expect(await decisions(KEY_ACTIONS, user('elsewhere/qualys'))).toEqual(KEY_ACTIONS.map(() => false));
  });

  test('may do nothing else to its user', async () => {
    const others = ['DeleteUser', 'UpdateUser', 'AttachUserPolicy', 'PutUserPolicy', 'CreateLoginProfile'].map((name) => `iam:${name}`);
    expect(await decisions(others, user('qualys'))).toEqual(others.map(() => false));
  });

  test('may keep versions in the secret of the key, and in no other', async () => {
    expect(await decisions(SECRET_ACTIONS, own)).toEqual(SECRET_ACTIONS.map(() => true));
    expect(await decisions(SECRET_ACTIONS, secret('qualys/key-two-AbCdEf'))).toEqual(SECRET_ACTIONS.map(() => false));
    expect(await decisions(SECRET_ACTIONS, secret('qualys/api-user-AbCdEf'))).toEqual(SECRET_ACTIONS.map(() => false));
  });

  test('may tag the secret with its own note only', async () => {
    expect(await may(place, policies, TAG, own, ['cdk-qualys-connectors:minting'])).toBe(true);
    expect(await may(place, policies, TAG, own, ['team'])).toBe(false);
    expect(await may(place, policies, TAG, own, ['cdk-qualys-connectors:minting', 'team'])).toBe(false);
  });

  test('may do none of this without rotation', async () => {
    const given = policiesOf(place, KeyRotation.disabled());
    expect(await decisions(KEY_ACTIONS, user('qualys'), given)).toEqual(KEY_ACTIONS.map(() => false));
    expect(await decisions([...SECRET_ACTIONS, TAG], own, given)).toEqual([...SECRET_ACTIONS, TAG].map(() => false));
    expect(await may(place, given, 'secretsmanager:GetSecretValue', own)).toBe(true);
  });
});
