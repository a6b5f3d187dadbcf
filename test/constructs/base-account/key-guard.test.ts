import { App, RemovalPolicies, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { IBaseAccountUser } from '../../../src/base-account/base-account-user-attributes';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { ConnectorService } from '../../../src/service/connector-service';
import { QualysCredentials } from '../../../src/service/qualys-credentials';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { ACCESS_KEY_RESOURCE_TYPE } from '../../../src/wire/access-key';
import { BASE_ACCOUNT_RESOURCE_TYPE } from '../../../src/wire/base-account';
import { functionRoles, placed } from '../../support/synth/function-roles';

/* What the function that removes keys has to know of what they are registered for. */
const env = { account: '111111111111', region: 'us-east-1' };
const record = (host: string) => `/cdk-qualys-connectors/base-account/${host}/GLOBAL`;

function userIn(stack: Stack, removalPolicy?: RemovalPolicy): BaseAccountUser {
  return new BaseAccountUser(stack, 'User', { roles: AssumableRoles.named('QualysConnector'), removalPolicy });
}

function register(stack: Stack, user: IBaseAccountUser, platform = QualysPlatform.US_2, id = 'Entry'): void {
  const credentials = QualysCredentials.basic(Secret.fromSecretNameV2(stack, `${id}Api`, 'qualys/api-user'));
  new BaseAccountRegistration(stack, id, {
    service: new ConnectorService({ platform, credentials }), user, title: 'Central Security', rotation: KeyRotation.disabled(),
  });
}

function properties(stack: Stack, type: string): any {
  return Object.values(Template.fromStack(stack).findResources(type))[0]!.Properties;
}

/** The environment of the function that removes keys. */
function recordsOf(stack: Stack): string | undefined {
  const functions = Object.values<any>(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  return functions.find(({ Properties }) => Properties.Description.startsWith('Makes and removes the access key'))?.Properties.Environment?.Variables?.RECORDS;
}

test('the record of the registration, also where that is in another stack', () => {
  const app = new App();
  const [one, other] = [new Stack(app, 'One', { env }), new Stack(app, 'Other', { env })];
  register(other, userIn(one));
  expect(recordsOf(one)).toBe(record('qualysapi.qg2.apps.qualys.com'));
});

test('the records of all, where the key is registered more than once', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  const user = userIn(stack);
  register(stack, user);
  register(stack, user, QualysPlatform.EU_1, 'Second');
  expect(recordsOf(stack)).toBe([record('qualysapi.qg2.apps.qualys.com'), record('qualysapi.qualys.eu')].join(','));
  const reads = functionRoles(stack).UserFunctionRole!.filter(({ Action }) => Action === 'ssm:GetParameter').flatMap(({ Resource }) => Resource);
  expect(placed(reads, { ...env, accountId: env.account, partition: 'aws' })).toEqual(['qualysapi.qg2.apps.qualys.com', 'qualysapi.qualys.eu'].map((host) => (
    `arn:aws:ssm:us-east-1:111111111111:parameter${record(host)}`)));
});

test('nothing of one that is registered nowhere, or from another app', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  const imported = BaseAccountUser.fromBaseAccountUserAttributes(stack, 'Imported', {
    userName: 'qualys', accessKeySecret: Secret.fromSecretNameV2(stack, 'Key', 'qualys/key'),
  });
  userIn(stack);
  register(stack, imported);
  expect(recordsOf(stack)).toBeUndefined();
  expect(properties(stack, BASE_ACCOUNT_RESOURCE_TYPE)).not.toHaveProperty('DeletesFormerUser');
});

test.each<[string, (stack: Stack) => BaseAccountUser, string | undefined]>([
  ['stays by default', (stack) => userIn(stack), undefined],
  ['stays with RETAIN', (stack) => userIn(stack, RemovalPolicy.RETAIN), undefined],
  ['goes with DESTROY', (stack) => userIn(stack, RemovalPolicy.DESTROY), 'true'],
  ['goes where the policy is set from outside', (stack) => {
    const user = userIn(stack);
    RemovalPolicies.of(user).destroy();
    return user;
  }, 'true'],
])('the former user %s when the name changes, and the registration knows', (_, make, expected) => {
  const stack = new Stack(new App(), 'Stack', { env });
  register(stack, make(stack));
  expect(properties(stack, BASE_ACCOUNT_RESOURCE_TYPE).DeletesFormerUser).toBe(expected);
  expect(properties(stack, ACCESS_KEY_RESOURCE_TYPE)).not.toHaveProperty('DeletesFormerUser');
});
