import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { TrustMap } from '../../../src/review/trust-map';
import { EXTERNAL_ID, HERE, mapOf, mapOfTrust, QUALYS_ROOT, readFolder, statement } from '../../support/review/assemblies';

/* Templates as they come: included, of another version, with names that only the deployment knows; and policies from every side. */

const byQualys = `Qualys account 805950163170, with external ID ${EXTERNAL_ID}`;

test('a template that is included reads as one of one\'s own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'included-'));
  const templateFile = join(folder, 'vendor.json');
  writeFileSync(templateFile, JSON.stringify({
    Parameters: { RoleName: { Type: 'String', Default: 'QualysRole' }, ExternalId: { Type: 'String' }, QualysAccount: { Type: 'String', Default: '805950163170' } },
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { Ref: 'RoleName' },
          AssumeRolePolicyDocument: {
            Statement: [statement({ Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${QualysAccount}:root' } }, Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } } })],
          },
        },
      },
    },
  }));
  const of = (parameters?: Record<string, string>) => {
    const stack = new Stack(new App(), 'Stack', { env: { account: HERE, region: 'us-east-1' } });
    new CfnInclude(stack, 'Vendor', { templateFile, parameters });
    return TrustMap.fromStage(stack);
  };
  expect(of({ RoleName: 'qualys', ExternalId: EXTERNAL_ID, QualysAccount: '805950163170' }).callersOf('qualys')).toEqual([byQualys]);
  // Whoever deploys it may give other values than the defaults.
  expect(of().callersOf('${RoleName}')).toEqual(['Account ${QualysAccount}, with external ID ${ExternalId}']);
  rmSync(folder, { recursive: true });
});

test.each<[string, unknown, string]>([
  ['of the region', { 'Fn::Sub': 'qualys-${AWS::Region}' }, 'qualys-us-east-1'],
  ['of a parameter', { 'Fn::Join': ['-', ['qualys', { Ref: 'Stage' }]] }, 'qualys-${Stage}'],
  ['of a resource', { 'Fn::Sub': 'qualys-${Bucket0123ABCD}' }, 'qualys-${Bucket}'],
  ['of a function that is not known', { 'Fn::Base64': 'x' }, '‹known when deployed›'],
])('a role name that is made %s', (_what, RoleName, name) => {
  const template = { Parameters: { Stage: { Type: 'String' } }, Resources: { Bucket0123ABCD: { Type: 'AWS::S3::Bucket' } } };
  expect(mapOfTrust({ Statement: [statement()] }, template, { RoleName }).callersOf(name)).toEqual([byQualys]);
});

test.each(['36.0.0', '99.0.0'])('a cloud assembly of version %s', (version) => {
  const template = { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'QualysConnector', AssumeRolePolicyDocument: { Statement: [statement()] } } } } };
  const manifest = { version, artifacts: { Stack: { type: 'aws:cloudformation:stack', environment: `aws://${HERE}/us-east-1`, properties: { templateFile: 'Stack.template.json', later: {} }, later: [] }, Tree: { type: 'cdk:later' } }, later: 1 };
  const read = () => readFolder({ Stack: { template } }, { 'manifest.json': manifest }, (folder) => TrustMap.fromAssembly(folder));
  expect(read().toJson()).toBe(mapOf({ Stack: { template } }).toJson());
});

test('a folder is the same with a slash at its end, and a working directory without a name', () => {
  const template = { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'QualysConnector', AssumeRolePolicyDocument: { Statement: [statement()] } } } } };
  const here = process.cwd();
  readFolder({ Stack: { template } }, {}, (folder) => {
    process.chdir(folder);
    for (const name of ['', '.', './', folder, `${folder}/`]) expect(TrustMap.fromAssembly(name).callersOf('QualysConnector')).toEqual([byQualys]);
    process.chdir(here);
  });
});

const ASKING = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::222222222222:role/QualysConnector' }] };
const managed = (properties: object) => ({ Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: ASKING, ...properties } } });
const GROUP = { Group: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'scanners' } } };

test.each<[string, object, object]>([
  ['in the user', { Policies: [{ PolicyName: 'ask', PolicyDocument: ASKING }] }, {}],
  ['by a policy that names the user', {}, { Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'ask', PolicyDocument: ASKING, Users: [{ Ref: 'User' }] } } }],
  ['by a managed policy that names the user', {}, managed({ Users: ['scanner'] })],
  ['by a managed policy that the user names', { ManagedPolicyArns: [{ Ref: 'Policy' }] }, managed({})],
  ['by a managed policy that the user names by its ARN', { ManagedPolicyArns: [`arn:aws:iam::${HERE}:policy/ask`] }, managed({ ManagedPolicyName: 'ask' })],
  ['by a policy of the user', {}, { Policy: { Type: 'AWS::IAM::UserPolicy', Properties: { PolicyName: 'ask', PolicyDocument: ASKING, UserName: { Ref: 'User' } } } }],
  ['by a group that the user names', { Groups: [{ Ref: 'Group' }] }, { ...GROUP, ...managed({ Groups: ['scanners'] }) }],
  ['by a group that the user is added to', {}, { ...GROUP, ...managed({ Groups: [{ Ref: 'Group' }] }), Member: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: { Ref: 'Group' }, Users: [{ Ref: 'User' }] } } }],
])('what a key opens is found where its policy is attached %s', (_what, user, others) => {
  const map = mapOf({
    Stack: {
      template: {
        Resources: { User: { Type: 'AWS::IAM::User', Properties: { UserName: 'scanner', ...user } }, Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } }, ...others },
      },
    },
  });
  expect(JSON.parse(map.toJson()).keys.map(({ opens }: { opens: string[] }) => opens)).toEqual([['222222222222: role QualysConnector']]);
});

test('what a role may do is found on its side and on that of its policies', () => {
  const reads = (Action: string) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
  const map = mapOfTrust({ Statement: [statement()] }, {
    Resources: {
      Inline: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'inline', PolicyDocument: reads('s3:Get*'), Roles: [{ Ref: 'ConnectorRole66C77A94' }] } },
      Own: { Type: 'AWS::IAM::RolePolicy', Properties: { PolicyName: 'own', PolicyDocument: reads('ec2:Describe*'), RoleName: 'QualysConnector' } },
      Managed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: reads('iam:List*'), Roles: ['QualysConnector'] } },
    },
  }, { Policies: [{ PolicyName: 'within', PolicyDocument: reads('rds:Describe*') }], ManagedPolicyArns: ['arn:aws:iam::aws:policy/SecurityAudit'] });
  expect(JSON.parse(map.toJson()).roles[0].may).toEqual(['SecurityAudit', 'Managed (1 action)', 'inline (1 action)', 'own (1 action)', 'within (1 action)']);
});

test('two operators on the external ID, one of them strict, are nothing to look at', () => {
  const of = (Condition: object) => mapOfTrust({ Statement: [statement({ Principal: { AWS: QUALYS_ROOT }, Condition })] }).findings;
  expect(of({ StringEquals: { 'sts:ExternalId': EXTERNAL_ID }, StringLike: { 'sts:ExternalId': '8*' } })).toEqual([]);
  expect(of({ StringLike: { 'sts:ExternalId': '8*' } })).toEqual([`QualysConnector in ${HERE}: the external ID is compared by StringLike, not by StringEquals`]);
});
