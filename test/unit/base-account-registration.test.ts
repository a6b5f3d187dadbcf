import { App, Aws, CfnParameter, RemovalPolicy, SecretValue, Stack, Stage } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AccountType } from '../../src/account-type';
import { AssumableRoles } from '../../src/assumable-roles';
import { BaseAccountRegistration, BaseAccountRegistrationProps } from '../../src/base-account-registration';
import { BaseAccountUser } from '../../src/base-account-user';
import { ConnectorService } from '../../src/connector-service';
import { KeyDelivery } from '../../src/key-delivery';
import { KeyRotation } from '../../src/key-rotation';
import { QualysPlatform } from '../../src/qualys-platform';
import { BASE_ACCOUNT, newService, newStack, plain, Synth } from '../support/synth';

const ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE';
const OWN = ['EntryAccess', 'EntryFunction', 'EntryFunctionExecution', 'EntryFunctionLogGroup', 'EntryFunctionRole'];
const roles = AssumableRoles.named('QualysConnector');

function importedUser(stack: Stack, awsAccountId?: string) {
  return BaseAccountUser.fromBaseAccountUserAttributes(stack, 'User', {
    userName: 'base', awsAccountId, accessKeySecret: Secret.fromSecretNameV2(stack, 'KeySecret', 'base-key'), accessKeyId: ACCESS_KEY_ID,
  });
}

/** A registration of an imported user, so that the template holds nothing else. Rotation has a test file of its own. */
function register(stack: Stack, props: Partial<BaseAccountRegistrationProps> = {}, id = 'Entry'): BaseAccountRegistration {
  const user = props.user ?? importedUser(stack);
  return new BaseAccountRegistration(stack, id, {
    service: newService(stack), title: 'Central Security', rotation: KeyRotation.disabled(), ...props, user,
  });
}

function synth(props: Partial<BaseAccountRegistrationProps> = {}, region?: string): Synth {
  const stack = newStack(region);
  register(stack, props);
  return new Synth(stack);
}

test('without rotation it makes these resources and no others', () => {
  expect(synth().names()).toEqual(['Entry', ...OWN]);
});

test('without rotation its function has no environment, nobody but CloudFormation calls it, and it has no right on keys', () => {
  const result = synth();
  expect(result.properties('EntryFunction').Environment).toBeUndefined();
  expect(result.names().filter((name) => result.resource(name).Type === 'AWS::Lambda::Permission')).toEqual([]);
  expect(JSON.stringify(result.template.toJSON())).not.toMatch(/iam:|PutSecretValue|DescribeSecret|UpdateSecretVersionStage|TagResource/);
});

test('the resource has exactly the contract\'s properties', () => {
  const { Delivery, ...properties } = synth().properties('Entry');
  expect(properties).toEqual({
    ServiceToken: '${EntryFunction.Arn}',
    ServiceTimeout: '1500',
    SchemaVersion: '1',
    Service: {
      ApiServer: 'https://qualysapi.qg2.apps.qualys.com',
      Gateway: 'https://gateway.qg2.apps.qualys.com',
      PlatformUrl: 'https://qualysguard.qg2.apps.qualys.com',
      Authentication: 'BASIC',
      CredentialsSecretArn: 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:qualys/api-user',
    },
    AccountType: 'GLOBAL',
    Title: 'Central Security',
    AwsAccountId: '${AWS::AccountId}',
    UserName: 'base',
    AccessKeyId: ACCESS_KEY_ID,
    AccessKeySecretArn: 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:base-key',
    AdoptExisting: 'false',
    DeletionProtection: 'true',
    RecordName: '/cdk-qualys-connectors/base-account/qualysapi.qg2.apps.qualys.com/GLOBAL',
  });
  expect(Delivery.Mode).toBe('AUTO');
  expect(synth().resource('Entry').Type).toBe('Custom::QualysBaseAccount');
});

test.each([[true, 'true'], [false, 'false']])('useInAssetView, adoptExisting and deletionProtection %s are sent as texts', (value, text) => {
  expect(synth({ useInAssetView: value, adoptExisting: value, deletionProtection: value }).properties('Entry'))
    .toMatchObject({ UseInAssetView: text, AdoptExisting: text, DeletionProtection: text });
});

describe('rights of the function', () => {
  const SIGN_IN = {
    Action: 'secretsmanager:GetSecretValue',
    Effect: 'Allow',
    Resource: 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:qualys/api-user-??????',
  };
  const RECORD = {
    Action: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
    Effect: 'Allow',
    Resource: ['', '/cancelled'].map((suffix) => (
      `arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/cdk-qualys-connectors/base-account/qualysapi.qg2.apps.qualys.com/GLOBAL${suffix}`)),
  };

  test('sign in, read the key, keep the record, tell the topic; none on users and keys', () => {
    const stack = newStack();
    const user = new BaseAccountUser(stack, 'Base', { roles, encryptionKey: new Key(stack, 'Kms') });
    register(stack, { user, delivery: KeyDelivery.console({ notify: new Topic(stack, 'Topic') }) });
    const result = new Synth(stack);
    expect(result.statements('EntryAccess')).toEqual([
      SIGN_IN,
      { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: '${BaseSecret}' },
      {
        Action: 'kms:Decrypt',
        Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.${AWS::Region}.amazonaws.com' } },
        Effect: 'Allow',
        Resource: '${Kms.Arn}',
      },
      RECORD,
      { Action: 'sns:Publish', Effect: 'Allow', Resource: '${Topic}' },
    ]);
    expect(result.properties('EntryAccess').Roles).toEqual(['${EntryFunctionRole}']);
    result.template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('of a secret known by name, the six characters are open that Secrets Manager appends', () => {
    const KEY = { ...SIGN_IN, Resource: 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:base-key-??????' };
    expect(synth().statements('EntryAccess')).toEqual([SIGN_IN, KEY, RECORD]);
  });

  test('are replaced together with the entry, so that those on the old one last until it is gone', () => {
    expect(synth().properties('EntryAccess').Description)
      .toBe('Lets a function of cdk-qualys-connectors register the base account of type GLOBAL at https://qualysapi.qg2.apps.qualys.com.');
  });
});

test('the service is called from its network', () => {
  const stack = newStack('us-east-1');
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['us-east-1a'], privateSubnetIds: ['subnet-a'] });
  const { platform, credentials } = newService(stack);
  register(stack, { service: new ConnectorService({ platform, credentials, vpc }) });
  expect(new Synth(stack).properties('EntryFunction').VpcConfig.SubnetIds).toEqual(['subnet-a']);
});

describe('order', () => {
  test('everything that the entry needs to be deleted outlives it, the key and the user among it (faults 19 and 20)', () => {
    const stack = newStack();
    register(stack, { user: new BaseAccountUser(stack, 'Base', { roles }) });
    const result = new Synth(stack);
    expect(result.needs('Entry')).toEqual(result.names().filter((name) => name !== 'Entry'));
    expect(result.needs('BaseKey').filter((name) => name.startsWith('Entry'))).toEqual([]);
  });

  test('of an imported user it needs its own parts only', () => {
    expect(synth().needs('Entry')).toEqual(OWN);
  });

  test('credentials made by the app outlive it', () => {
    const stack = newStack();
    new Secret(stack, 'ApiUser');
    register(stack);
    expect(new Synth(stack).needs('Entry')).toContain('ApiUser');
  });
});

describe('removalPolicy (fault 18)', () => {
  test.each([
    ['default', undefined, 'RetainExceptOnCreate', 'Retain'],
    ['DESTROY', RemovalPolicy.DESTROY, 'Delete', 'Delete'],
    ['RETAIN', RemovalPolicy.RETAIN, 'Retain', 'Retain'],
  ])('%s: the entry gets it, its function does not', (_, removalPolicy, deletion, replacement) => {
    const result = synth({ removalPolicy });
    const got = result.names().map((name) => [name, result.resource(name).DeletionPolicy, result.resource(name).UpdateReplacePolicy]);
    expect(got).toEqual([
      ['Entry', deletion, replacement],
      ['EntryAccess', undefined, undefined],
      ['EntryFunction', undefined, undefined],
      ['EntryFunctionExecution', undefined, undefined],
      ['EntryFunctionLogGroup', 'Delete', 'Delete'],
      ['EntryFunctionRole', undefined, undefined],
    ]);
  });
});

describe('output', () => {
  const delivered = (delivery?: KeyDelivery) => synth({ delivery }).template.toJSON().Outputs;

  test.each([['auto', undefined], ['console', KeyDelivery.console()]])('%s: the next step stands in an output', (_, delivery) => {
    const [[name, output]] = Object.entries<any>(delivered(delivery));
    expect(name).toMatch(/^EntryNextStep[0-9A-F]{8}$/);
    expect(plain(output)).toEqual({ Description: 'What a person has to do for the Qualys base account (Global)', Value: '${Entry.NextStep}' });
  });

  test('api: there is none', () => {
    expect(delivered(KeyDelivery.api())).toBeUndefined();
  });
});

test('attributes', () => {
  const stack = newStack();
  const { status, registeredAccessKeyId, nextStep } = register(stack);
  expect(plain(stack.resolve({ status, registeredAccessKeyId, nextStep }))).toEqual({
    status: '${Entry.Status}', registeredAccessKeyId: '${Entry.RegisteredAccessKeyId}', nextStep: '${Entry.NextStep}',
  });
});

describe('account type (fault 60)', () => {
  test.each([
    ['us-east-1', 'GLOBAL'],
    ['us-gov-west-1', 'US_GOVCLOUD'],
    ['cn-north-1', 'CHINA'],
    [undefined, 'GLOBAL'],
  ])('in region %s it is %s, and no partition stands in the template as a text', (region, name) => {
    const result = synth({}, region);
    expect(result.properties('Entry').AccountType).toBe(name);
    expect(result.properties('Entry').RecordName).toBe(`/cdk-qualys-connectors/base-account/qualysapi.qg2.apps.qualys.com/${name}`);
    expect(JSON.stringify(result.template.toJSON())).not.toMatch(/arn:aws/);
  });

  test('given, it is taken where the region is not known', () => {
    expect(synth({ accountType: AccountType.CHINA }).properties('Entry').AccountType).toBe('CHINA');
  });

  test('it must go with the region', () => {
    expect(() => synth({ accountType: AccountType.CHINA }, 'us-east-1')).toThrow('accountType CHINA is for partition aws-cn, but Stack/Entry is in region us-east-1');
  });
});

describe('account ID', () => {
  test('is that of the user', () => {
    const stack = newStack();
    register(stack, { user: importedUser(stack, '444455556666') });
    expect(new Synth(stack).properties('Entry').AwsAccountId).toBe('444455556666');
  });

  test('given, it is sent, with its leading zeros', () => {
    expect(synth({ awsAccountId: '000055556666' }).properties('Entry').AwsAccountId).toBe('000055556666');
  });

  test('given as a token, it is sent', () => {
    expect(synth({ awsAccountId: Aws.ACCOUNT_ID }, 'us-east-1').properties('Entry').AwsAccountId).toBe('${AWS::AccountId}');
  });

  test('it must be the user\'s', () => {
    expect(() => synth({ awsAccountId: '444455556666' }, 'us-east-1'))
      .toThrow(`awsAccountId must be the account of the user Stack/User, ${BASE_ACCOUNT}, got 444455556666: the service signs with that user's key`);
  });

  test('it must be 12 digits', () => {
    expect(() => synth({ awsAccountId: '44445555666' })).toThrow('awsAccountId must be an AWS account ID, a string of 12 digits');
  });
});

describe('title (fault 53)', () => {
  test.each(['a', 'x'.repeat(255), 'A & B <c> "d" \'e\'', 'Zentrale Sicherheit – 安全 🔐', '${Sub}', '{{title}}'])('%j is sent as it is', (title) => {
    expect(synth({ title }).properties('Entry').Title).toBe(title);
  });

  test.each([
    ['', 'title must be 1 to 255 characters long, got 0'],
    ['x'.repeat(256), 'title must be 1 to 255 characters long, got 256'],
    ['  ', 'title must hold a character other than a space'],
    ['a\nb', 'title may only hold characters other than line breaks and control characters'],
    ['a\u2028b', 'title may only hold characters other than line breaks and control characters'],
    ['a\u0007b', 'title may only hold characters other than line breaks and control characters'],
  ])('%j is refused', (title, message) => {
    expect(() => synth({ title })).toThrow(message);
  });

  test('a token passes', () => {
    const stack = newStack();
    register(stack, { title: new CfnParameter(stack, 'Title').valueAsString });
    expect(new Synth(stack).properties('Entry').Title).toBe('${Title}');
  });

  test.each([
    ['a SecretValue', SecretValue.secretsManager('canary-secret').toString()],
    ['an unwrapped one', SecretValue.secretsManager('canary-secret').unsafeUnwrap()],
    ['a plain text one', SecretValue.unsafePlainText('canary-secret').toString()],
    ['one inside of a text', `Title ${SecretValue.ssmSecure('canary-secret').unsafeUnwrap()}`],
    ['a dynamic reference', '{{resolve:secretsmanager:canary-secret}}'],
  ])('%s is refused without being shown (fault 61)', (_, title) => {
    expect(() => synth({ title })).toThrow(/^title must be a plain text, got a secret or a dynamic reference: whoever sees the stack could read it$/);
  });
});

test('a secret in another property stops the synthesis (fault 61)', () => {
  const delivery = KeyDelivery.api({ objectName: SecretValue.secretsManager('canary').unsafeUnwrap() });
  expect(() => synth({ delivery })).toThrow('a property refers to a value in Secrets Manager or to a SecureString');
});

describe('room for one', () => {
  const message = (first: string, second: string) =>
    `${first} and ${second} both register a base account of type GLOBAL at https://qualysapi.qg2.apps.qualys.com, but the service has room for one per account type`;

  test('a second one in the same stack is refused', () => {
    const stack = newStack();
    const { user, service } = { user: importedUser(stack), service: newService(stack) };
    register(stack, { user, service });
    expect(() => register(stack, { user, service }, 'Second')).toThrow(message('Stack/Entry', 'Stack/Second'));
  });

  test('also in another stack of the app', () => {
    const app = new App();
    register(newStack('us-east-1', app, 'One'));
    expect(() => register(newStack('eu-west-1', app, 'Two'))).toThrow(message('One/Entry', 'Two/Entry'));
  });

  test('also in another stack of the same stage', () => {
    const stage = new Stage(new App(), 'Stage');
    register(new Stack(stage, 'One'));
    expect(() => register(new Stack(stage, 'Two'))).toThrow(message('Stage/One/Entry', 'Stage/Two/Entry'));
  });

  test('other account types, platforms and stages have room of their own', () => {
    const app = new App();
    register(newStack('us-east-1', app, 'Global'));
    register(newStack('us-gov-west-1', app, 'Gov'));
    const other = newStack('us-east-1', app, 'Other');
    register(other, { service: newService(other, QualysPlatform.EU_1) });
    register(new Stack(new Stage(app, 'Test'), 'Stack'));
    register(new Stack(new Stage(app, 'Production'), 'Stack'));
    expect(app.node.findAll().filter((construct) => construct instanceof BaseAccountRegistration)).toHaveLength(5);
  });

  test('one that was refused for another reason takes no room', () => {
    const stack = newStack();
    const user = importedUser(stack);
    expect(() => register(stack, { user, title: '' }, 'Bad')).toThrow('title');
    register(stack, { user });
  });
});

describe('a user of another stack', () => {
  const app = new App();
  const security = newStack('us-east-1', app, 'Security');
  const user = new BaseAccountUser(security, 'Base', { roles });
  const entries = newStack('us-east-1', app, 'Entries');
  register(entries, { user });

  test('is referred to by imports', () => {
    const properties = new Synth(entries).properties('Entry');
    expect(properties.AwsAccountId).toBe(BASE_ACCOUNT);
    expect(properties.UserName).toMatch(/^\$\{import Security:ExportsOutputRefBaseUser/);
    expect(properties.AccessKeyId).toMatch(/^\$\{import Security:ExportsOutputFnGetAttBaseKey\w+AccessKeyId/);
    expect(properties.AccessKeySecretArn).toMatch(/^\$\{import Security:ExportsOutputRefBaseSecret/);
  });

  test('is deployed before', () => {
    expect(entries.dependencies).toEqual([security]);
  });
});

test('a platform that only the deployment knows', () => {
  const stack = newStack();
  const platform = QualysPlatform.custom({ apiServer: new CfnParameter(stack, 'Server').valueAsString });
  register(stack, { service: newService(stack, platform) });
  const { Service, RecordName } = new Synth(stack).resource('Entry').Properties;
  expect(Service.ApiServer).toEqual({ Ref: 'Server' });
  expect(RecordName['Fn::Join'][1]).toEqual([
    '/cdk-qualys-connectors/base-account/',
    { 'Fn::Join': ['_', { 'Fn::Split': [':', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'Server' }] }] }] }] },
    '/GLOBAL',
  ]);
});
