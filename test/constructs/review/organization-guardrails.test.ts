import { App, Aws, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { OrganizationGuardrails } from '../../../src/review/organization-guardrails';
import { ProtectBaseAccountProps } from '../../../src/review/organization-guardrails-props';
import { AccountType } from '../../../src/service/account-type';

const ORGANIZATION = 'o-a1b2c3d4e5';
const GIVEN: ProtectBaseAccountProps = { accountId: '111122223333', userName: 'qualys-base-account' };
const json = (props: Partial<ProtectBaseAccountProps> = {}): any[] => (
  OrganizationGuardrails.protectBaseAccount({ ...GIVEN, ...props }).map((one) => one.toStatementJson()));

test('the resource control policy reads as it is attached', () => {
  expect(OrganizationGuardrails.assumeRoleOnlyFromOrganization(ORGANIZATION, { exemptAccountIds: ['805950163170'] }).map((one) => one.toStatementJson())).toEqual([{
    Sid: 'OnlyFromOrganization',
    Effect: 'Deny',
    Principal: '*',
    Action: 'sts:AssumeRole',
    Resource: '*',
    Condition: {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION, 'aws:PrincipalAccount': ['805950163170'] },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  }]);
});

test('without further names it protects the key\'s making, the roles and the records', () => {
  expect(json().map(({ Sid }) => Sid)).toEqual(['KeysOnlyByTheLibrary', 'RolesOfTheLibraryOnlyByDeployments', 'RecordsOnlyByTheLibrary']);
});

test('with the names of the secret and of the functions it protects those too', () => {
  const statements = json({ secretName: 'qualys/key', functionNames: ['Central-*', 'Central-*'] });
  expect(statements.map(({ Sid }) => Sid)).toEqual([
    'KeysOnlyByTheLibrary', 'KeyReadOnlyByTheLibrary', 'RolesOfTheLibraryOnlyByDeployments', 'InvocationsOnlyByServices', 'FunctionsOnlyByDeployments', 'RecordsOnlyByTheLibrary',
  ]);
  expect(statements[3].Resource).toEqual(['arn:aws:lambda:*:111122223333:function:Central-*', 'arn:aws:lambda:*:111122223333:function:Central-*:*']);
});

test.each([[AccountType.GLOBAL, 'aws'], [AccountType.US_GOVCLOUD, 'aws-us-gov'], [AccountType.CHINA, 'aws-cn']])('every ARN is in the partition of %p', (accountType, partition) => {
  const arns = JSON.stringify(json({ accountType, secretName: 'key', functionNames: ['Central-*'], userPath: '/security/' })).match(/arn:[^:]*/g)!;
  expect(new Set(arns)).toEqual(new Set([`arn:${partition}`]));
});

test('a policy of the organization takes the document, in a stack as well', () => {
  const stack = new Stack(new App(), 'Stack');
  new CfnPolicy(stack, 'Policy', { name: 'keys', type: 'SERVICE_CONTROL_POLICY', content: { Version: '2012-10-17', Statement: json() } });
  Template.fromStack(stack).resourceCountIs('AWS::Organizations::Policy', 1);
});

test.each<[Partial<ProtectBaseAccountProps>, string]>([
  [{ accountId: '1111' }, 'accountId must be an AWS account ID, a string of 12 digits with its leading zeros, got \'1111\''],
  [{ userName: 'a b' }, 'userName may only hold letters, digits and _ + = , . @ -, got \'a b\''],
  [{ userName: '' }, 'userName must be 1 to 64 characters long, got 0: \'\''],
  [{ userPath: 'security' }, 'userPath must begin and end with \'/\', as in \'/security/\', got \'security\''],
  [{ userPath: '/a*/' }, 'userPath may only hold printable ASCII characters other than space, *, ? and $, got \'/a*/\''],
  [{ secretName: 'qualys/*' }, 'secretName may only hold letters, digits and / _ + = . @ -, got \'qualys/*\''],
  [{ functionNames: ['a:b'] }, 'functionNames may only hold letters, digits, _ and -, and the wildcards * and ?, got \'a:b\''],
  [{ functionNames: ['**'] }, 'functionNames must hold a part of a name, got \'**\': it would lock every function of the account'],
  [{ deployerArns: ['*'] }, 'deployerArns must hold ARNs of roles or users such as \'arn:aws:iam::123456789012:role/Deployer\', with a part of the name, got \'*\''],
  [{ deployerArns: ['arn:aws:iam::111122223333:role/*'] }, 'deployerArns must hold ARNs of roles or users such as \'arn:aws:iam::123456789012:role/Deployer\', with a part of the name, got \'arn:aws:iam::111122223333:role/*\''],
  [{ deployerArns: [] }, 'deployerArns must hold at least one role ARN, got none: no deployment could change the library\'s roles'],
  [{ deployerArns: ['arn:aws-cn:iam::111122223333:role/D'] }, 'deployerArns must hold ARNs of partition aws, got \'arn:aws-cn:iam::111122223333:role/D\': give the accountType of the base account'],
  [{ operatorArns: ['arn:aws:iam::111122223333:role/O'] }, 'operatorArns goes with functionNames, got it alone: without the names the functions are not protected'],
  [{ secretReaderArns: ['arn:aws:iam::111122223333:role/O'] }, 'secretReaderArns goes with secretName, got it alone: without the name the secret is not protected'],
  [{ accountId: Aws.ACCOUNT_ID }, 'accountId must be a plain text, got a token: a policy of an organization is written before anything is deployed, so give the value itself'],
  [{ userName: Lazy.string({ produce: () => 'late' }) }, 'userName must be a plain text, got a token: a policy of an organization is written before anything is deployed, so give the value itself'],
  [{ functionNames: [Aws.STACK_NAME] }, 'functionNames must be a plain text, got a token: a policy of an organization is written before anything is deployed, so give the value itself'],
])('%j is refused', (props, message) => {
  expect(() => json(props)).toThrow(new Error(message));
});

test.each<[string, string[], string]>([
  ['o-1', [], 'organizationId must be the ID of an AWS organization, \'o-\' and 10 to 32 lower-case letters or digits, got \'o-1\''],
  [ORGANIZATION, ['805'], 'exemptAccountIds must be an AWS account ID, a string of 12 digits with its leading zeros, got \'805\''],
  [Aws.ACCOUNT_ID, [], 'organizationId must be a plain text, got a token: a policy of an organization is written before anything is deployed, so give the value itself'],
  [ORGANIZATION, [Aws.ACCOUNT_ID], 'exemptAccountIds must be a plain text, got a token: a policy of an organization is written before anything is deployed, so give the value itself'],
])('%j with %j is refused', (organization, exemptAccountIds, message) => {
  expect(() => OrganizationGuardrails.assumeRoleOnlyFromOrganization(organization, { exemptAccountIds })).toThrow(new Error(message));
});
