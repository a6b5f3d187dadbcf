import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { withEveryFunction } from './app';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { AssumeRolePolicy } from '../../../src/base-account/assume-role-policy';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { BASE, everything, QUALYS } from '../../support/apps/everything';
import { listOf } from '../../support/synth/function-roles';
import { nameOf, plain } from '../../support/synth/synth';

const VENDOR = "the vendor's list: what is read is not known before it is found";
const NETWORK = 'Lambda makes the network interfaces of a function in a VPC, and their IDs are not known before';

/** All wildcards that a policy of the library may hold, each with its reason. Add none without one. */
const ALLOWED: ReadonlyArray<[policy: RegExp, wildcard: string, reason: string]> = [
  [/^AssumeRolePolicy$/, '*', 'AssumableRoles.any() says so, and has to be asked for'],
  [/^(BaseAccount)?UserPolicy$/, 'arn:${AWS::Partition}:iam::*:role/QualysConnector', 'which accounts get connected is not known; the name is'],
  [/FunctionExecution$/, '*', `${NETWORK}; reading them knows no resources`],
  [/FunctionExecution$/, 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:*/*', NETWORK],
  [/^(BaseAccountRegistrationAccess|FleetAccess|QualysConnectorAccess[0-9a-f]+)$/,
    'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:qualys/api-user-??????',
    'the six characters that Secrets Manager appends to a name'],
  [/^QualysConnectorNotes\w+$/,
    'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/cdk-qualys-connectors/connector/${AWS::StackName}/qualysapi.qg2.apps.qualys.com/*',
    'the notes on the connectors of this stack and platform: which there are changes with each deployment'],
  [/^FleetAccess$/, '*', 'lists of Organizations know no resources'],
  ...['qualys-connectors-QualysMember-${AWS::AccountId}', 'Roles']
    .map((set): [RegExp, string, string] => [/^FleetAccess$/, `arn:\${AWS::Partition}:cloudformation:\${AWS::Region}:*:stackset/${set}:*`,
      'the set of a delegated administrator stands in the management account, and CloudFormation makes its ID']),
  [/Permissions$/, '*', VENDOR],
  [/Permissions$/, 'arn:${AWS::Partition}:apigateway:*::/restapis/*', VENDOR],
  [/^OrganizationPermissions$/, 'organizations:list*', VENDOR],
  ...['states:Get*', 'states:List*', 'states:Describe*', 'ssm:List*', 'ssm:Describe*', 'ssm:Get*']
    .map((action): [RegExp, string, string] => [/^ExtendedPermissions$/, action, 'the vendor\'s newer template; off unless asked for']),
];

/** `<policy> <wildcard>` of every action, resource, condition value and principal of every policy of the stack. */
function wildcards(stack: Stack): Array<[policy: string, wildcard: string]> {
  return Object.entries<any>(Template.fromStack(stack).toJSON().Resources).flatMap(([id, { Properties }]) => documentsIn(plain(Properties))
    .flatMap(({ Statement }) => Statement.flatMap((statement: any) => [
      ...['Action', 'NotAction', 'Resource', 'NotResource'].flatMap((field) => statement[field] === undefined ? [] : listOf(statement[field])),
      ...Object.values<any>(statement.Condition ?? {}).flatMap((condition) => Object.values<any>(condition)).flat(),
      ...Object.values<any>(typeof statement.Principal === 'string' ? [statement.Principal] : statement.Principal ?? {}).flat(),
    ]))
    .filter((text) => /[*?]/.test(String(text)))
    .map((text): [string, string] => [/[0-9a-f]{16}/.test(id) ? id.replace(/[0-9A-F]{8}$/, '') : nameOf(id), text]));
}

function documentsIn(value: unknown): any[] {
  if (typeof value !== 'object' || value === null) return [];
  return 'Statement' in value ? [value] : Object.values(value).flatMap(documentsIn);
}

const STACKS = ((app: App): Stack[] => {
  const permissions = new Stack(app, 'Permissions');
  const lists = {
    Inventory: ConnectorPermissions.assetInventory(),
    Assessment: ConnectorPermissions.assetInventoryWithAssessment(),
    Posture: ConnectorPermissions.securityPosture(),
    Extended: ConnectorPermissions.securityPosture({ extended: true }),
    Organization: ConnectorPermissions.organization(),
  };
  const all = everything(new Stack(app, 'Everything'));
  for (const [name, list] of Object.entries(lists)) new ConnectorRole(permissions, name, { trust: TrustPrincipal.anyOf(QUALYS, BASE), externalId: ExternalId.of('83172650944188230571'), permissions: list });

  new AssumeRolePolicy(permissions, 'Roles', { roles: AssumableRoles.arns(['arn:aws:iam::111122223333:role/QualysConnector']) });
  return [permissions, all, withEveryFunction(new Stack(new App(), 'Functions'), { vpc: true, keys: true, notify: true })];
})(new App());

const allowedBy = (policy: string, wildcard: string) => ALLOWED.filter(([pattern, text]) => pattern.test(policy) && text === wildcard);

test('no policy of the library has a wildcard but those that are known (faults 58 and 75)', () => {
  const found = STACKS.flatMap(wildcards);
  expect(found.filter(([policy, wildcard]) => allowedBy(policy, wildcard).length === 0)).toEqual([]);
  const used = new Set(found.flatMap(([policy, wildcard]) => allowedBy(policy, wildcard)));
  expect(ALLOWED.filter((one) => !used.has(one))).toEqual([]);
});

test('no statement says what is not allowed, or who else may', () => {
  const text = JSON.stringify(STACKS.map((stack) => Template.fromStack(stack).toJSON()));
  expect(text).not.toMatch(/"Not(Action|Resource|Principal)"/);
});
