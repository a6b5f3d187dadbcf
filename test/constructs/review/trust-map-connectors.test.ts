import { App, Stack } from 'aws-cdk-lib';
import { Connector } from '../../../src/connector/connector';
import { TrustMap } from '../../../src/review/trust-map';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { mapOfTrust, statement } from '../../support/review/assemblies';
import { newService } from '../../support/synth/synth';

/* A connector that presents another external ID than its role asks for is told before its run fails. */

const MEMBER = '222233334444';
const region = 'us-east-1';
const perAccount = ExternalId.perAccount('8317265094418823');
const other = ExternalId.of('73190284655110493827');

interface Given {
  readonly asked?: ExternalId;
  readonly presented?: ExternalId;
  readonly trust?: TrustPrincipal;
  readonly account?: string;
}

/** An app with a role, and a connector that takes it as one from elsewhere. */
function mapOfConnector({ asked = perAccount, presented = perAccount, trust = TrustPrincipal.qualysAccount(), account = MEMBER }: Given): TrustMap {
  const app = new App();
  new ConnectorRole(new Stack(app, 'Member', { env: { account: MEMBER, region } }), 'Role', {
    roleName: 'QualysConnector', path: '/security/', trust, externalId: asked, permissions: ConnectorPermissions.assetInventory(),
  });
  connect(app, presented, `arn:aws:iam::${account}:role/security/QualysConnector`);
  return TrustMap.fromStage(app);
}

function connect(app: App, externalId: ExternalId, roleArn: string): void {
  const stack = new Stack(app, 'Central', { env: { account: '111111111111', region } });
  const role = ConnectorRole.fromConnectorRoleAttributes(stack, 'Role', { roleArn, externalId });
  new Connector(stack, 'Connector', { service: newService(stack), role, name: 'Production' });
}

const SAYS = `QualysConnector in ${MEMBER}: the connector Production presents another external ID and cannot get in`;

test('another external ID is to look at, and stands on every page', () => {
  const map = mapOfConnector({ presented: other });
  expect(map.findings).toEqual([SAYS]);
  expect(map.toMarkdown()).toContain('| `QualysConnector`<br/>**the connector Production cannot get in** |');
  expect(map.toMarkdown()).toMatch(/g0\["QualysConnector<br\/>222233334444<br\/>external ID [^<]+<br\/>the connector Production cannot get in"\]:::flawed/);
  expect(map.toHtml()).toContain('<p class="flaw">the connector Production cannot get in</p>');
  expect(map.toHtml()).toContain('class="red">the connector Production cannot get in</text>');
  expect(JSON.parse(map.toJson()).roles[0].shutOut).toEqual(['Production']);
});

test.each<[string, Given]>([
  ['the same for the account', {}],
  ['the same text', { asked: other, presented: other }],
  ['that of another account\'s role', { presented: other, account: '333344445555' }],
])('%s is not', (_what, given) => {
  expect(mapOfConnector(given).findings).toEqual([]);
});

test('with two callers it is one that no way lets in', () => {
  const trust = TrustPrincipal.anyOf(TrustPrincipal.qualysAccount(), TrustPrincipal.baseAccount('111111111111', { userName: 'qualys' }));
  expect(mapOfConnector({ trust }).findings).toEqual([]);
  expect(mapOfConnector({ trust, presented: other }).findings).toEqual([SAYS]);
});

test('a role whose trust is edited here counts as well; one of unknown external ID does not', () => {
  const edited = (externalId: ExternalId) => {
    const app = new App();
    new ConnectorRoleTrust(new Stack(app, 'Member', { env: { account: MEMBER, region } }), 'Trust', { roleName: 'QualysConnector', trust: TrustPrincipal.qualysAccount(), externalId });
    connect(app, other, `arn:aws:iam::${MEMBER}:role/QualysConnector`);
    return TrustMap.fromStage(app).findings;
  };
  expect(edited(perAccount)).toEqual([SAYS]);
  expect(edited(other)).toEqual([]);
});

/** A connector beside a role of this trust, as templates have them. */
function findingsOf(statements: object[], externalId: unknown): string[] {
  const connector = { Type: 'Custom::QualysConnector', Properties: { RoleArn: { 'Fn::GetAtt': ['ConnectorRole66C77A94', 'Arn'] }, ExternalId: externalId, Name: 'Production' } };
  return mapOfTrust({ Statement: statements }, { Parameters: { Id: { Type: 'String' } }, Resources: { Connector: connector } }).findings;
}

test('one way that lets it in is enough', () => {
  const ways = [statement(), statement({ Sid: 'BaseAccount', Principal: { AWS: 'arn:aws:iam::111111111111:user/qualys' }, Condition: { StringEquals: { 'sts:ExternalId': ['first', 'second'] } } })];
  expect(findingsOf(ways, 'second')).toEqual([]);
  expect(findingsOf(ways, 'third')).toEqual([SAYS]);
});

test.each<[string, object[], unknown]>([
  ['that the role asks for', [statement({ Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'Id' } } } })], 'some-id'],
  ['that the connector presents', [statement()], { Ref: 'Id' }],
])('an external ID %s and only the deployment knows is no other', (_what, statements, externalId) => {
  expect(findingsOf(statements, externalId)).toEqual([]);
});
