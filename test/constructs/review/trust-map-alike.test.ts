import { TrustMap } from '../../../src/review/trust-map';
import { EXTERNAL_ID, GivenStack, HERE, mapOf, statement } from '../../support/review/assemblies';

/* Thousands of accounts have the same template but for their account. Whatever is worked out once says of each what it says of it alone. */

const ACCOUNTS = [HERE, '333344445555', '111122223333'];
const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${rest}`]] });

/** What may differ between accounts, and must not be mixed up. */
const KINDS: Record<string, (account: string) => object> = {
  'one external ID': () => statement(),
  'an external ID that ends with the account': (account) => statement({ Condition: { StringEquals: { 'sts:ExternalId': `8317${account}` } } }),
  'a loose external ID that ends with the account': (account) => statement({ Condition: { StringLike: { 'sts:ExternalId': `8*${account}` } } }),
  'an external ID in a list': (account) => statement({ Condition: { StringEquals: { 'sts:ExternalId': [`8317${account}`, EXTERNAL_ID] } } }),
  'the account within an external ID': (account) => statement({ Condition: { StringEquals: { 'sts:ExternalId': `${account}-8317` } } }),
  'the account within and at the end of an external ID': (account) => statement({ Condition: { StringEquals: { 'sts:ExternalId': `${account}-${account}` } } }),
  'the account as a principal': (account) => statement({ Principal: { AWS: account } }),
  'the first of the accounts as a principal': () => statement({ Principal: { AWS: HERE } }),
  'an ARN of the partition': () => statement({ Principal: { AWS: arn('999988887777:user/qualys') } }),
  'an ARN of the own account': () => statement({ Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:user/qualys' } } }),
  'a parameter': () => statement({ Principal: { AWS: { Ref: 'Trusted' } } }),
  'a denial of an external ID': (account) => ({ ...statement({ Effect: 'Deny' }), Condition: { StringNotEquals: { 'sts:ExternalId': `8317${account}` } } }),
};

const OF_ACCOUNT = 'a policy that names the account';
KINDS[OF_ACCOUNT] = () => statement();

/** `elsewhere`: the template names its account elsewhere too, so that nothing but single documents are alike. */
const stacksOf = (kind: string, elsewhere: boolean): Record<string, GivenStack> => Object.fromEntries(ACCOUNTS.flatMap((account) => ['us-east-1', 'cn-north-1'].map((region) => [`S${account}${region}`, {
  environment: `aws://${account}/${region}`,
  template: {
    Parameters: { Trusted: { Type: 'String' } },
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'QualysConnector', Description: elsewhere ? `of ${account}` : '', AssumeRolePolicyDocument: { Statement: [statement({ Principal: { AWS: '999988887777' } }), KINDS[kind]!(account)] }, ManagedPolicyArns: [{ Ref: 'Policy' }],
        },
      },
      Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: kind === OF_ACCOUNT ? `arn:aws:iam::${account}:x` : arn('999988887777:x') }] } } },
    },
  },
}])));

function said(map: TrustMap): string[] {
  const { roles, grants } = JSON.parse(map.toJson()) as { readonly roles: { readonly grants: string }[]; readonly grants: Record<string, unknown> };
  return roles.map((role) => JSON.stringify({ ...role, grants: grants[role.grants] })).sort();
}

const CASES = Object.keys(KINDS).flatMap((kind): [string, boolean][] => [[kind, false], [kind, true]]);

test.each(CASES)('%s: all accounts together say what each says alone (named elsewhere too: %p)', (kind, elsewhere) => {
  const stacks = stacksOf(kind, elsewhere);
  const alone = Object.entries(stacks).flatMap(([id, stack]) => said(mapOf({ [id]: stack }))).sort();
  expect(alone).toHaveLength(6);
  expect(said(mapOf(stacks))).toEqual(alone);
});

test.each([['the account as a principal', '"caller":"ACCOUNT"'], ['the account within an external ID', 'external ID ACCOUNT-8317']])('%s is told by its number', (kind, text) => {
  const roles = said(mapOf(stacksOf(kind, false))).join();
  for (const account of ACCOUNTS) expect(roles).toContain(text.replace('ACCOUNT', account));
});

test('what users of many accounts may ask for is told of each', () => {
  const stacks = Object.fromEntries(ACCOUNTS.map((account): [string, GivenStack] => [`S${account}`, {
    environment: `aws://${account}/us-east-1`,
    template: {
      Resources: {
        User: {
          Type: 'AWS::IAM::User',
          Properties: { UserName: 'u', Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*', Condition: { StringEquals: { 'sts:ExternalId': `8317${account}` } } }] } }] },
        },
        Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
      },
    },
  }]));
  expect(JSON.parse(mapOf(stacks).toJson()).keys.map(({ opens }: { opens: string[] }) => opens)).toEqual(
    [...ACCOUNTS].sort().map((account) => [`every role that trusts ${account} (external ID 8317${account})`]));
});
