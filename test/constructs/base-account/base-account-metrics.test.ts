import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { newService, newStack } from '../../support/synth/synth';

const dimensions = { AccountType: 'GLOBAL', Platform: 'qualysapi.qg2.apps.qualys.com' };

function register(stack = newStack(), platform?: QualysPlatform): BaseAccountRegistration {
  const user = new BaseAccountUser(stack, 'Base', { roles: AssumableRoles.named('QualysConnector') });
  return new BaseAccountRegistration(stack, 'Entry', { service: newService(stack, platform), title: 'Central Security', user });
}

test.each([
  ['KeyAge', (entry: BaseAccountRegistration) => entry.metricKeyAge()],
  ['OldKeyInUse', (entry: BaseAccountRegistration) => entry.metricOldKeyInUse()],
  ['AwaitingConsole', (entry: BaseAccountRegistration) => entry.metricAwaitingConsole()],
  ['RotationFailed', (entry: BaseAccountRegistration) => entry.metricRotationFailed()],
  ['ForeignKeys', (entry: BaseAccountRegistration) => entry.metricForeignKeys()],
  ['Heartbeat', (entry: BaseAccountRegistration) => entry.metricHeartbeat()],
  ['KeyAge', (entry: BaseAccountRegistration) => entry.metric('KeyAge')],
])('%s', (name, metricOf) => {
  expect(metricOf(register()))
    .toMatchObject({ namespace: 'CdkQualysConnectors', metricName: name, dimensions, statistic: 'Maximum', period: Duration.days(1) });
});

test.each(['keyAge', 'Other', ''])('there is none called %j: an alarm on it would never have data', (name) => {
  expect(() => register().metric(name)).toThrow(`metricName must be one of KeyAge, OldKeyInUse, AwaitingConsole, RotationFailed, ForeignKeys, Heartbeat, got '${name}'`);
});

test('metrics take the options of CDK', () => {
  const metric = register().metricKeyAge({ period: Duration.hours(6), statistic: 'Minimum', label: 'age' });
  expect(metric).toMatchObject({ metricName: 'KeyAge', dimensions, statistic: 'Minimum', period: Duration.hours(6), label: 'age' });
});

test('metrics are those of the registration\'s region and account', () => {
  expect(register(newStack('eu-west-1')).metricHeartbeat()).toMatchObject({ region: 'eu-west-1', account: '111122223333' });
});

test('the platform is named with its port, as the function does', () => {
  const platform = QualysPlatform.custom({ apiServer: 'https://localhost:8443' });
  expect(register(newStack(), platform).metricKeyAge().dimensions).toEqual({ ...dimensions, Platform: 'localhost:8443' });
});

test('a platform that only the deployment knows', () => {
  const stack: Stack = newStack();
  const platform = QualysPlatform.custom({ apiServer: new CfnParameter(stack, 'Server').valueAsString });
  const { Platform } = register(stack, platform).metricKeyAge().dimensions!;
  expect(stack.resolve(Platform)).toEqual({ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'Server' }] }] });
});
