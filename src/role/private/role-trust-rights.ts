import { CfnTag, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { parameterArn } from '../../private/stacks';
import { ROLE_TRUST_RECORD_PREFIX, roleTrustRecordNameOf } from '../../wire/role-trust';

export interface RoleTrustRights {
  readonly roleArn: string;
  /** Begins with `/`. */
  readonly recordName: string;
  readonly requiredTag?: CfnTag;
}

/** Reading and editing the trust of one role, the one record of it, and whether the stack itself still has a resource. */
export function editTrust(scope: IConstruct, { roleArn, recordName, requiredTag }: RoleTrustRights): PolicyStatement[] {
  return [
    ...requiredTag === undefined
      ? [new PolicyStatement({ actions: ['iam:GetRole', 'iam:UpdateAssumeRolePolicy'], resources: [roleArn] })]
      : [
        new PolicyStatement({ actions: ['iam:GetRole'], resources: [roleArn] }),
        new PolicyStatement({
          actions: ['iam:UpdateAssumeRolePolicy'],
          resources: [roleArn],
          conditions: { StringEquals: { [`iam:ResourceTag/${requiredTag.key}`]: requiredTag.value } },
        }),
      ],
    new PolicyStatement({ actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'], resources: [parameterArn(scope, recordName)] }),
    new PolicyStatement({ actions: ['cloudformation:DescribeStackResource'], resources: [Stack.of(scope).stackId] }),
  ];
}

export function recordNameOf(roleName: string): string {
  return Token.isUnresolved(roleName) ? `${ROLE_TRUST_RECORD_PREFIX}/${roleName}` : roleTrustRecordNameOf(roleName);
}
