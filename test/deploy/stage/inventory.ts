import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { IAMClient, ListGroupsCommand, ListPoliciesCommand, ListRolesCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { CREDENTIALS_SECRET } from './accounts';
import { Emulator } from '../../support/emulator/emulator';

/** Of the CDK's bootstrap, which a stage has from its start. */
const isBootstrap = (name: string) => /cdk-hnb659fds|CDKToolkit|cdk-bootstrap/.test(name);

/** What stands in an account besides the CDK's bootstrap and the service's credentials, as `kind name`. */
export async function inventory(emulator: Emulator, accountId: string): Promise<string[]> {
  const config = emulator.clientConfig(accountId);
  const iam = new IAMClient(config);
  const [stacks, users, groups, roles, policies, functions, secrets, parameters] = await Promise.all([
    new CloudFormationClient(config).send(new DescribeStacksCommand({})),
    iam.send(new ListUsersCommand({})),
    iam.send(new ListGroupsCommand({})),
    iam.send(new ListRolesCommand({})),
    iam.send(new ListPoliciesCommand({ Scope: 'Local' })),
    new LambdaClient(config).send(new ListFunctionsCommand({})),
    new SecretsManagerClient(config).send(new ListSecretsCommand({})),
    new SSMClient(config).send(new DescribeParametersCommand({})),
  ]);
  return [
    ...(stacks.Stacks ?? []).filter((stack) => stack.StackStatus !== 'DELETE_COMPLETE').map((stack) => `stack ${stack.StackName}`),
    ...(users.Users ?? []).map((user) => `user ${user.UserName}`),
    ...(groups.Groups ?? []).map((group) => `group ${group.GroupName}`),
    ...(roles.Roles ?? []).map((role) => `role ${role.RoleName}`),
    ...(policies.Policies ?? []).map((policy) => `policy ${policy.PolicyName}`),
    ...(functions.Functions ?? []).map((one) => `function ${one.FunctionName}`),
    ...(secrets.SecretList ?? []).filter((secret) => secret.Name !== CREDENTIALS_SECRET).map((secret) => `secret ${secret.Name}`),
    ...(parameters.Parameters ?? []).map((parameter) => `parameter ${parameter.Name}`),
  ].filter((name) => !isBootstrap(name));
}
