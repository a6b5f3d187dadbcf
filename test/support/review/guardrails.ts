import { runSimulation, SimulationOrgPolicies } from '@cloud-copilot/iam-simulate';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount } from '../../../src/base-account/base-account';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { Connector } from '../../../src/connector/connector';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ConnectorService } from '../../../src/service/connector-service';
import { ExternalId } from '../../../src/service/external-id';
import { QualysCredentials } from '../../../src/service/qualys-credentials';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { functionRoles, placed } from '../synth/function-roles';
import { Policy, trustPolicy } from '../synth/policies';

export const BASE = '111111111111';
export const PRODUCTION = '222222222222';
export const STRANGER = '999988887777';
export const QUALYS = '805950163170';
export const ORGANIZATION = 'o-a1b2c3d4e5';
const PLACE = { partition: 'aws', region: 'us-east-1', accountId: BASE };

export const USER = `arn:aws:iam::${BASE}:user/qualys-base-account`;
export const SECRET = `arn:aws:secretsmanager:us-east-1:${BASE}:secret:qualys/key-AbCdEf`;
export const FUNCTION = `arn:aws:lambda:us-east-1:${BASE}:function:Security-BaseAccountUserFunction-AbCdEf`;
export const LIBRARY_ROLE = `arn:aws:iam::${BASE}:role/cdk-qualys-connectors/Security-BaseAccountUserFunctionRole`;
export const ROLE = `arn:aws:iam::${PRODUCTION}:role/QualysConnector`;
export const EXTERNAL_ID = `8317265094418823${PRODUCTION}`;
export const EVERYTHING: Policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** What the product synthesizes for a base account with one connected account: the policies of each function, and the role's trust. */
export function product() {
  const app = new App();
  const security = new Stack(app, 'Security', { env: { account: BASE, region: PLACE.region } });
  const production = new Stack(app, 'Production', { env: { account: PRODUCTION, region: PLACE.region } });
  const service = new ConnectorService({
    platform: QualysPlatform.US_2, credentials: QualysCredentials.basic(Secret.fromSecretNameV2(security, 'ApiUser', 'qualys/api-user')),
  });
  const { user } = new BaseAccount(security, 'BaseAccount', {
    service,
    title: 'Central Security',
    userName: 'qualys-base-account',
    secretName: 'qualys/key',
    rotation: KeyRotation.every(Duration.days(90)),
    roles: AssumableRoles.named('QualysConnector', { organizationId: ORGANIZATION }),
  });
  const role = new ConnectorRole(production, 'ConnectorRole', {
    roleName: 'QualysConnector',
    trust: TrustPrincipal.ofUser(user),
    externalId: ExternalId.perAccount('8317265094418823'),
    permissions: ConnectorPermissions.securityPosture(),
  });
  new Connector(security, 'Connector', { service, role, name: 'Production' });
  const policies = Object.entries(functionRoles(security)).map(([name, statements]): [string, Policy] => {
    const text = JSON.stringify(placed(statements, PLACE)).replace(/\$\{BaseAccountUserSecret\}/g, SECRET).replace(/\$\{BaseAccountUser\.Arn\}/g, USER).replaceAll('${AWS::StackName}', 'Security');
    return [name, { Version: '2012-10-17', Statement: JSON.parse(text) }];
  });
  return { policies: Object.fromEntries(policies), trust: trustPolicy(production, { ...PLACE, accountId: PRODUCTION }) };
}

/** A call as IAM sees it. */
export interface Call {
  /** ARN of the caller with its path, as `aws:PrincipalArn` has it. */
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  readonly identity?: Policy;
  readonly context?: Readonly<Record<string, string | string[]>>;
  readonly trust?: Policy;
}

/** Statements of policies of the organization. */
export interface Attached {
  readonly scp?: readonly object[];
  readonly rcp?: readonly object[];
}

const document = (statements: readonly object[]): Policy => ({ Version: '2012-10-17', Statement: statements as Policy['Statement'] });
export const asJson = (statements: PolicyStatement[]): any[] => statements.map((statement) => statement.toStatementJson());
const attached = (name: string, statements: readonly object[]): SimulationOrgPolicies[] => [{ orgIdentifier: 'r-root', policies: [{ name, policy: document(statements) }] }];

/** Whether the call gets through, with these statements attached to the organization. */
export async function passes(call: Call, { scp = [], rcp = [] }: Attached): Promise<boolean> {
  const [, , , , account, name] = call.caller.split(':');
  const isRole = name!.startsWith('role/');
  const principal = isRole ? `arn:aws:sts::${account}:assumed-role/${name!.split('/').at(-1)}/session` : call.caller;
  const answer = await runSimulation({
    request: {
      action: call.action,
      principal,
      resource: { resource: call.resource, accountId: call.resource.split(':')[4]! },
      contextVariables: { 'aws:PrincipalArn': call.caller, 'aws:PrincipalAccount': account!, 'aws:PrincipalIsAWSService': 'false', ...call.context },
    },
    identityPolicies: [{ name: 'caller', policy: call.identity ?? EVERYTHING }],
    // A service control policy binds the callers of its own account.
    serviceControlPolicies: account === BASE ? attached('scp', [EVERYTHING.Statement[0]!, ...scp]) : [],
    resourceControlPolicies: attached('rcp', rcp),
    resourcePolicy: call.trust,
  }, {});
  if (answer.resultType === 'error') throw new Error(JSON.stringify(answer.errors));
  return answer.overallResult === 'Allowed';
}

/** Whether a service gets through, which no service control policy binds. */
export async function servicePasses(service: string, resource: string, trust: Policy, rcp: readonly object[]): Promise<boolean> {
  const answer = await runSimulation({
    request: { action: 'sts:AssumeRole', principal: service, resource: { resource, accountId: resource.split(':')[4]! }, contextVariables: { 'aws:PrincipalIsAWSService': 'true' } },
    identityPolicies: [],
    serviceControlPolicies: [],
    resourceControlPolicies: attached('rcp', rcp),
    resourcePolicy: trust,
  }, {});
  if (answer.resultType === 'error') throw new Error(JSON.stringify(answer.errors));
  return answer.overallResult === 'Allowed';
}
