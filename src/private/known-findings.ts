import { Aws } from 'aws-cdk-lib';
import type { Acknowledgements } from './acknowledgements';

/*
 * The findings of cdk-nag (AwsSolutions, NIST 800-53 R5) and of AWS Control Tower's rules in resources of the library, with the reason to
 * accept each. Users see every finding that is not here.
 */

/** The ID of cdk-nag's finding about a resource with a wildcard. cdk-nag writes a pseudo parameter as `<AWS::Partition>`. */
export function wildcard(resource: string): string {
  const pseudo = { '<AWS::Partition>': Aws.PARTITION, '<AWS::Region>': Aws.REGION, '<AWS::AccountId>': Aws.ACCOUNT_ID, '<AWS::StackName>': Aws.STACK_NAME };
  return `AwsSolutions-IAM5[Resource::${Object.entries(pseudo).reduce((text, [name, token]) => text.replaceAll(token, name), resource)}]`;
}

const OUTSIDE_VPC = 'It calls public endpoints of AWS, and of the connector service, over TLS only. ConnectorService takes a vpc for those of its functions.';

export const FUNCTION: Acknowledgements = {
  'NIST.800.53.R5-LambdaConcurrency':
    'Reserved concurrency takes from what the account has, and small accounts have none to spare. CloudFormation and a schedule call it, one event at a time.',
  'NIST.800.53.R5-LambdaDLQ':
    'Its events carry a URL that lets whoever has it answer CloudFormation, so none is kept. A failure fails the deployment, or stands in the metrics.',
};

export const FUNCTION_OUTSIDE_VPC: Acknowledgements = {
  'NIST.800.53.R5-LambdaInsideVPC': OUTSIDE_VPC,
  'lambda_inside_vpc_check': OUTSIDE_VPC,
};

const ENCRYPTED_BY_AWS = 'The log holds named steps and no secret, and CloudWatch Logs encrypts it with a key of its own.';

export const LOG_GROUP: Acknowledgements = {
  'NIST.800.53.R5-CloudWatchLogGroupEncrypted': ENCRYPTED_BY_AWS,
  'cloudwatch_log_group_encrypted_check': ENCRYPTED_BY_AWS,
};

/** Findings of a function in a VPC. */
export const EXECUTION: Acknowledgements = {
  [wildcard('*')]: 'ec2:DescribeNetworkInterfaces and ec2:DescribeSubnets know no resources.',
  [wildcard(`arn:${Aws.PARTITION}:ec2:${Aws.REGION}:${Aws.ACCOUNT_ID}:*/*`)]:
    "Lambda makes and removes the function's network interfaces with this role, and their IDs are not known before. The rest of EC2 is not granted.",
};

/** Findings of the policy for the notes on connectors, by the resource that it names. */
export function notesOnConnectors(resource: string): Acknowledgements {
  return { [wildcard(resource)]: 'One note a connector, in a folder of this stack and of one platform: which connectors there are changes with each deployment.' };
}

/** Findings of the policy of a fleet, by the resource that it names. */
export function findAccounts(resource: string): Acknowledgements {
  return {
    [wildcard(resource)]: resource === '*'
      ? 'organizations:ListAccounts and organizations:ListDelegatedAdministrators know no resources.'
      : 'The stack set of a delegated administrator stands in the management account, and CloudFormation gives it an ID that is not known before.',
  };
}

const WORK_LIST = 'It is a work list with point-in-time recovery: what is lost is read again from the service within a run.';

export const FLEET_TABLE: Acknowledgements = {
  'NIST.800.53.R5-DynamoDBInBackupPlan': WORK_LIST,
};

export const FLEET_TABLE_OF_AWS_KEY: Acknowledgements = {
  dynamodb_table_encrypted_kms_check:
    'It holds account IDs and states and no secret, and DynamoDB encrypts it with a key of its own unless encryptionKey gives one.',
};

export const SECRET_OF_MANAGED_KEY: Acknowledgements = {
  'NIST.800.53.R5-SecretsManagerUsingKMSKey':
    "Encrypted with the account's aws/secretsmanager key unless encryptionKey gives one; only roles of this account read it either way.",
};

const NO_INLINE_POLICY = 'The group has no inline policy at all; the rule stumbles over a resource without properties.';

export const GROUP: Acknowledgements = {
  iam_inline_policy_no_statements_with_admin_access_check: NO_INLINE_POLICY,
  iam_inline_policy_no_statements_with_full_access_check: NO_INLINE_POLICY,
};

/** Findings of the permission for Secrets Manager, which invokes the function to rotate the key. */
export const INVOCATION: Acknowledgements = {
  lambda_function_public_access_prohibited_check:
    'SourceAccount is there: where the account is known only at deployment it is a reference to AWS::AccountId, which the rule does not follow.',
};

export const ROLE_IN_ANY_ACCOUNT = 'Which accounts get connected is not known beforehand. The name is, the organization if given, and each role has to trust the caller as well.';

const VENDOR_LIST = 'What Qualys asks for on its page "Create Role" and in its templates: it reads resources that are not known before they are found.';

/** Findings of the vendor's lists in {@link ConnectorPermissions}. */
export const VENDOR_PERMISSIONS: Acknowledgements = {
  [wildcard('*')]: VENDOR_LIST,
  [wildcard(`arn:${Aws.PARTITION}:apigateway:*::/restapis/*`)]: VENDOR_LIST,
  'AwsSolutions-IAM5[Action::organizations:list*]': VENDOR_LIST,
};

/** Findings of the role with the vendor's permissions. */
export const VENDOR_ROLE: Acknowledgements = {
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/SecurityAudit]':
    'The managed policy of AWS that Qualys asks for: it reads configuration, and AWS adds the services to come.',
};
