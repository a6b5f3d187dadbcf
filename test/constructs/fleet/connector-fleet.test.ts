import { App, Duration, Stack, Stage, Token } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount } from '../../../src/base-account/base-account';
import { ActivationModule } from '../../../src/connector/activation-module';
import { AssetTag } from '../../../src/connector/asset-tag';
import { Connector } from '../../../src/connector/connector';
import { AccountRemovalPolicy } from '../../../src/fleet/account-removal-policy';
import { ConnectorFleet } from '../../../src/fleet/connector-fleet';
import { ConnectorFleetAlarms } from '../../../src/fleet/connector-fleet-alarms';
import { ConnectorFleetProps } from '../../../src/fleet/connector-fleet-props';
import { ConnectorNaming } from '../../../src/fleet/connector-naming';
import { ConnectedAccounts } from '../../../src/role/connected-accounts';
import { ConnectorRole } from '../../../src/role/connector-role';
import { AccountType } from '../../../src/service/account-type';
import { ConnectorModule } from '../../../src/service/connector-module';
import { ConnectorService } from '../../../src/service/connector-service';
import { ExternalId } from '../../../src/service/external-id';
import { QualysCredentials } from '../../../src/service/qualys-credentials';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { hashed } from '../../../src/wire/pins';
import { newService, newStack, Synth } from '../../support/synth/synth';
import { warningsOf } from '../../support/synth/warnings';
import { rights } from '../../support/synth/world';

const role = { roleName: 'QualysConnector', externalId: ExternalId.perAccount('40952281773650912864') };
const UNIT = 'ou-ab12-c3d4e5f6';
const ONE = '001122334455';
const ofSet = () => ConnectedAccounts.fromStackSet('Roles', role);
const ofUnits = (...units: string[]) => ConnectedAccounts.fromOrganizationalUnits(units.length > 0 ? units : [UNIT], role);
const ofList = (...ids: string[]) => ConnectedAccounts.fromAccountIds(ids.length > 0 ? ids : [ONE], role);

function fleetIn(stack: Stack, props: Partial<ConnectorFleetProps> = {}, id = 'Fleet'): ConnectorFleet {
  return new ConnectorFleet(stack, id, { service: newService(stack), accounts: [ofSet()], ...props });
}

function synth(props: Partial<ConnectorFleetProps> = {}, region?: string): Synth {
  const stack = newStack(region);
  fleetIn(stack, props);
  return new Synth(stack);
}

describe('the template', () => {
  test('has nine resources, of kinds that the library has already but the table, and few bytes', () => {
    const made = synth();
    expect(made.names().map((name) => [name, made.resource(name).Type])).toEqual([
      ['Fleet', 'Custom::QualysConnectorFleet'],
      ['FleetAccess', 'AWS::IAM::ManagedPolicy'],
      ['FleetFunction', 'AWS::Lambda::Function'],
      ['FleetFunctionExecution', 'AWS::IAM::ManagedPolicy'],
      ['FleetFunctionLogGroup', 'AWS::Logs::LogGroup'],
      ['FleetFunctionRole', 'AWS::IAM::Role'],
      ['FleetInvocation', 'AWS::Lambda::Permission'],
      ['FleetSchedule', 'AWS::Events::Rule'],
      ['FleetTable', 'AWS::DynamoDB::Table'],
    ]);
    const resources = Object.values(made.template.toJSON().Resources as Record<string, any>)
      .map(({ Metadata: _, ...resource }) => resource);
    // 950 of them say a second time, in the environment of the function, what it may be asked for.
    expect(JSON.stringify(resources).length).toBeLessThanOrEqual(5_500);
  });

  test('is the same for any number of accounts of units', () => {
    expect(JSON.stringify(synth({ accounts: [ofUnits()] }).template.toJSON()).length).toBeLessThan(16_000);
  });

  test('keeps the table, with recovery to any second, and pays for what is used', () => {
    const { Properties, DeletionPolicy, UpdateReplacePolicy } = synth().resource('FleetTable');
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    expect(Properties).toEqual({
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  test('runs every five minutes, once all is noted, and ends before the next run', () => {
    const made = synth();
    expect(made.properties('FleetSchedule')).toMatchObject({
      ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED', Targets: [{ Arn: '${FleetFunction.Arn}', Input: '{"Task":"FLEET_RUN"}' }],
    });
    expect(made.needs('FleetSchedule')).toContain('Fleet');
    expect(made.properties('FleetFunction').Timeout).toBe(270);
    expect(made.properties('FleetInvocation')).toEqual({
      Action: 'lambda:InvokeFunction', FunctionName: '${FleetFunction.Arn}', Principal: 'events.amazonaws.com', SourceArn: '${FleetSchedule.Arn}',
    });
  });

  test('says in the environment of the function what it may be asked for', () => {
    const { Variables } = synth({ accounts: [ofList()] }).properties('FleetFunction').Environment;
    expect(Variables).toMatchObject({ STACK: '${AWS::StackId}', TABLE: '${FleetTable}' });
    expect(JSON.parse(Variables.FLEET)).toMatchObject({
      Properties: { Sources: [{ Kind: 'LIST', AccountIds: [ONE] }], CallsPerHour: '240' }, LogicalId: expect.stringMatching(/^Fleet/), Name: 'Stack/Fleet',
    });
  });

  test('has a long list there by its hash, so that the environment has room', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => String(index).padStart(12, '0'));
    const made = synth({ accounts: [ofList(...ids)] });
    const { Sources } = made.properties('Fleet');
    expect(Sources[0].AccountIds).toHaveLength(1_000);
    const { FLEET } = made.properties('FleetFunction').Environment.Variables;
    expect(JSON.parse(FLEET).Properties.Sources).toBe(hashed(Sources));
    expect(FLEET.length).toBeLessThan(1_500);
  });
});

test('all of a connector\'s options cross the wire, with the defaults of a fleet', () => {
  expect(synth({ accounts: [ofUnits()] }).properties('Fleet')).toMatchObject({
    SchemaVersion: '1',
    AccountType: 'GLOBAL',
    Naming: { By: 'ACCOUNT_NAME', Prefix: 'aws-' },
    Modules: ['AI'],
    PollingMinutes: '240',
    AdoptExisting: 'false',
    OnAccountRemoval: { Action: 'DISABLE', AfterSeconds: '86400', MaxAtOnce: '20' },
    CallsPerHour: '240',
  });
  expect(synth({
    modules: [ConnectorModule.ASSET_INVENTORY, ConnectorModule.CLOUD_INVENTORY, ConnectorModule.SECURITY_ASSESSMENT],
    regions: ['us-east-1'],
    pollingInterval: Duration.hours(6),
    activationModules: [ActivationModule.VM],
    defaultTags: [AssetTag.id(7), AssetTag.named('Cloud')],
    remediation: false,
    perimeterScan: true,
    adoptExisting: true,
    naming: ConnectorNaming.byAccountId(''),
    onAccountRemoval: AccountRemovalPolicy.remove({ gracePeriod: Duration.hours(1), maxAtOnce: 3 }),
    callsPerHour: 12,
  }).properties('Fleet')).toMatchObject({
    Modules: ['AI', 'CI', 'CSA'],
    Regions: ['us-east-1'],
    PollingMinutes: '360',
    Activation: ['VM'],
    DefaultTags: [{ Id: '7' }, { Name: 'Cloud' }],
    Remediation: 'false',
    PerimeterScan: 'true',
    AdoptExisting: 'true',
    Naming: { By: 'ACCOUNT_ID', Prefix: '' },
    OnAccountRemoval: { Action: 'REMOVE', AfterSeconds: '3600', MaxAtOnce: '3' },
    CallsPerHour: '12',
  });
});

test('rights are exactly these: the credentials, the table, and finding the accounts; nothing in any of them', () => {
  const allow = (Action: string | string[], Resource: string) => ({ Effect: 'Allow', Action, Resource });
  const common = [
    allow('secretsmanager:GetSecretValue', 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:qualys/api-user-??????'),
    allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem', 'dynamodb:Scan'], '${FleetTable.Arn}'),
  ];
  const set = allow(['cloudformation:ListStackInstances', 'cloudformation:ListStackSetOperations'], 'arn:${AWS::Partition}:cloudformation:${AWS::Region}:*:stackset/Roles:*');
  expect(rights(synth({ accounts: [ofList()] }).statements('FleetAccess'))).toEqual(rights(common));
  expect(rights(synth({ accounts: [ofUnits()] }).statements('FleetAccess'))).toEqual(rights([...common, allow('organizations:ListAccounts', '*')]));
  expect(rights(synth().statements('FleetAccess'))).toEqual(rights([...common, set, allow(['organizations:ListAccounts', 'organizations:ListDelegatedAdministrators'], '*')]));
  expect(rights(synth({ accounts: [ofUnits(), ofUnits('r-ab12'), ofList()] }).statements('FleetAccess'))).toEqual(rights([...common, allow('organizations:ListAccounts', '*')]));
});

describe('encryptionKey', () => {
  const stack = newStack();
  fleetIn(stack, { encryptionKey: new Key(stack, 'Kms') });
  const made = new Synth(stack);

  test('encrypts the table, whose other settings stay', () => {
    const { SSESpecification, ...others } = made.properties('FleetTable');
    expect(SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: '${Kms.Arn}' });
    expect(others).toEqual(synth().properties('FleetTable'));
    expect(made.resource('FleetTable').DeletionPolicy).toBe('Retain');
  });

  test('may be used by the function through DynamoDB only, and its policy stays as it is', () => {
    expect(rights(made.statements('FleetAccess').filter(({ Action }: any) => String(Action).includes('kms:')))).toEqual(rights([{
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
      Resource: '${Kms.Arn}',
      Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.${AWS::Region}.amazonaws.com' } },
    }]));
    expect(made.properties('Kms').KeyPolicy.Statement).toHaveLength(1);
  });
});

describe('order', () => {
  test('the fleet comes after the base account of its type, and is deleted before it', () => {
    const stack = newStack();
    new BaseAccount(stack, 'BaseAccount', { service: newService(stack), title: 'Central', roles: AssumableRoles.named('QualysConnector') });
    fleetIn(stack);
    const needs = new Synth(stack).needs('Fleet');
    expect(needs).toEqual(expect.arrayContaining(['BaseAccountRegistration', 'BaseAccountUser', 'FleetAccess', 'FleetTable', 'FleetFunction']));
    expect(needs).not.toContain('FleetSchedule');
  });

  test('accounts bring what they wait for, and the apps that their role is for', () => {
    const stack = newStack();
    const needed = new Secret(stack, 'Needed');
    const accounts = ConnectedAccounts._of({
      kind: 'STACK_SET',
      stackSet: { name: 'Made', delegatedAdministrator: true },
      role: { name: 'QualysConnector', path: '/', externalId: role.externalId },
      modules: ['AI', 'CI', 'CSA'],
      needs: [needed],
    });
    fleetIn(stack, { accounts: [accounts] });
    const made = new Synth(stack);
    expect(made.needs('Fleet')).toContain('Needed');
    expect(made.properties('Fleet').Modules).toEqual(['AI', 'CI', 'CSA']);
  });
});

describe('bad input', () => {
  test.each<[string, Partial<ConnectorFleetProps>, string]>([
    ['no accounts', { accounts: [] }, 'accounts must name where the accounts come from, got an empty list'],
    ['accounts that are none', { accounts: undefined }, 'accounts must be a list of ConnectedAccounts, got undefined'],
    ['accounts of another kind', { accounts: [{} as ConnectedAccounts] }, 'accounts must hold ConnectedAccounts, got a value of type object'],
    ['accounts of another version', { accounts: [Object.assign(Object.create(ofSet()), { _contract: '2' })] }, 'come from another version of cdk-qualys-connectors'],
    ['11 calls', { callsPerHour: 11 }, 'callsPerHour must be a whole number from 12 to 10000 that is known at synth, got 11'],
    ['10,001 calls', { callsPerHour: 10_001 }, 'got 10001'],
    ['NaN calls', { callsPerHour: NaN }, 'got NaN'],
    ['1.5 calls', { callsPerHour: 1.5 }, 'got 1.5'],
    ['calls that are a token', { callsPerHour: Token.asNumber({ Ref: 'Calls' }) }, 'got a token'],
    ['China', { accountType: AccountType.CHINA }, 'accountType of Stack/Fleet must be GLOBAL or US_GOVCLOUD, got CHINA'],
    ['polling of half an hour', { pollingInterval: Duration.minutes(30) }, 'pollingInterval must be from 1 to 24 hours'],
    ['a region of another partition', { regions: ['cn-north-1'] }, 'regions must be regions of partition aws (accountType GLOBAL), as'],
    ['an account that is listed and left out', {
      accounts: [ofList(), ConnectedAccounts.fromOrganizationalUnits([UNIT], role, { excludeAccounts: [ONE] })],
    }, `account '${ONE}' is among accounts and among excludeAccounts, with the role /QualysConnector in both`],
  ])('%s', (_, props, message) => {
    expect(() => fleetIn(newStack(), props)).toThrow(message);
  });

  test.each<[string, () => unknown, string]>([
    ['maxAtOnce 0', () => AccountRemovalPolicy.disable({ maxAtOnce: 0 }), 'maxAtOnce must be a whole number from 1 to 100000, got 0'],
    ['maxAtOnce 1.5', () => AccountRemovalPolicy.remove({ maxAtOnce: 1.5 }), 'got 1.5'],
    ['a grace under an hour', () => AccountRemovalPolicy.disable({ gracePeriod: Duration.minutes(59) }), 'gracePeriod must be from 1 hour to 365 days, got 0.983 hours'],
    ['a grace that is a token', () => AccountRemovalPolicy.disable({ gracePeriod: Duration.hours(Token.asNumber({ Ref: 'Grace' })) }), 'gracePeriod must be known at synth, got a token'],
    ['a prefix with a line break', () => ConnectorNaming.byAccountName('a\nb'), 'prefix may only hold characters other than line breaks'],
    ['a prefix of 201 characters', () => ConnectorNaming.byAccountId('a'.repeat(201)), 'prefix must be 0 to 200 characters long, got 201'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test('a stack in another partition than the account type', () => {
    expect(() => fleetIn(newStack('us-gov-west-1'), { accountType: AccountType.GLOBAL })).toThrow('accountType GLOBAL is for partition aws, but Stack/Fleet is in region us-gov-west-1');
    expect(() => fleetIn(newStack('cn-north-1'))).toThrow('got CHINA');
  });

  test('one external ID for several listed accounts draws a warning, for one account it does not', () => {
    const warnings = (...ids: string[]) => {
      const stack = newStack();
      fleetIn(stack, { accounts: [ConnectedAccounts.fromAccountIds(ids, { ...role, externalId: ExternalId.of('40952281773650912864') })] });
      return warningsOf(stack).map(({ id }) => id);
    };
    expect(warnings(ONE)).toEqual([]);
    expect(warnings(ONE, '222222222222')).toEqual(['cdk-qualys-connectors:sameExternalId']);
  });
});

describe('one fleet for an account', () => {
  test.each<[string, () => ConnectedAccounts, () => ConnectedAccounts, string]>([
    ['stack set', ofSet, ofSet, 'the accounts of the stack set Roles'],
    ['unit', () => ofUnits(UNIT, 'ou-ab12-aaaaaaaa'), () => ofUnits('ou-ab12-bbbbbbbb', UNIT), `the accounts of ${UNIT} by the role QualysConnector`],
    ['account', () => ofList(ONE, '222222222222'), () => ofList('222222222222'), 'the role arn:aws:iam::222222222222:role/QualysConnector'],
  ])('two that take the same %s and role in one Stage are an error that names both', (_, first, second, what) => {
    const app = new App();
    const [one, other] = [new Stack(app, 'One'), new Stack(app, 'Other')];
    fleetIn(one, { accounts: [first()] });
    expect(() => fleetIn(other, { accounts: [second()] })).toThrow(`One/Fleet and Other/Fleet both connect ${what}, but one connector a role is enough`);
    const apart = new Stack(new Stage(app, 'Stage'), 'Other');
    expect(() => fleetIn(apart, { accounts: [second()] })).not.toThrow();
  });

  test('as is a connector of an account that a fleet lists, whichever comes first', () => {
    const connect = (stack: Stack) => new Connector(stack, 'Connector', {
      service: newService(stack),
      name: 'One',
      role: ConnectorRole.fromConnectorRoleAttributes(stack, 'Role', { roleArn: `arn:aws:iam::${ONE}:role/QualysConnector`, externalId: ExternalId.of('40952281773650912864') }),
    });
    const [first, second] = [newStack(), newStack()];
    fleetIn(first, { accounts: [ofList()] });
    expect(() => connect(first)).toThrow('Stack/Fleet and Stack/Connector both connect the role arn:aws:iam::001122334455:role/QualysConnector');
    connect(second);
    expect(() => fleetIn(second, { accounts: [ofList()] })).toThrow('Stack/Connector and Stack/Fleet both connect');
  });

  test('another role, another platform or other units are another matter', () => {
    const stack = newStack();
    fleetIn(stack, { accounts: [ofUnits()], callsPerHour: 12 }, 'One');
    fleetIn(stack, { accounts: [ConnectedAccounts.fromOrganizationalUnits([UNIT], { ...role, roleName: 'Other' })], callsPerHour: 12 }, 'Two');
    fleetIn(stack, { accounts: [ofUnits('ou-ab12-aaaaaaaa')], callsPerHour: 12 }, 'Three');
    const credentials = QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'Elsewhere', 'qualys/other'));
    fleetIn(stack, { accounts: [ofUnits()], service: new ConnectorService({ platform: QualysPlatform.EU_1, credentials }) }, 'Four');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('calls of fleets of one service and user that add up to more than a subscription has draw a warning', () => {
    const stack = newStack();
    fleetIn(stack, { accounts: [ofUnits()], callsPerHour: 200 }, 'One');
    fleetIn(stack, { accounts: [ofUnits('r-ab12')], callsPerHour: 101 }, 'Two');
    expect(warningsOf(stack)).toEqual([{
      construct: 'Stack/Two', id: 'cdk-qualys-connectors:sharesOfCalls', text: expect.stringContaining('may make 301 calls an hour together, but a subscription usually has 300'),
    }]);
  });
});

describe('metrics and alarms', () => {
  test('each metric by its name; another name is refused with the list', () => {
    const fleet = fleetIn(newStack('eu-central-1'));
    const { namespace, metricName, dimensions, period, statistic } = fleet.metric('Problems');
    expect([namespace, metricName, dimensions, period.toMinutes(), statistic])
      .toEqual(['CdkQualysConnectors', 'Problems', { Platform: 'qualysapi.qg2.apps.qualys.com', Fleet: 'Stack/Fleet' }, 15, 'Maximum']);
    const named = [
      fleet.metricConnected(), fleet.metricWaiting(), fleet.metricOldestWaiting(), fleet.metricProblems(), fleet.metricFailingConnectors(),
      fleet.metricMissingConnectors(), fleet.metricStopped(), fleet.metricHeartbeat(),
    ].map((metric) => metric.metricName);
    expect(named).toEqual(['Connected', 'Waiting', 'OldestWaiting', 'Problems', 'FailingConnectors', 'MissingConnectors', 'Stopped', 'Heartbeat']);
    expect(() => fleet.metric('KeyAge')).toThrow("metricName must be one of Connected, Waiting, OldestWaiting, Problems, FailingConnectors, MissingConnectors, Stopped, Heartbeat, got 'KeyAge'");
  });

  test('one alarm for each thing that can go wrong', () => {
    const stack = newStack();
    new ConnectorFleetAlarms(stack, 'Alarms', { fleet: fleetIn(stack) });
    const made = new Synth(stack);
    const alarm = (name: string) => {
      const { MetricName, Threshold, ComparisonOperator, EvaluationPeriods, TreatMissingData } = made.properties(`Alarms${name}`);
      return [MetricName, ComparisonOperator, Threshold, EvaluationPeriods, TreatMissingData];
    };
    expect(alarm('Stopped')).toEqual(['Stopped', 'GreaterThanThreshold', 0, 1, 'notBreaching']);
    expect(alarm('Problems')).toEqual(['Problems', 'GreaterThanThreshold', 0, 2, 'notBreaching']);
    expect(alarm('Waiting')).toEqual(['OldestWaiting', 'GreaterThanThreshold', 1, 1, 'notBreaching']);
    expect(alarm('HeartbeatMissing')).toEqual(['Heartbeat', 'LessThanThreshold', 1, 2, 'breaching']);
  });

  test('maxWait has to be some time', () => {
    const stack = newStack();
    const fleet = fleetIn(stack);
    expect(() => new ConnectorFleetAlarms(stack, 'Alarms', { fleet, maxWait: Duration.days(0) })).toThrow('maxWait must be longer than nothing');
  });
});
