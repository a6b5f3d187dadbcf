import { UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { Credentials } from '../../../support/emulator/aws-environment';
import { Clients } from '../../../support/emulator/clients';
import { statements } from '../../../support/emulator/resources/inline-function';
import { keyOf } from '../../../support/emulator/resources/users';
import { FIRST_START, startTemporaryEmulator, TemporaryEmulator } from '../../../support/emulator/temporary-emulator';

const BASE = '111111111111';
const CONNECTED = '222222222222';
const RoleArn = `arn:aws:iam::${CONNECTED}:role/connector`;
const USER_ARN = `arn:aws:iam::${BASE}:user/qualys/base`;

let temporary: TemporaryEmulator;
let base: Clients;
let key: Credentials;
beforeAll(async () => {
  temporary = await startTemporaryEmulator();
  base = new Clients(temporary.emulator, BASE);
  const stack = await base.stacks.create('base', {
    Resources: {
      Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: statements([{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: RoleArn }]) } },
      Group: { Type: 'AWS::IAM::Group', Properties: { ManagedPolicyArns: [{ Ref: 'Policy' }] } },
      User: { Type: 'AWS::IAM::User', Properties: { UserName: 'base', Path: '/qualys/', Groups: [{ Ref: 'Group' }] } },
      Other: { Type: 'AWS::IAM::User', Properties: { UserName: 'other', Path: '/qualys/', Groups: [{ Ref: 'Group' }] } },
      Outsider: { Type: 'AWS::IAM::User', Properties: { UserName: 'outsider' } },
    },
  });
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  await new Clients(temporary.emulator, CONNECTED).stacks.create('connected', {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'connector',
          AssumeRolePolicyDocument: statements([{
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { AWS: `arn:aws:iam::${BASE}:root` },
            Condition: { StringEquals: { 'sts:ExternalId': '12345678' }, ArnEquals: { 'aws:PrincipalArn': USER_ARN } },
          }]),
        },
      },
    },
  });
  key = await keyOf(base, 'base');
}, FIRST_START);
afterAll(() => temporary.remove());

const assume = (caller: Credentials, ExternalId?: string) =>
  new Clients(temporary.emulator, caller).sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', ExternalId }));

test('the member of a group assumes the role of another account with the right external ID', async () => {
  expect((await assume(key, '12345678')).AssumedRoleUser!.Arn).toBe(`arn:aws:sts::${CONNECTED}:assumed-role/connector/test`);
});

test.each([['a wrong', '87654321'], ['no', undefined]])('it is refused with %s external ID', async (_, externalId) => {
  await expect(assume(key, externalId)).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('another user of the account is refused, whether its policies allow it or not', async () => {
  for (const name of ['other', 'outsider']) await expect(assume(await keyOf(base, name), '12345678')).rejects.toMatchObject({ name: 'AccessDenied' });

});

test('an inactive key is refused', async () => {
  const second = await keyOf(base, 'base');
  await assume(second, '12345678');
  await base.iam.send(new UpdateAccessKeyCommand({ UserName: 'base', AccessKeyId: second.accessKeyId, Status: 'Inactive' }));
  await expect(assume(second, '12345678')).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
});
