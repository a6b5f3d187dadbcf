import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { AssumeRolePolicy } from '../../../src/base-account/assume-role-policy';
import { BaseAccount } from '../../../src/base-account/base-account';
import { BaseAccountAlarms } from '../../../src/base-account/base-account-alarms';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { Connector } from '../../../src/connector/connector';
import { ConnectorVerification } from '../../../src/connector/connector-verification';
import { QualysAccountLookup } from '../../../src/connector/qualys-account-lookup';
import { ConnectorFleet } from '../../../src/fleet/connector-fleet';
import { ConnectorFleetAlarms } from '../../../src/fleet/connector-fleet-alarms';
import { ConnectorRoleStackSet } from '../../../src/fleet/connector-role-stack-set';
import { ConnectorAlarms } from '../../../src/monitoring/connector-alarms';
import { ConnectorMonitoring } from '../../../src/monitoring/connector-monitoring';
import { ConnectedAccounts } from '../../../src/role/connected-accounts';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { importedRole } from '../../support/apps/connectors';
import { BASE, Changes, everything } from '../../support/apps/everything';
import { newService } from '../../support/synth/synth';

/*
 * A changed logical ID makes CloudFormation create a second resource and remove the first: a new user whom no role
 * trusts, a lost key, a registration that is taken away. So these are part of the library's contract: add to the lists,
 * change nothing in them.
 */
function idsOf(build: (stack: Stack) => void): Record<string, string> {
  const stack = new Stack(new App(), 'Stack');
  build(stack);
  const { Resources, Outputs = {} } = Template.fromStack(stack).toJSON();
  const resources = Object.entries<any>(Resources).map(([id, { Type }]) => [id, Type]);
  return Object.fromEntries([...resources, ...Object.keys(Outputs).map((id) => [id, 'Output'])]);
}

test('of a base account (fault 68)', () => {
  expect(idsOf((stack) => {
    new BaseAccount(stack, 'BaseAccount', { service: newService(stack), title: 'Central Security', roles: AssumableRoles.named('QualysConnector') });
  })).toEqual({
    BaseAccountRegistration7B9AACB2: 'Custom::QualysBaseAccount',
    BaseAccountRegistrationAccessA74D9DDD: 'AWS::IAM::ManagedPolicy',
    BaseAccountRegistrationFunction19CE2A85: 'AWS::Lambda::Function',
    BaseAccountRegistrationFunctionExecutionA627654C: 'AWS::IAM::ManagedPolicy',
    BaseAccountRegistrationFunctionLogGroupCAE547E6: 'AWS::Logs::LogGroup',
    BaseAccountRegistrationFunctionRoleE2F00C5F: 'AWS::IAM::Role',
    BaseAccountRegistrationNextStepDE79462F: 'Output',
    BaseAccountRegistrationRotationAccessDAEF1023: 'AWS::IAM::ManagedPolicy',
    BaseAccountRegistrationRotationDailyRun08367697: 'AWS::Events::Rule',
    BaseAccountRegistrationRotationDailyRunInvocation86F50824: 'AWS::Lambda::Permission',
    BaseAccountRegistrationRotationInvocation6B60B8EE: 'AWS::Lambda::Permission',
    BaseAccountRegistrationRotationSchedule8005A32E: 'AWS::SecretsManager::RotationSchedule',
    BaseAccountUser8DE9B622: 'AWS::IAM::User',
    BaseAccountUserAccess8201DFDC: 'AWS::IAM::ManagedPolicy',
    BaseAccountUserFunction1F5D1764: 'AWS::Lambda::Function',
    BaseAccountUserFunctionExecutionA76417CF: 'AWS::IAM::ManagedPolicy',
    BaseAccountUserFunctionLogGroupC9340B55: 'AWS::Logs::LogGroup',
    BaseAccountUserFunctionRoleED9AC2F5: 'AWS::IAM::Role',
    BaseAccountUserGroup459FB76E: 'AWS::IAM::Group',
    BaseAccountUserKey98626C3B: 'Custom::QualysAccessKey',
    BaseAccountUserPolicy7BD7BA97: 'AWS::IAM::ManagedPolicy',
    BaseAccountUserSecretA46BB264: 'AWS::SecretsManager::Secret',
    ConfirmCommand: 'Output',
  });
});

test('of the daily run that looks for a key which a person enters, where nothing is rotated (fault 68)', () => {
  const ids = idsOf((stack) => {
    new BaseAccount(stack, 'BaseAccount', {
      service: newService(stack), title: 'Central Security', roles: AssumableRoles.named('QualysConnector'), rotation: KeyRotation.disabled(),
    });
  });
  expect(Object.keys(ids).filter((id) => id.includes('DailyRun'))).toEqual(['BaseAccountRegistrationDailyRunFF03261B', 'BaseAccountRegistrationDailyRunInvocation217F84F4']);
});

test('of its alarms (fault 68)', () => {
  const ids = idsOf((stack) => {
    const { registration } = new BaseAccount(stack, 'BaseAccount', {
      service: newService(stack), title: 'Central Security', roles: AssumableRoles.named('QualysConnector'),
    });
    new BaseAccountAlarms(stack, 'Alarms', { registration });
  });
  expect(Object.fromEntries(Object.entries(ids).filter(([id]) => id.startsWith('Alarms')))).toEqual({
    AlarmsAwaitingConsoleE7410DE2: 'AWS::CloudWatch::Alarm',
    AlarmsForeignKeys9C548A0F: 'AWS::CloudWatch::Alarm',
    AlarmsHeartbeatMissing59792D32: 'AWS::CloudWatch::Alarm',
    AlarmsKeyAge5E57060C: 'AWS::CloudWatch::Alarm',
    AlarmsOldKeyInUse38708EAB: 'AWS::CloudWatch::Alarm',
    AlarmsRotationFailed170B770E: 'AWS::CloudWatch::Alarm',
  });
});

test('of a policy of its own (fault 68)', () => {
  expect(idsOf((stack) => { new AssumeRolePolicy(stack, 'Policy', { roles: AssumableRoles.named('QualysConnector') }); })).toEqual({
    Policy23B91518: 'AWS::IAM::ManagedPolicy',
  });
});

test('of a connector role (fault 68)', () => {
  expect(idsOf((stack) => {
    new ConnectorRole(stack, 'ConnectorRole', {
      trust: TrustPrincipal.baseAccount('111122223333'),
      externalId: ExternalId.of('83172650944188230571'),
      permissions: ConnectorPermissions.securityPosture(),
    });
  })).toEqual({
    ConnectorRole66C77A94: 'AWS::IAM::Role',
    ConnectorRolePermissions320A9402: 'AWS::IAM::ManagedPolicy',
  });
});

test('of a stack set, and of what is in its template (fault 68)', () => {
  let set!: ConnectorRoleStackSet;
  expect(idsOf((stack) => {
    set = new ConnectorRoleStackSet(stack, 'Roles', {
      organizationalUnits: ['ou-ab12-c3d4e5f6'],
      roleName: 'QualysConnector',
      trust: TrustPrincipal.baseAccount('111122223333'),
      externalId: ExternalId.perAccount('83172650944188230571'),
      permissions: ConnectorPermissions.securityPosture(),
    });
  })).toEqual({ RolesC9329EF2: 'AWS::CloudFormation::StackSet' });
  expect(Object.keys(JSON.parse(readFileSync(join((set.node.root as App).synth().directory, set.templateFile), 'utf8')).Resources)).toEqual(['ConnectorRolePermissions320A9402', 'ConnectorRole66C77A94']);
});

test('of the security group that a function in a VPC gets (fault 68)', () => {
  expect(idsOf((stack) => { everything(stack); })).toMatchObject({ BaseAccountRegistrationFunctionSecurityGroupD27A76E7: 'AWS::EC2::SecurityGroup' });
});

test('they depend on nothing but the IDs in code: not on stack, stage, environment, flags or what is passed', () => {
  // The one policy that names its secret is the exception: it may come and go.
  const named = (id: string) => id.replace(/^(QualysConnectorAccess).*/, '$1');
  const ids = (stack: Stack, changes?: Changes) => Object.keys(Template.fromStack(everything(stack, changes)).toJSON().Resources).map(named).sort();
  const expected = ids(new Stack(new App(), 'Stack'));
  const context = JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8'));
  expect(ids(new Stack(new App({ context }), 'Other'))).toEqual(expected);
  expect(ids(new Stack(new Stage(new App(), 'Stage'), 'Stack', { env: { account: '111122223333', region: 'us-gov-west-1' } }))).toEqual(expected);
  expect(ids(new Stack(new App(), 'Stack'), { title: 'Other', trust: BASE, rotation: KeyRotation.every(Duration.days(7)) })).toEqual(expected);
});

test('of a connector and of a lookup (fault 68)', () => {
  expect(idsOf((stack) => {
    const service = newService(stack);
    new Connector(stack, 'Connector', { service, name: 'Production', role: importedRole(stack), verify: ConnectorVerification.warn() });
    new QualysAccountLookup(stack, 'Lookup', { service });
  })).toEqual({
    ConfirmCommand: 'Output',
    ConnectorC537A2FB: 'Custom::QualysConnector',
    LookupC0159C21: 'Custom::QualysAccountLookup',
    // This one names the secret, so that another secret gets another policy.
    QualysConnectorAccesse8c71619ec4ca53e67D1E119: 'AWS::IAM::ManagedPolicy',
    QualysConnectorFunction4F3439E8: 'AWS::Lambda::Function',
    QualysConnectorFunctionExecution55D65B20: 'AWS::IAM::ManagedPolicy',
    QualysConnectorFunctionLogGroup421E1145: 'AWS::Logs::LogGroup',
    QualysConnectorFunctionRole5A31E55E: 'AWS::IAM::Role',
    // This one names the platform.
    QualysConnectorNotesqualysapiqg2appsqualyscom52FB2BF0: 'AWS::IAM::ManagedPolicy',
  });
});

test('of the monitoring of connectors and of its alarms (fault 68)', () => {
  const ids = idsOf((stack) => {
    const service = newService(stack);
    const { registration } = new BaseAccount(stack, 'BaseAccount', { service, title: 'Central Security', roles: AssumableRoles.named('QualysConnector') });
    new ConnectorAlarms(stack, 'Alarms', { monitoring: new ConnectorMonitoring(stack, 'Monitoring', { service, registration }) });
  });
  expect(Object.fromEntries(Object.entries(ids).filter(([id]) => /^(Alarms|Monitoring)/.test(id)))).toEqual({
    AlarmsBaseAccountMissingC6E5B4B6: 'AWS::CloudWatch::Alarm',
    AlarmsFailing995DFAD0: 'AWS::CloudWatch::Alarm',
    AlarmsHeartbeatMissing59792D32: 'AWS::CloudWatch::Alarm',
    AlarmsMissingEA0F4D9D: 'AWS::CloudWatch::Alarm',
    MonitoringAccess333BF294: 'AWS::IAM::ManagedPolicy',
    MonitoringScheduleE71E88BB: 'AWS::Events::Rule',
    MonitoringScheduleInvocation645BFFF2: 'AWS::Lambda::Permission',
  });
});

test('of a fleet and of its alarms (fault 68)', () => {
  expect(idsOf((stack) => {
    const accounts = [ConnectedAccounts.fromStackSet('Roles', { roleName: 'QualysConnector', externalId: ExternalId.perAccount('83172650944188230571') })];
    new ConnectorFleetAlarms(stack, 'Alarms', { fleet: new ConnectorFleet(stack, 'Fleet', { service: newService(stack), accounts }) });
  })).toEqual({
    AlarmsHeartbeatMissing59792D32: 'AWS::CloudWatch::Alarm',
    AlarmsProblems99335A71: 'AWS::CloudWatch::Alarm',
    AlarmsStoppedDC479BBF: 'AWS::CloudWatch::Alarm',
    AlarmsWaitingCECCD6D9: 'AWS::CloudWatch::Alarm',
    ConfirmCommand: 'Output',
    Fleet30813DF3: 'Custom::QualysConnectorFleet',
    FleetAccessBCCE0D1E: 'AWS::IAM::ManagedPolicy',
    FleetFunction89C016C9: 'AWS::Lambda::Function',
    FleetFunctionExecution70D0E9D9: 'AWS::IAM::ManagedPolicy',
    FleetFunctionLogGroup9FAC8DD7: 'AWS::Logs::LogGroup',
    FleetFunctionRoleDDAB5769: 'AWS::IAM::Role',
    FleetInvocation1B043AF4: 'AWS::Lambda::Permission',
    FleetSchedule33ABD334: 'AWS::Events::Rule',
    FleetTable4A611C9B: 'AWS::DynamoDB::Table',
  });
});

test('of the trust of a role that exists already (fault 68)', () => {
  expect(idsOf((stack) => {
    new ConnectorRoleTrust(stack, 'Trust', {
      roleName: 'QualysCSPMReadOnlyRole',
      trust: TrustPrincipal.baseAccount('111122223333'),
      externalId: ExternalId.of('83172650944188230571'),
    });
  })).toEqual({
    ConfirmCommand: 'Output',
    Trust4DE8AA96: 'Custom::QualysRoleTrust',
    TrustAccessA6F63F8F: 'AWS::IAM::ManagedPolicy',
    TrustFunction2963B462: 'AWS::Lambda::Function',
    TrustFunctionExecution7E5A8CF6: 'AWS::IAM::ManagedPolicy',
    TrustFunctionLogGroupE6FD5DC6: 'AWS::Logs::LogGroup',
    TrustFunctionRole4AA7F341: 'AWS::IAM::Role',
  });
});
