import { App, CfnParameter, Duration, NestedStack, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount } from '../../../src/base-account/base-account';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { ConnectorAlarms } from '../../../src/monitoring/connector-alarms';
import { ConnectorMonitoring } from '../../../src/monitoring/connector-monitoring';
import { ConnectorMonitoringProps } from '../../../src/monitoring/connector-monitoring-props';
import { AccountType } from '../../../src/service/account-type';
import { ConnectorService } from '../../../src/service/connector-service';
import { QualysCredentials } from '../../../src/service/qualys-credentials';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { connect } from '../../support/apps/connectors';
import { difference } from '../../support/synth/difference';
import { newService, newStack, plain, Synth } from '../../support/synth/synth';
import { Deployable, replacements } from '../../support/upgrades/replacements';

const roleIn = (account: number, partition = 'aws') => `arn:${partition}:iam::${String(account).padStart(12, '0')}:role/QualysConnector`;

const monitor = (stack: Stack, props: Partial<ConnectorMonitoringProps> = {}, id = 'Monitoring') => new ConnectorMonitoring(stack, id, { service: newService(stack), ...props });

const baseAccount = (stack: Stack, rotation?: KeyRotation, platform?: QualysPlatform) => new BaseAccount(stack, 'Base', {
  service: newService(stack, platform), title: 'Central Security', roles: AssumableRoles.named('QualysConnector'), rotation,
}).registration;

function monitored(props?: Partial<ConnectorMonitoringProps>): Synth {
  const stack = newStack();
  connect(stack);
  monitor(stack, props);
  return new Synth(stack);
}

const environment = (synth: Synth) => synth.properties('QualysConnectorFunction').Environment.Variables;

test('a rule, its right to call the function of the connectors, and one right more on one ARN', () => {
  const stack = newStack();
  connect(stack);
  const before = new Synth(stack).names();
  const synth = monitored();
  expect(synth.names().filter((name) => !before.includes(name))).toEqual(['MonitoringAccess', 'MonitoringSchedule', 'MonitoringScheduleInvocation']);
  expect(synth.properties('MonitoringSchedule')).toEqual({
    Description: 'Check of Qualys connectors (Global).',
    ScheduleExpression: 'rate(4 hours)',
    State: 'ENABLED',
    Targets: [{ Id: 'Function', Arn: '${QualysConnectorFunction.Arn}', Input: '{"Task":"MONITOR","ApiServer":"https://qualysapi.qg2.apps.qualys.com","AccountType":"GLOBAL"}' }],
  });
  expect(synth.properties('MonitoringScheduleInvocation')).toEqual({
    Action: 'lambda:InvokeFunction', FunctionName: '${QualysConnectorFunction.Arn}', Principal: 'events.amazonaws.com', SourceArn: '${MonitoringSchedule.Arn}',
  });
  expect(synth.statements('MonitoringAccess')).toEqual([{ Action: 'cloudformation:ListStackResources', Effect: 'Allow', Resource: '${AWS::StackId}' }]);
  expect(synth.needs('MonitoringSchedule')).toEqual(expect.arrayContaining(['MonitoringAccess', 'QualysConnectorFunction', 'QualysConnectorFunctionExecution']));
});

test('what may be asked for stands in the environment of the function', () => {
  expect(JSON.parse(environment(monitored()).MONITORED)).toEqual([
    { Service: '0', AccountType: 'GLOBAL' },
  ]);
  const stack = newStack();
  connect(stack);
  expect(environment(new Synth(stack))).not.toHaveProperty('MONITORED');
});

describe('an upgrade', () => {
  const app = (more: (stack: Stack, registration: BaseAccountRegistration) => void) => {
    const stack = newStack();
    for (let account = 1; account <= 10; account++) connect(stack, { roleArn: roleIn(account) }, `Connector${account}`);
    more(stack, baseAccount(stack));
    return Template.fromStack(stack).toJSON() as Deployable;
  };

  test.each([
    ['without the base account', 7, 4_500],
    ['with it', 8, 5_600],
  ])('that brings monitoring, alarms and a dashboard, %s, takes %d resources and less than %d bytes; nothing is replaced, and one variable of the function changes', (what, resources, bytes) => {
    const before = app(() => {});
    const after = app((stack, registration) => {
      const monitoring = monitor(stack, { registration: what === 'with it' ? registration : undefined });
      const alarms = new ConnectorAlarms(stack, 'ConnectorAlarms', { monitoring });
      new Dashboard(stack, 'Dashboard', { widgets: [monitoring.widgets(), alarms.widgets()] });
    });
    expect(replacements(before, after)).toEqual([]);
    const changed = Object.keys(difference(before.Resources, after.Resources)).filter((path) => path.split('.')[0]! in before.Resources);
    expect(changed).toEqual([expect.stringMatching(/^QualysConnectorFunction\w+\.Properties\.Environment\.Variables\.MONITORED$/)]);
    expect(Object.keys(after.Resources).length - Object.keys(before.Resources).length).toBe(resources);
    expect(JSON.stringify(after).length - JSON.stringify(before).length).toBeLessThan(bytes);
  });
});

describe('the interval', () => {
  test.each([[Duration.hours(1), 'rate(1 hour)'], [Duration.minutes(90), 'rate(90 minutes)'], [Duration.days(1), 'rate(1 day)'], [Duration.hours(24), 'rate(1 day)']])('%s', (interval, expression) => {
    expect(monitored({ interval }).properties('MonitoringSchedule').ScheduleExpression).toBe(expression);
  });

  test.each([[Duration.minutes(59), '59'], [Duration.seconds(90), '1.5'], [Duration.hours(25), '1500'], [Duration.seconds(5_401), '90.017'], [Duration.days(0), '0']])('%s is refused', (interval, got) => {
    expect(() => monitored({ interval })).toThrow(`interval must be from 1 hour to 1 day in whole minutes, got ${got} minutes: use Duration.hours() with 1 to 24`);
  });

  test('must not be a token: periods of metrics are numbers', () => {
    expect(() => monitored({ interval: Duration.hours(Token.asNumber({ Ref: 'Hours' })) })).toThrow('interval must be known at synth, got a token');
  });
});

describe('the registration', () => {
  const accountOf = (synth: Synth) => JSON.parse(environment(synth).MONITORED)[0].BaseAccountId;

  test('is that of the account in which it stands, known or not', () => {
    for (const [region, expected] of [[undefined, '${AWS::AccountId}'], ['us-east-1', '111122223333']] as const) {
      const stack = newStack(region);
      monitor(stack, { registration: baseAccount(stack) });
      expect(accountOf(new Synth(stack))).toBe(expected);
    }
  });

  test('may stand in another region and in another account: nothing of it is referenced', () => {
    const app = new App();
    const home = new Stack(app, 'Home', { env: { account: '444455556666', region: 'eu-west-1' } });
    const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'us-east-1' } });
    monitor(stack, { registration: baseAccount(home) });
    expect(accountOf(new Synth(stack))).toBe('444455556666');
    expect(Template.fromStack(home).toJSON().Outputs ?? {}).not.toHaveProperty('Export');
  });

  test('may be that of another app', () => {
    const stack = newStack('us-east-1');
    const registration = BaseAccountRegistration.fromBaseAccountRegistrationAttributes(stack, 'Entry', { platform: QualysPlatform.US_2, accountType: AccountType.GLOBAL });
    monitor(stack, { registration });
    expect(accountOf(new Synth(stack))).toBe('111122223333');
  });

  test('needs no rotation', () => {
    const stack = newStack();
    const registration = baseAccount(stack, KeyRotation.disabled());
    new ConnectorAlarms(stack, 'Alarms', { monitoring: monitor(stack, { registration }) });
    expect(new Synth(stack).names()).toContain('AlarmsBaseAccountMissing');
    Annotations.fromStack(stack).hasNoWarning('*', '*');
  });

  test('on another platform is refused', () => {
    const stack = newStack();
    expect(() => monitor(stack, { registration: baseAccount(stack, undefined, QualysPlatform.EU_1) }))
      .toThrow('registration must be on the platform of service, https://qualysapi.qg2.apps.qualys.com, got Stack/Base/Registration on https://qualysapi.qualys.eu: give the service of that registration');
  });

  test('of another account type is refused', () => {
    const stack = newStack();
    expect(() => monitor(stack, { registration: baseAccount(stack), accountType: AccountType.US_GOVCLOUD }))
      .toThrow('registration must be of accountType US_GOVCLOUD, got Stack/Base/Registration of GLOBAL: leave accountType out, or give the registration of that type');
  });
});

describe('the account type', () => {
  test.each([['us-east-1', 'GLOBAL'], ['us-gov-west-1', 'US_GOVCLOUD'], [undefined, 'GLOBAL']])('in %s is %s unless given', (region, name) => {
    expect(monitor(newStack(region)).accountType.name).toBe(name);
  });

  test('may be another one than that of the region: one account holds the credentials for all of them', () => {
    expect(() => monitor(newStack('us-east-1'), { accountType: AccountType.US_GOVCLOUD })).not.toThrow();
  });

  test('China needs CloudView', () => {
    const stack = newStack('us-east-1');
    expect(() => monitor(stack, { service: newService(stack, QualysPlatform.custom({ apiServer: 'https://qualysapi.private.example' })), accountType: AccountType.CHINA }))
      .toThrow('platformUrl or gateway of QualysPlatform.custom() must be set for accountType CHINA');
    expect(() => monitor(newStack(), { accountType: AccountType.CHINA })).not.toThrow();
  });
});

describe('more than one', () => {
  test('of a platform and type in a stack is refused', () => {
    const stack = newStack();
    monitor(stack, {}, 'One');
    expect(() => monitor(stack, {}, 'Two')).toThrow('Stack/One and Stack/Two both check the connectors of type GLOBAL at https://qualysapi.qg2.apps.qualys.com for stack Stack, but one check for each stack, platform and account type is enough: keep one of them');
  });

  test('knows its service among those of the stack, whatever the order', () => {
    for (const order of [[0, 1], [1, 0]]) {
      const stack = newStack();
      const services = [QualysPlatform.US_2, QualysPlatform.EU_1].map((platform) => newService(stack, platform));
      order.forEach((index) => { connect(stack, { service: services[index], roleArn: roleIn(index) }, `Connector${index}`); });
      monitor(stack, { service: services[1] });
      const { MONITORED, SERVICES } = environment(new Synth(stack));
      expect(JSON.parse(SERVICES)[JSON.parse(MONITORED)[0].Service].ApiServer).toBe('https://qualysapi.qualys.eu');
    }
  });

  test('of other types, platforms or stacks goes', () => {
    const app = new App();
    const [stack, other] = [newStack(undefined, app), newStack(undefined, app, 'Other')];
    monitor(stack, {}, 'One');
    monitor(stack, { accountType: AccountType.US_GOVCLOUD }, 'Two');
    monitor(stack, { service: newService(stack, QualysPlatform.EU_1) }, 'Three');
    monitor(new NestedStack(stack, 'Nested'), {}, 'Four');
    expect(() => monitor(other)).not.toThrow();
    expect(JSON.parse(environment(new Synth(stack)).MONITORED)).toHaveLength(3);
  });
});

describe('connectors that the code has disabled', () => {
  const stackWith = (count: number) => {
    const stack = newStack();
    monitor(stack);
    for (let account = 1; account <= count; account++) connect(stack, { roleArn: roleIn(account), enabled: false }, `Connector${account}`);
    connect(stack, { roleArn: roleIn(900) }, 'Enabled');
    connect(stack, { roleArn: roleIn(901), enabled: false, service: newService(stack, QualysPlatform.EU_1) }, 'Elsewhere');
    connect(stack, { roleArn: roleIn(902, 'aws-us-gov'), enabled: false }, 'OtherType');
    return stack;
  };

  test('are handed over by their logical IDs, also those that come after the monitoring', () => {
    const { Targets: [{ Input }] } = new Synth(stackWith(2)).properties('MonitoringSchedule');
    expect(JSON.parse(Input).DisabledInCode).toEqual([expect.stringMatching(/^Connector1[0-9A-F]{8}$/), expect.stringMatching(/^Connector2[0-9A-F]{8}$/)]);
  });

  test('that are more than a rule may hand over are refused', () => {
    expect(() => Template.fromStack(stackWith(300))).not.toThrow(); // 19 characters and three more each
    expect(() => Template.fromStack(stackWith(400))).toThrow(/checks a stack with 400 connectors that the code has disabled\. The input of its rule has \d+ characters, but EventBridge allows 8192: put some of the connectors in another stack/);
  });
});

describe('the function', () => {
  test('has the network of the stack\'s other connectors', () => {
    const stack = newStack();
    connect(stack);
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-0a1b2c3d', availabilityZones: ['a'], privateSubnetIds: ['subnet-0a1b2c3d'] });
    const service = new ConnectorService({ platform: QualysPlatform.US_2, credentials: newService(stack).credentials, vpc });
    expect(() => monitor(stack, { service })).toThrow('Stack/Monitoring has a service with another vpc, vpcSubnets or securityGroups');
  });

  test('takes ten policies at most: one of them is for the check', () => {
    const stack = newStack();
    const add = (index: number) => connect(stack, {
      service: new ConnectorService({ platform: QualysPlatform.US_2, credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, `Secret${index}`, `qualys/${index}`)) }), roleArn: roleIn(index),
    }, `Connector${index}`);
    for (let index = 1; index <= 8; index++) add(index);
    const service = new ConnectorService({ platform: QualysPlatform.US_2, credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'Again', 'qualys/1')) });
    expect(() => monitor(stack, { service })).toThrow('Stack/Monitoring needs one managed policy more than AWS allows the role of the function in stack Stack, which are 10');
  });

  test('is there for the check alone, where the stack has no connector', () => {
    const stack = newStack();
    monitor(stack);
    expect(new Synth(stack).names()).toEqual(expect.arrayContaining(['MonitoringSchedule', 'QualysConnectorFunction']));
  });
});

describe('metrics', () => {
  const metric = (build: (monitoring: ConnectorMonitoring) => any, region?: string) => build(monitor(newStack(region)));

  test.each<[string, (monitoring: ConnectorMonitoring) => any]>([
    ['Connectors', (monitoring) => monitoring.metricConnectors()],
    ['FailingConnectors', (monitoring) => monitoring.metricFailingConnectors()],
    ['MissingConnectors', (monitoring) => monitoring.metricMissingConnectors()],
    ['BaseAccountMissing', (monitoring) => monitoring.metricBaseAccountMissing()],
    ['MonitoringHeartbeat', (monitoring) => monitoring.metricHeartbeat()],
    ['Connectors', (monitoring) => monitoring.metric('Connectors')],
  ])('%s', (metricName, build) => {
    expect(metric(build)).toMatchObject({
      namespace: 'CdkQualysConnectors', metricName, dimensions: { Platform: 'qualysapi.qg2.apps.qualys.com', AccountType: 'GLOBAL', Stack: 'Stack' }, statistic: 'Maximum', period: Duration.hours(4),
    });
  });

  test('may have another period and statistic', () => {
    expect(metric((monitoring) => monitoring.metricConnectors({ period: Duration.days(1), statistic: 'Minimum' }))).toMatchObject({ statistic: 'Minimum', period: Duration.days(1) });
  });

  test.each(['failingConnectors', 'Heartbeat', ''])('there is none called %j', (name) => {
    expect(() => metric((monitoring) => monitoring.metric(name)))
      .toThrow(`metricName must be one of Connectors, FailingConnectors, MissingConnectors, BaseAccountMissing, MonitoringHeartbeat, got '${name}'`);
  });

  test('of a platform whose URL is a token name its host', () => {
    const stack = newStack();
    const service = newService(stack, QualysPlatform.custom({ apiServer: new CfnParameter(stack, 'Url').valueAsString }));
    const { Platform } = monitor(stack, { service }).metricConnectors().dimensions!;
    expect(plain(stack.resolve(Platform))).toEqual({ 'Fn::Select': [2, { 'Fn::Split': ['/', '${Url}'] }] });
    const synth = new Synth(stack);
    expect(JSON.parse(synth.properties('MonitoringSchedule').Targets[0].Input)).toMatchObject({ ApiServer: '${Url}' });
  });

  test('make graphs for a dashboard, with the base account where it is looked at', () => {
    const names = (monitoring: ConnectorMonitoring) => monitoring.widgets().flatMap((widget) => JSON.stringify(widget.toJson()).match(/"[A-Z]\w*(onnectors|Heartbeat|Missing)"/g)!.filter((name) => name !== '"CdkQualysConnectors"'));
    const stack = newStack();
    expect(names(monitor(newStack()))).toEqual(['"Connectors"', '"FailingConnectors"', '"MissingConnectors"', '"MonitoringHeartbeat"']);
    expect(names(monitor(stack, { registration: baseAccount(stack) }))).toContain('"BaseAccountMissing"');
  });
});

test('the names of metrics are one grammar: what is counted, and what is wrong is the alarm', () => {
  const stack = newStack();
  const monitoring = monitor(stack, { registration: baseAccount(stack) });
  const alarms = new ConnectorAlarms(stack, 'Alarms', { monitoring });
  expect(alarms.node.children.map(({ node }) => node.id)).toEqual(['Failing', 'Missing', 'BaseAccountMissing', 'HeartbeatMissing']);
});
