import { Aws } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { ApiKeyDeliveryOptions } from '../../../src/base-account/api-key-delivery-options';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { KeyDelivery } from '../../../src/base-account/key-delivery';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { importedUser } from '../../support/apps/base-account-registrations';
import { newService, newStack, plain } from '../../support/synth/synth';

const PRESET = {
  Create: { Method: 'POST', Path: '/qps/rest/3.0/create/am/awsbaseaccount' },
  Update: { Method: 'POST', Path: '/qps/rest/3.0/update/am/awsbaseaccount/{id}' },
  Delete: { Method: 'POST', Path: '/qps/rest/3.0/delete/am/awsbaseaccount/{id}' },
  ObjectName: 'AwsBaseAccount',
  FieldNames: {
    Name: 'name',
    AwsAccountId: 'awsAccountId',
    AccountType: 'accountType',
    AccessKeyId: 'accessKeyId',
    SecretAccessKey: 'secretKey',
    UseInAssetView: 'useInAssetView',
  },
  AccountTypeNames: { GLOBAL: 'Global', US_GOVCLOUD: 'Gov', CHINA: 'China' },
};

const properties = (delivery: KeyDelivery, scope = newStack()) => delivery._properties(scope);
const apiOf = (options: ApiKeyDeliveryOptions) => properties(KeyDelivery.api(options)).Api;

test('the whole API stands in the properties, so that a reviewer sees it', () => {
  expect(properties(KeyDelivery.auto())).toEqual({ Mode: 'AUTO', Api: PRESET });
  expect(properties(KeyDelivery.api())).toEqual({ Mode: 'API', Api: PRESET });
});

test('the console has no API', () => {
  expect(properties(KeyDelivery.console())).toEqual({ Mode: 'CONSOLE' });
});

test('a person may be needed unless it is the API', () => {
  expect([KeyDelivery.auto(), KeyDelivery.api(), KeyDelivery.console()].map((delivery) => delivery._mayNeedPerson())).toEqual([true, false, true]);
});

test('all of the API can be corrected', () => {
  expect(properties(KeyDelivery.auto({
    create: { method: 'PUT', path: '/a' },
    update: { method: 'PATCH', path: '/b/{id}?type=aws' },
    remove: { method: 'DELETE', path: '/c?id={id}' },
    objectName: 'Account',
    fieldNames: { name: 'title', awsAccountId: 'f2', accountType: 'f3', accessKeyId: 'f4', secretAccessKey: 'f5', useInAssetView: 'f6' },
    accountTypeNames: { commercial: 'Commercial', usGovcloud: 'US GovCloud', china: 'CN' },
  })).Api).toEqual({
    Create: { Method: 'PUT', Path: '/a' },
    Update: { Method: 'PATCH', Path: '/b/{id}?type=aws' },
    Delete: { Method: 'DELETE', Path: '/c?id={id}' },
    ObjectName: 'Account',
    FieldNames: { Name: 'title', AwsAccountId: 'f2', AccountType: 'f3', AccessKeyId: 'f4', SecretAccessKey: 'f5', UseInAssetView: 'f6' },
    AccountTypeNames: { GLOBAL: 'Commercial', US_GOVCLOUD: 'US GovCloud', CHINA: 'CN' },
  });
});

test('one correction leaves the rest', () => {
  expect(apiOf({ fieldNames: { name: 'title' } })).toEqual({ ...PRESET, FieldNames: { ...PRESET.FieldNames, Name: 'title' } });
});

test.each([
  '', 'x', '//evil.example/x', 'https://evil.example/x', '/a//b', '/a//', '/', '/../x', '/a/..', '/a/../b', '/a/.', '/a/..?x=1', '/a#x', '/a b', '/a\n', '/a@b', '/a\\b',
  '/{name}', '/a/{id', '/%zz', '/a?',
])('a path must be one on the API server, not %j', (path) => {
  expect(() => apiOf({ update: { method: 'POST', path } })).toThrow("update.path must be a path on the API server that begins with '/'");
});

test.each(['/a', '/a/b-c_d.e~f/1.0/{id}', '/a/%20', '/a/...', '/a/', '/a/?x=1', '/a?x=1&y={id}'])('a path may be %s', (path) => {
  expect(apiOf({ remove: { method: 'POST', path } })?.Delete.Path).toBe(path);
});

test.each(['GET', 'post', '', 'POST\n'])('a method may not be %j', (method) => {
  expect(() => apiOf({ create: { method, path: '/a' } })).toThrow('create.method must be one of POST, PUT, PATCH, DELETE, got');
});

test('there is no ID when the base account is created', () => {
  expect(() => apiOf({ create: { method: 'POST', path: '/a/{id}' } })).toThrow('create.path must not hold {id}');
});

test.each<[ApiKeyDeliveryOptions, string]>([
  [{ objectName: '' }, 'objectName must be 1 to 128 characters long, got 0'],
  [{ objectName: 'a b' }, 'objectName may only hold letters, digits and _'],
  [{ objectName: '__proto__' }, 'objectName may only hold letters, digits and _, and begin with a letter'],
  [{ fieldNames: { secretAccessKey: '' } }, 'fieldNames.secretAccessKey must be 1 to 128 characters long, got 0'],
  [{ fieldNames: { name: 'a"b' } }, 'fieldNames.name may only hold letters, digits and _'],
  [{ fieldNames: { name: 'secretKey' } }, "fieldNames must differ from each other, got 'secretKey' twice"],
  [{ accountTypeNames: { usGovcloud: ' ' } }, 'accountTypeNames (US_GOVCLOUD) may only hold letters'],
  [{ accountTypeNames: { china: 'Global' } }, "accountTypeNames must differ from each other, got 'Global' twice"],
])('names that cannot be: %j', (options, message) => {
  expect(() => KeyDelivery.api(options)).toThrow(message);
  expect(() => KeyDelivery.auto(options)).toThrow(message);
});

test('tokens pass', () => {
  const token = Aws.STACK_NAME;
  expect(apiOf({ create: { method: token, path: token }, objectName: token, fieldNames: { name: token } })).toMatchObject({
    Create: { Method: token, Path: token }, ObjectName: token, FieldNames: { Name: token },
  });
});

describe('notify', () => {
  const stack = newStack();
  const statements = (delivery: KeyDelivery) => plain(stack.resolve(delivery._statements().map((statement) => statement.toStatementJson())));

  test.each([
    ['console', (notify: ITopic) => KeyDelivery.console({ notify })],
    ['auto', (notify: ITopic) => KeyDelivery.auto({ notify })],
  ])('%s tells the topic and may publish there', (factory, deliveryTo) => {
    const delivery = deliveryTo(new Topic(stack, `Topic${factory}`));
    expect(plain(stack.resolve(properties(delivery, stack).NotifyTopicArn))).toBe(`\${Topic${factory}}`);
    expect(statements(delivery)).toEqual([{ Action: 'sns:Publish', Effect: 'Allow', Resource: `\${Topic${factory}}` }]);
  });

  test('nothing is allowed without a topic', () => {
    expect([KeyDelivery.auto(), KeyDelivery.api(), KeyDelivery.console()].flatMap((delivery) => delivery._statements())).toEqual([]);
  });

  test('the key of an encrypted topic may be used through SNS', () => {
    const delivery = KeyDelivery.console({ notify: new Topic(stack, 'Encrypted', { masterKey: new Key(stack, 'Kms') }) });
    expect(statements(delivery)).toEqual([
      { Action: 'sns:Publish', Effect: 'Allow', Resource: '${Encrypted}' },
      {
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Condition: { StringEquals: { 'kms:ViaService': 'sns.${AWS::Region}.amazonaws.com' } },
        Effect: 'Allow',
        Resource: '${Kms.Arn}',
      },
    ]);
  });

  describe('a topic elsewhere', () => {
    const register = (topicArn: string, place = newStack('us-east-1'), id = topicArn.replace(/\W/g, '')) => new BaseAccountRegistration(place, id, {
      service: newService(place),
      title: 'Central Security',
      user: importedUser(place),
      rotation: KeyRotation.disabled(),
      delivery: KeyDelivery.console({ notify: Topic.fromTopicArn(place, `${id}Topic`, topicArn) }),
    });

    test.each([
      ['another account', 'arn:aws:sns:us-east-1:999999999999:people', 'in account 999999999999 and region us-east-1'],
      ['another region', 'arn:aws:sns:eu-west-1:111122223333:people', 'in account 111122223333 and region eu-west-1'],
    ])('in %s is refused: nobody would hear', (_, arn, got) => {
      expect(() => register(arn)).toThrow(new RegExp('^notify must be a topic in account 111122223333 and region us-east-1, where Stack/\\w+ stands, got Stack/\\w+ '
        + `${got}: make a topic beside the registration, and subscribe the other one to it$`));
    });

    test('in the same account and region is taken, and one of which nothing is known', () => {
      expect(() => register('arn:aws:sns:us-east-1:111122223333:people')).not.toThrow();
      expect(() => register('arn:aws:sns:eu-west-1:999999999999:people', newStack())).not.toThrow();
    });
  });

  test('a FIFO topic is refused', () => {
    const notify = new Topic(stack, 'Fifo', { fifo: true });
    expect(() => KeyDelivery.console({ notify })).toThrow('notify must be a standard topic, got the FIFO topic Stack/Fifo');
    expect(() => KeyDelivery.auto({ notify })).toThrow('notify must be a standard topic, got the FIFO topic Stack/Fifo');
  });
});
