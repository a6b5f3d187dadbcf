import { Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { placed } from '../../support/synth/function-roles';
import { managedPolicy, Place, PLACES, stackIn } from '../../support/synth/policies';
import { plain } from '../../support/synth/synth';
import { rights } from '../../support/synth/world';

const SECURITY_POSTURE = `states:DescribeStateMachine, elasticfilesystem:DescribeFileSystemPolicy, qldb:ListLedgers, qldb:DescribeLedger,
  kafka:ListClusters, codebuild:BatchGetProjects, wafv2:GetWebACLForResource, backup:ListBackupVaults, backup:DescribeBackupVault,
  ec2:GetEbsEncryptionByDefault, ec2:GetEbsDefaultKmsKeyId, guardduty:ListDetectors, guardduty:GetDetector,
  glue:GetDataCatalogEncryptionSettings, elasticmapreduce:GetBlockPublicAccessConfiguration, lambda:GetFunctionConcurrency,
  ds:ListLogSubscriptions, ssm:getdocument, ssm:getservicesetting, states:GetExecutionHistory, eks:ListFargateProfiles,
  eks:DescribeFargateProfile`.split(/,\s*/);

function roleWith(permissions: ConnectorPermissions, place: Place | undefined = PLACES[0]) {
  const stack = stackIn(place);
  const trust = TrustPrincipal.baseAccount('111122223333');
  new ConnectorRole(stack, 'Role', { trust, externalId: ExternalId.of('83172650944188230571'), permissions });
  return stack;
}

function attachedTo(stack: ReturnType<typeof roleWith>): unknown[] | undefined {
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
  expect(Properties.Policies).toBeUndefined();
  return plain(Properties.ManagedPolicyArns);
}

test.each<[string, ConnectorPermissions, string, string[]]>([
  ['assetInventory', ConnectorPermissions.assetInventory(), 'AssetInventory',
    ['ec2:DescribeInstances', 'ec2:DescribeAddresses', 'ec2:DescribeImages', 'ec2:DescribeRegions', 'ec2:DescribeVpcs']],
  ['assetInventoryWithAssessment', ConnectorPermissions.assetInventoryWithAssessment(), 'AssetInventoryWithAssessment',
    ['ssm:ListInventoryEntries', 'ssm:DescribeInstanceInformation', 'ec2:DescribeInstances', 'ec2:DescribeAddresses', 'ec2:DescribeImages', 'ec2:DescribeRegions']],
  ['organization', ConnectorPermissions.organization(), 'Organization',
    ['ec2:DescribeInstances', 'ec2:DescribeAddresses', 'ec2:DescribeImages', 'ec2:DescribeRegions', 'ec2:DescribeVpcs', 'organizations:list*']],
])('%s is the vendor\'s list in one policy', (_name, permissions, sid, actions) => {
  const stack = roleWith(permissions);
  expect(rights(managedPolicy(stack, PLACES[0]).Statement)).toEqual(rights([{ Sid: sid, Effect: 'Allow', Action: actions, Resource: '*' }]));
  expect(attachedTo(stack)).toEqual(['${RolePermissions}']);
});

test.each(PLACES)('securityPosture is SecurityAudit and the vendor\'s list in $partition', (place) => {
  const [known, unknown] = [ConnectorPermissions.securityPosture(), ConnectorPermissions.securityPosture({ extended: false })];
  for (const stack of [roleWith(known, place), roleWith(unknown, undefined)]) {
    expect(rights(managedPolicy(stack, place).Statement)).toEqual(rights([
      { Sid: 'SecurityPosture', Effect: 'Allow', Action: SECURITY_POSTURE, Resource: '*' },
      { Sid: 'RestApis', Effect: 'Allow', Action: 'apigateway:GET', Resource: `arn:${place.partition}:apigateway:*::/restapis/*` },
    ]));
    expect(placed(attachedTo(stack), place)).toEqual([`arn:${place.partition}:iam::aws:policy/SecurityAudit`, '${RolePermissions}']);
  }
});

test('securityPosture has no wildcard action unless it is extended', () => {
  const [short, extended] = [ConnectorPermissions.securityPosture(), ConnectorPermissions.securityPosture({ extended: true })]
    .map((permissions) => managedPolicy(roleWith(permissions), PLACES[0]).Statement);
  expect(short.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  expect(extended.map(({ Sid, Action }) => [Sid, [Action].flat().sort()])).toEqual([
    ['SecurityPosture', [...SECURITY_POSTURE].sort()],
    ['SecurityPostureExtension', ['states:Get*', 'states:List*', 'states:Describe*', 'ssm:List*', 'ssm:Describe*', 'ssm:Get*', 'appflow:DescribeFlow'].sort()],
    ['RestApis', ['apigateway:GET']],
  ]);
});

describe('custom', () => {
  const statement = () => new PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] });
  const audit = ManagedPolicy.fromAwsManagedPolicyName('job-function/ViewOnlyAccess');

  test('attaches policies and makes none when there are no statements', () => {
    const stack = roleWith(ConnectorPermissions.custom({ managedPolicies: [audit] }));
    expect(placed(attachedTo(stack), PLACES[0])).toEqual(['arn:aws:iam::aws:policy/job-function/ViewOnlyAccess']);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });

  test('grants statements, and nothing else', () => {
    const stack = roleWith(ConnectorPermissions.custom({ statements: [statement()] }));
    expect(managedPolicy(stack, PLACES[0]).Statement).toEqual([{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }]);
    expect(attachedTo(stack)).toHaveLength(1);
  });

  test.each([{}, { managedPolicies: [], statements: [] }])('refuses %j', (props) => {
    expect(() => ConnectorPermissions.custom(props)).toThrow('custom() takes managedPolicies or statements, got none: a connector without permissions reads nothing');
  });

  test('is not changed by a later change of what it was given', () => {
    const [managedPolicies, statements, mine] = [[audit], [statement()], statement()];
    statements.push(mine);
    const permissions = ConnectorPermissions.custom({ managedPolicies, statements });
    mine.addActions('s3:*');
    managedPolicies.pop();
    statements.pop();
    const stack = roleWith(permissions);
    expect(attachedTo(stack)).toHaveLength(2);
    expect(JSON.stringify(managedPolicy(stack, PLACES[0]))).not.toContain('s3:*');
  });
});

test('one value serves several roles', () => {
  const permissions = ConnectorPermissions.securityPosture();
  expect(managedPolicy(roleWith(permissions), PLACES[0])).toEqual(managedPolicy(roleWith(permissions), PLACES[0]));
});
