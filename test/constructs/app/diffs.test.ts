import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { BASE, Changes, everything, QUALYS } from '../../support/apps/everything';
import { Difference, difference } from '../../support/synth/difference';
import { BASE_ACCOUNT } from '../../support/synth/synth';

/* One line of code, and all that a reviewer then has to read in the template. */
const ENVIRONMENTS: [string, { account: string; region: string } | undefined][] = [
  ['in a known environment', { account: BASE_ACCOUNT, region: 'us-east-1' }],
  ['without environment', undefined],
];

describe.each(ENVIRONMENTS)('%s', (_, env) => {
  const template = (changes: Changes) => Template.fromStack(everything(new Stack(new App(), 'Stack', { env }), changes)).toJSON();
  const diff = (before: Changes, after: Changes): Difference => difference(template(before), template(after));

  const STATEMENTS = 'Resources.ConnectorRole66C77A94.Properties.AssumeRolePolicyDocument.Statement';
  const statements = (trust: TrustPrincipal): any[] => (
    template({ trust }).Resources.ConnectorRole66C77A94.Properties.AssumeRolePolicyDocument.Statement);
  const both = TrustPrincipal.anyOf(QUALYS, BASE);

  test('no change, no difference', () => {
    expect(diff({}, {})).toEqual({});
  });

  test('from the Qualys account to both: one statement more', () => {
    expect(diff({ trust: QUALYS }, { trust: both })).toEqual({ [`${STATEMENTS}.1`]: [undefined, statements(BASE)[0]] });
  });

  test('from both to the base account: the other statement less', () => {
    expect(diff({ trust: both }, { trust: BASE })).toEqual({ [`${STATEMENTS}.0`]: [statements(QUALYS)[0], undefined] });
  });

  test('from the base account back to both', () => {
    expect(diff({ trust: BASE }, { trust: both })).toEqual({ [`${STATEMENTS}.0`]: [undefined, statements(QUALYS)[0]] });
  });

  test('a new title: in the registration, and in what its daily run works on', () => {
    expect(diff({ title: 'Central Security' }, { title: 'Security Hub' })).toEqual({
      'Resources.BaseAccountRegistration7B9AACB2.Properties.Title': ['Central Security', 'Security Hub'],
      'Resources.BaseAccountRegistrationFunction19CE2A85.Properties.Environment.Variables.TITLE': ['Central Security', 'Security Hub'],
    });
  });

  test('a new rotation period: in the schedule, and in the alarm on the age of the key', () => {
    const [before, after] = [60, 30].map((days) => ({ rotation: KeyRotation.every(Duration.days(days)) }));
    expect(diff(before!, after!)).toEqual({
      'Resources.BaseAccountRegistrationRotationSchedule8005A32E.Properties.RotationRules.ScheduleExpression': ['rate(60 days)', 'rate(30 days)'],
      'Resources.AlarmsKeyAge5E57060C.Properties.Threshold': [67, 37],
      'Resources.AlarmsKeyAge5E57060C.Properties.AlarmDescription': [expect.stringContaining('older than 67 days'), expect.stringContaining('older than 37 days')],
    });
  });

  test('a longer time for the replaced key: in what the daily run works on alone', () => {
    const [before, after] = [1, 7].map((days) => ({ rotation: KeyRotation.every(Duration.days(60), { retireAfter: Duration.days(days) }) }));
    const changed = diff(before!, after!);
    expect(Object.keys(changed)).toEqual([expect.stringMatching(/^Resources\.BaseAccountRegistrationFunction19CE2A85\.Properties\.Environment\.Variables\./)]);
  });
});
