// The actions that Qualys asks for, in the vendor's words and order.

/** Vendor page "Create Role", AssetView. */
export const ASSET_INVENTORY = [
  'ec2:DescribeInstances',
  'ec2:DescribeAddresses',
  'ec2:DescribeImages',
  'ec2:DescribeRegions',
  'ec2:DescribeVpcs',
];

/** Vendor page "Create Role", AssetView with API-based assessment. */
export const ASSET_INVENTORY_WITH_ASSESSMENT = [
  'ssm:ListInventoryEntries',
  'ssm:DescribeInstanceInformation',
  'ec2:DescribeInstances',
  'ec2:DescribeAddresses',
  'ec2:DescribeImages',
  'ec2:DescribeRegions',
];

/** The page says `organizations:list`, which is no action; the vendor's CloudFormation template has the form that works. */
export const ORGANIZATION = [...ASSET_INVENTORY, 'organizations:list*'];

/** Beside the AWS managed policy SecurityAudit. The list of the vendor's Terraform template. */
export const SECURITY_POSTURE = [
  'states:DescribeStateMachine',
  'elasticfilesystem:DescribeFileSystemPolicy',
  'qldb:ListLedgers',
  'qldb:DescribeLedger',
  'kafka:ListClusters',
  'codebuild:BatchGetProjects',
  'wafv2:GetWebACLForResource',
  'backup:ListBackupVaults',
  'backup:DescribeBackupVault',
  'ec2:GetEbsEncryptionByDefault',
  'ec2:GetEbsDefaultKmsKeyId',
  'guardduty:ListDetectors',
  'guardduty:GetDetector',
  'glue:GetDataCatalogEncryptionSettings',
  'elasticmapreduce:GetBlockPublicAccessConfiguration',
  'lambda:GetFunctionConcurrency',
  'ds:ListLogSubscriptions',
  'ssm:getdocument',
  'ssm:getservicesetting',
  'states:GetExecutionHistory',
  'eks:ListFargateProfiles',
  'eks:DescribeFargateProfile',
];

/** What the vendor's newer CloudFormation template adds. */
export const SECURITY_POSTURE_EXTENSION = [
  'states:Get*',
  'states:List*',
  'states:Describe*',
  'ssm:List*',
  'ssm:Describe*',
  'ssm:Get*',
  'appflow:DescribeFlow',
];
