import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

export interface RoleTrustRights {
  readonly roleArn: string;
  /** Begins with `/`. */
  readonly recordName: string;
}

/** Reading and editing the trust of one role, the one record of it, and whether the stack itself still has a resource. */
export function editTrust(scope: IConstruct, { roleArn, recordName }: RoleTrustRights): PolicyStatement[] {
  const record = Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: recordName.slice(1) });
  return [
    new PolicyStatement({ actions: ['iam:GetRole', 'iam:UpdateAssumeRolePolicy'], resources: [roleArn] }),
    new PolicyStatement({ actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'], resources: [record] }),
    new PolicyStatement({ actions: ['cloudformation:DescribeStackResource'], resources: [Stack.of(scope).stackId] }),
  ];
}
