import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { AssumeRolePolicy } from '../../../src/base-account/assume-role-policy';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { KeyDelivery } from '../../../src/base-account/key-delivery';
import { Connector } from '../../../src/connector/connector';
import { QualysAccountLookup } from '../../../src/connector/qualys-account-lookup';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { AccountType } from '../../../src/service/account-type';
import { ConnectorService } from '../../../src/service/connector-service';
import { ExternalId } from '../../../src/service/external-id';
import { QualysCredentials } from '../../../src/service/qualys-credentials';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { appWithoutFlags, WEAK } from '../../support/synth/world';

/*
 * References between the stacks of a new app are weak: CloudFormation resolves them when it creates or updates the stack that reads, and `cdk deploy`
 * passes over a stack whose template is what it was. So whatever makes another name, ARN or ID has to show in each template that reads it, and
 * nothing else may.
 */
interface Said {
  readonly userName?: string;
  readonly userPath?: string;
  readonly secretName?: string;
  readonly roleName?: string;
  readonly rolePath?: string;
  readonly roleDescription?: string;
  readonly policyName?: string;
  readonly policyDescription?: string;
  readonly apiUserName?: string;
  readonly topicName?: string;
  readonly keyAlias?: string;
  readonly accountType?: AccountType;
  readonly title?: string;
  readonly rotatedEvery?: Duration;
}

const env = { account: '111111111111', region: 'us-east-1' };
const OWN = { apiUserName: 'qualys/api-user', title: 'Central Security' };

/** Each construct in a stack of its own, all in one account: what can be read by a reference is. */
function templates(given: Said, app = new App({ context: WEAK })): Record<string, string> {
  const said = { ...OWN, ...given };
  const stack = (id: string) => new Stack(app, id, { env });
  const secrets = stack('Secrets');
  const key = new Key(secrets, 'Key', { alias: said.keyAlias });
  const credentials = new Secret(secrets, 'ApiUser', { secretName: said.apiUserName, encryptionKey: key });
  const topic = new Topic(secrets, 'People', { topicName: said.topicName });
  const service = new ConnectorService({ platform: QualysPlatform.US_2, credentials: QualysCredentials.basic(credentials) });

  const policy = new AssumeRolePolicy(stack('Policies'), 'Policy', {
    roles: AssumableRoles.any(), managedPolicyName: said.policyName, description: said.policyDescription,
  });
  const user = new BaseAccountUser(stack('Users'), 'User', {
    userName: said.userName, path: said.userPath, secretName: said.secretName, roles: AssumableRoles.fromPolicy(policy),
  });
  new BaseAccountRegistration(stack('Entries'), 'Entry', { service, user, title: said.title, delivery: KeyDelivery.console({ notify: topic }) });
  const lookup = new QualysAccountLookup(stack('Lookups'), 'Lookup', { service, accountType: AccountType.GLOBAL });
  const role = new ConnectorRole(stack('Roles'), 'Role', {
    roleName: said.roleName,
    path: said.rolePath,
    description: said.roleDescription,
    trust: TrustPrincipal.anyOf(TrustPrincipal.ofUser(user), TrustPrincipal.qualysAccount({ accountId: lookup.accountId })),
    externalId: ExternalId.of('83172650944188230571'),
    permissions: ConnectorPermissions.assetInventory(),
  });
  new Connector(stack('Connectors'), 'Connector', { service, role, name: 'Production' });
  return Object.fromEntries(app.node.children.filter(Stack.isStack).map((one) => [one.node.id, JSON.stringify(Template.fromStack(one).toJSON())]));
}

function different(one: Record<string, string>, other: Record<string, string>): string[] {
  return Object.keys(one).filter((id) => one[id] !== other[id]);
}

const NAMED: Said = { userName: 'qualys', secretName: 'qualys/key', roleName: 'QualysConnector', policyName: 'qualys', topicName: 'people' };

test('it is made with weak references: without names all of them are', () => {
  const weak = Object.entries(templates({})).filter(([, text]) => text.includes('Fn::GetStackOutput')).map(([id]) => id);
  expect(weak).toEqual(['Users', 'Entries', 'Lookups', 'Roles', 'Connectors']);
  expect(JSON.stringify(templates({}))).not.toMatch(/Fn::ImportValue|"Export"/);
});

describe.each<[string, Said]>([['nothing named', {}], ['all named', NAMED]])('with %s', (_, before) => {
  let deployed: Record<string, string>;
  beforeAll(() => { deployed = templates(before); });

  test.each<[string, Said, string[]]>([
    ['nothing', {}, []],
    ['the user is named, or named in another way', { userName: 'other' }, ['Users', 'Entries', 'Roles']],
    ['the user gets another path', { userPath: '/security/' }, ['Users', 'Entries', 'Roles']],
    ['the secret is named, or named in another way', { secretName: 'other' }, ['Users', 'Entries']],
    ['the role is named, or named in another way', { roleName: 'Other' }, ['Roles', 'Connectors']],
    ['the role gets another path', { rolePath: '/security/' }, ['Roles', 'Connectors']],
    ['the role gets another description, which replaces nothing', { roleDescription: 'Other.' }, ['Roles']],
    ['the policy is named, or named in another way', { policyName: 'other' }, ['Policies', 'Users']],
    ['the policy gets another description, which replaces it', { policyDescription: 'Other.' }, ['Policies', 'Users']],
    ['the secret with the credentials is named in another way', { apiUserName: 'other' }, ['Secrets', 'Entries', 'Lookups', 'Roles', 'Connectors']],
    ['the topic is named, or named in another way', { topicName: 'other' }, ['Secrets', 'Entries']],
    ['the key gets an alias, which replaces nothing', { keyAlias: 'alias/other' }, ['Secrets']],
    ['the entry gets another title', { title: 'Other' }, ['Entries']],
  ])('where %s, these stacks are deployed and no others', (__, change, expected) => {
    expect(different(deployed, templates({ ...before, ...change }))).toEqual(expected);
  });
});

test('where references are strong, nothing is added to a template: CloudFormation itself refuses such a change', () => {
  const strong = JSON.stringify(templates({}, appWithoutFlags()));
  expect(strong).toContain('Fn::ImportValue');
  expect(strong).not.toMatch(/Fn::GetStackOutput|"References"|cdk-qualys-connectors:References/);
});
