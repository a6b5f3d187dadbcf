import { CfnParameter, SecretValue } from 'aws-cdk-lib';
import { KeyDelivery } from '../../../src/base-account/key-delivery';
import { AccountType } from '../../../src/service/account-type';
import { importedUser, register, synth } from '../../support/apps/base-account-registrations';
import { BASE_ACCOUNT, newStack, Synth } from '../../support/synth/synth';

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
    expect(result.strayPartitions()).toEqual([]);
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

  test('keeps its leading zeros', () => {
    const stack = newStack();
    register(stack, { user: importedUser(stack, '000055556666') });
    expect(new Synth(stack).properties('Entry').AwsAccountId).toBe('000055556666');
  });

  test('is that of the stack where the user has no other', () => {
    expect(synth({}, 'us-east-1').properties('Entry').AwsAccountId).toBe(BASE_ACCOUNT);
    expect(synth().properties('Entry').AwsAccountId).toBe('${AWS::AccountId}');
  });

  test('must be 12 digits', () => {
    expect(() => importedUser(newStack(), '44445555666')).toThrow('accountId must be an AWS account ID, a string of 12 digits');
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
