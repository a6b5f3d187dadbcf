import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DeploymentType, StackSet, StackSetStack, StackSetTarget, StackSetTemplate } from 'cdk-stacksets';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { deployed, PLACES } from '../../support/synth/policies';

const BASE = { account: '111122223333', region: 'us-east-1' };

const PERMISSIONS: [string, ConnectorPermissions][] = [
  ['assetInventory', ConnectorPermissions.assetInventory()],
  ['assetInventoryWithAssessment', ConnectorPermissions.assetInventoryWithAssessment()],
  ['securityPosture', ConnectorPermissions.securityPosture({ extended: true })],
  ['organization', ConnectorPermissions.organization()],
];

function memberRole(scope: Stack, permissions: ConnectorPermissions, trust = TrustPrincipal.baseAccount(BASE.account, { userName: 'qualys' })): ConnectorRole {
  return new ConnectorRole(scope, 'ConnectorRole', {
    roleName: 'QualysConnector', trust, externalId: ExternalId.perAccount('8317265094418823'), permissions,
  });
}

function stackSet(admin: Stack): StackSetStack {
  const member = new StackSetStack(admin, 'Member');
  new StackSet(admin, 'StackSet', {
    target: StackSetTarget.fromOrganizationalUnits({ regions: ['us-east-1'], organizationalUnits: ['ou-a1b2-c3d4e5f6'] }),
    template: StackSetTemplate.fromStackSetStack(member),
    deploymentType: DeploymentType.serviceManaged({ delegatedAdmin: false }),
  });
  return member;
}

const json = (folder: string, name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

describe.each(PERMISSIONS)('a connector role with %s', (_, permissions) => {
  test('is IAM alone, and brings no asset: nothing to upload but its template', () => {
    const app = new App();
    const stack = new Stack(app, 'Member');
    memberRole(stack, permissions);
    const { directory, artifacts } = app.synth();

    const types = Object.values<any>(Template.fromStack(stack).toJSON().Resources).map(({ Type }) => Type);
    expect(new Set([...types, 'AWS::IAM::ManagedPolicy'])).toEqual(new Set(['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy']));
    const { files, dockerImages } = json(directory, 'Member.assets.json');
    expect(Object.values<any>(files).map(({ source }) => source.path)).toEqual(['Member.template.json']);
    expect(dockerImages).toEqual({});
    expect(artifacts.map(({ manifest: { type } }) => type).sort()).toEqual(['aws:cloudformation:stack', 'cdk:asset-manifest', 'cdk:tree']);
    expect(readdirSync(directory).filter((name) => name.startsWith('asset.'))).toEqual([]);
    expect(json(directory, 'manifest.json').missing).toBeUndefined();
  });

  test('goes into a StackSet without a bucket for assets', () => {
    const app = new App();
    const admin = new Stack(app, 'Admin', { env: BASE });
    const member = stackSet(admin);
    memberRole(member, permissions);
    const { directory } = app.synth();

    const template = json(directory, member.templateFile);
    expect(Object.keys(template).sort()).toEqual(['Resources']); // no parameter, rule or transform that a StackSet has to fill
    expect(JSON.stringify(template)).not.toContain('cdk-hnb659fds');
    const { files } = json(directory, 'Admin.assets.json');
    expect(Object.values<any>(files).map(({ source }) => source.path).sort()).toEqual(['Admin.template.json', member.templateFile].sort());
  });
});

test('in a StackSet each account has its own external ID, and trusts the base account in its own partition', () => {
  const app = new App();
  const admin = new Stack(app, 'Admin', { env: BASE });
  const user = new BaseAccountUser(admin, 'Base', { roles: AssumableRoles.named('QualysConnector'), userName: 'qualys' });
  const member = stackSet(admin);
  memberRole(member, ConnectorPermissions.securityPosture(), TrustPrincipal.ofUser(user));
  const template = json(app.synth().directory, member.templateFile);
  const [role] = Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
  expect(deployed(role.Properties.AssumeRolePolicyDocument.Statement, template, PLACES[0]!)).toEqual([{
    Sid: 'BaseAccount',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${BASE.account}:root` },
    Action: 'sts:AssumeRole',
    Condition: {
      StringEquals: { 'sts:ExternalId': `8317265094418823${PLACES[0]!.accountId}` },
      ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${BASE.account}:user/qualys` },
    },
  }]);
});

test('a StackSet cannot trust a user whose account only the deployment knows: each account would trust itself', () => {
  const admin = new Stack(new App(), 'Admin');
  const user = new BaseAccountUser(admin, 'Base', { roles: AssumableRoles.named('QualysConnector'), userName: 'qualys' });
  expect(() => memberRole(stackSet(admin), ConnectorPermissions.securityPosture(), TrustPrincipal.ofUser(user)))
    .toThrow("the account of the BaseAccountUser must be known, because Admin/Member/ConnectorRole trusts it from stack Admin/Member, which may go to other accounts: set env.account on the user's stack");
});
