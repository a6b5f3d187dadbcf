import { REGION } from '../aws-environment';
import { statements } from '../resources/inline-function';
import { Template } from '../stacks';

export interface RoleSet {
  readonly units: readonly string[];
  readonly accounts?: readonly string[];
  readonly filter?: string;
  /** Whom the role trusts. Default: the account it is in. */
  readonly trusted?: string;
  readonly roleName?: string;
  /** Properties of the stack set that are meant otherwise. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A template with the stack set `roles`, whose template has one role with a name. */
export function roleSet({ units, accounts, filter, trusted, roleName = 'connector', properties = {} }: RoleSet): Template {
  const Principal = { AWS: trusted ?? { Ref: 'AWS::AccountId' } };
  const role = {
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: roleName, AssumeRolePolicyDocument: statements([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }]) },
  };
  return {
    Resources: {
      Set: {
        Type: 'AWS::CloudFormation::StackSet',
        Properties: {
          StackSetName: 'roles',
          PermissionModel: 'SERVICE_MANAGED',
          CallAs: 'DELEGATED_ADMIN',
          AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
          ManagedExecution: { Active: true },
          Capabilities: ['CAPABILITY_NAMED_IAM'],
          OperationPreferences: { MaxConcurrentPercentage: 100, FailureTolerancePercentage: 0, ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE' },
          TemplateBody: JSON.stringify({ Resources: { Role: role } }),
          StackInstancesGroup: [{
            DeploymentTargets: { OrganizationalUnitIds: units, Accounts: accounts, AccountFilterType: filter },
            Regions: [REGION],
          }],
          ...properties,
        },
      },
    },
    Outputs: { Id: { Value: { Ref: 'Set' } } },
  };
}
