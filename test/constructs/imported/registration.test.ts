import { App, Duration, Stack, Token } from 'aws-cdk-lib';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount } from '../../../src/base-account/base-account';
import { BaseAccountAlarms } from '../../../src/base-account/base-account-alarms';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { IBaseAccountRegistration } from '../../../src/base-account/base-account-registration-attributes';
import { AccountType } from '../../../src/service/account-type';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { newService, newStack, Synth } from '../../support/synth/synth';
import { warningIds } from '../../support/synth/warnings';

/* A registration that another app made: its metrics and alarms are the same as in its own app, and nothing else of it is here. */
const METRICS = ['metricKeyAge', 'metricOldKeyInUse', 'metricAwaitingConsole', 'metricRotationFailed', 'metricHeartbeat'] as const;

function imported(stack: Stack, accountType = AccountType.GLOBAL, platform = QualysPlatform.US_2): IBaseAccountRegistration {
  return BaseAccountRegistration.fromBaseAccountRegistrationAttributes(stack, 'Registration', { platform, accountType });
}

const own = (stack: Stack) => new BaseAccount(stack, 'BaseAccount', {
  service: newService(stack), title: 'Central Security', roles: AssumableRoles.named('QualysConnector'),
}).registration;

const said = ({ namespace, metricName, dimensions, period, statistic }: Metric) => (
  { namespace, metricName, dimensions, period: period.toString(), statistic });

test('it makes no resource', () => {
  const stack = newStack();
  imported(stack);
  expect(new Synth(stack).names()).toEqual([]);
});

test.each(METRICS)('%s is that of the registration in its own app', (name) => {
  expect(said(imported(newStack())[name]())).toEqual(said(own(newStack())[name]()));
});

test.each<[AccountType, QualysPlatform, string]>([
  [AccountType.US_GOVCLOUD, QualysPlatform.GOV_1, 'US_GOVCLOUD'], [AccountType.CHINA, QualysPlatform.US_3, 'CHINA'],
])('of account type %s too', (accountType, platform, name) => {
  const { dimensions } = imported(newStack(), accountType, platform).metricHeartbeat();
  expect(dimensions).toEqual({ AccountType: name, Platform: new URL(platform.apiServer).host });
});

test('metrics take the options of CDK, and no other name', () => {
  const registration = imported(newStack());
  expect(registration.metric('KeyAge', { statistic: 'Minimum', period: Duration.hours(6) })).toMatchObject({ statistic: 'Minimum', period: Duration.hours(6) });
  expect(() => registration.metric('keyAge')).toThrow(/^metricName must be one of KeyAge, .*, Heartbeat, got 'keyAge'$/);
});

describe('alarms', () => {
  test('are those of its own app, with the age that is given', () => {
    const [elsewhere, here] = [newStack(), newStack()];
    new BaseAccountAlarms(elsewhere, 'Alarms', { registration: own(elsewhere), maxKeyAge: Duration.days(97) });
    new BaseAccountAlarms(here, 'Alarms', { registration: imported(here), maxKeyAge: Duration.days(97) });
    const alarms = (stack: Stack) => {
      const result = new Synth(stack);
      return Object.fromEntries(result.names().filter((name) => name.startsWith('Alarms')).map((name) => [name, result.properties(name)]));
    };
    expect(Object.keys(alarms(here)).length).toBeGreaterThanOrEqual(5);
    expect(alarms(here)).toEqual(alarms(elsewhere));
    expect(warningIds(here)).toEqual([]);
  });

  test('need an age: the interval of the other app is not known here', () => {
    const stack = newStack();
    expect(() => new BaseAccountAlarms(stack, 'Alarms', { registration: imported(stack) }))
      .toThrow('maxKeyAge must be given, because another app made Stack/Registration, whose interval is not known here: give the interval and some days');
  });

  test('of one\'s own stand on a metric', () => {
    const stack = newStack();
    new Alarm(stack, 'Waiting', { metric: imported(stack).metricAwaitingConsole(), threshold: 1, evaluationPeriods: 1 });
    expect(new Synth(stack).properties('Waiting')).toMatchObject({ MetricName: 'AwaitingConsole', Namespace: 'CdkQualysConnectors' });
  });
});

test('an implementation of one\'s own is taken by the alarms', () => {
  const stack = newStack();
  const inner = imported(stack);
  const registration: IBaseAccountRegistration = new Proxy(inner, {});
  expect(() => new BaseAccountAlarms(stack, 'Alarms', { registration, maxKeyAge: Duration.days(97) })).not.toThrow();
});

test.each(['platform', 'accountType'])('%s has to be given', (name) => {
  const attributes = { platform: QualysPlatform.US_2, accountType: AccountType.GLOBAL, [name]: undefined };
  expect(() => BaseAccountRegistration.fromBaseAccountRegistrationAttributes(new Stack(new App(), 'Stack'), 'Registration', attributes)).toThrow(new RegExp(`^${name} must be `));
});

test('a platform that only the deployment knows has its host in the dimension', () => {
  const stack = newStack();
  const platform = QualysPlatform.custom({ apiServer: Token.asString({ Ref: 'Server' }) });
  expect(stack.resolve(imported(stack, AccountType.GLOBAL, platform).metricKeyAge().dimensions!.Platform)).toEqual({ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'Server' }] }] });
});
