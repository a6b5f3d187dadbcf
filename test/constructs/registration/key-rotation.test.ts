import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { KeyRotation } from '../../../src/base-account/key-rotation';

const short = { retireAfter: Duration.hours(4) };

test.each([
  [Duration.days(90), 'rate(90 days)'],
  [Duration.days(999), 'rate(999 days)'],
  [Duration.hours(72), 'rate(3 days)'],
  [Duration.hours(60), 'rate(60 hours)'],
  [Duration.minutes(3180), 'rate(53 hours)'],
  [Duration.days(2.5), 'rate(60 hours)'],
  [Duration.hours(52), 'rate(52 hours)'],
])('every %s is the schedule %s', (interval, expression) => {
  expect(KeyRotation.every(interval, short)._times).toEqual({ interval, scheduleExpression: expression, retireAfterSeconds: 4 * 3600 });
});

test('the old key is retired after a day by default', () => {
  expect(KeyRotation.every(Duration.days(30))._times?.retireAfterSeconds).toBe(86_400);
});

test('disabled has no times', () => {
  expect(KeyRotation.disabled()._times).toBeUndefined();
});

test.each([
  [Duration.hours(0), '0 days'],
  [Duration.hours(3), '3 hours'],
  [Duration.minutes(239), '3.983 hours'],
  [Duration.days(1000), '1000 days'],
  [Duration.hours(999 * 24 + 1), '23977 hours'],
])('every %s is refused, with the limits of Secrets Manager', (interval, got) => {
  expect(() => KeyRotation.every(interval, short)).toThrow(`the interval of the rotation must be 4 hours to 999 days, as Secrets Manager allows, got ${got}`);
});

test.each([[Duration.minutes(330), '5.5 hours'], [Duration.seconds(5 * 3600 + 1), '5 hours']])('every %s is refused, as it is not in whole hours', (interval, got) => {
  expect(() => KeyRotation.every(interval, short)).toThrow(`the interval of the rotation must be a whole number of hours, as Secrets Manager counts in hours or days, got ${got}`);
});

describe('retireAfter', () => {
  test.each([[4, 52], [24, 72], [2112, 2160]])('of %d hours goes with an interval of %d hours', (hours, interval) => {
    expect(KeyRotation.every(Duration.hours(interval), { retireAfter: Duration.hours(hours) })._times?.retireAfterSeconds).toBe(hours * 3600);
  });

  test.each([[Duration.hours(0), '0 days'], [Duration.hours(3), '3 hours'], [Duration.minutes(239), '3.983 hours']])('of %s is too short', (retireAfter, got) => {
    expect(() => KeyRotation.every(Duration.days(90), { retireAfter }))
      .toThrow(`retireAfter must be at least 4 hours, got ${got}: IAM reports the use of a key hours late`);
  });

  test.each([
    ['the interval', Duration.days(7), Duration.days(7), '7 days, got 7 days'],
    ['more than the interval', Duration.hours(30), Duration.days(2), '30 hours, got 2 days'],
    ['the default with a short interval', Duration.hours(71), undefined, '71 hours, got 1 day'],
    ['the least with an hour too few', Duration.hours(51), Duration.hours(4), '51 hours, got 4 hours'],
  ])('%s is too long', (_, interval, retireAfter, words) => {
    expect(() => KeyRotation.every(interval, { retireAfter })).toThrow(`retireAfter must be at least 2 days shorter than the interval of the rotation, ${words}: `
      + 'AWS allows two access keys for each user, and the next rotation needs the second one: by then a daily run has to make the replaced key inactive, and the next one has to delete it');
  });
});

describe('tokens', () => {
  const stack = new Stack();
  const value = new CfnParameter(stack, 'Value', { type: 'Number' }).valueAsNumber;

  test.each([[Duration.days(value), ' days)'], [Duration.hours(value), ' hours)']])('an interval passes in %s', (interval, unit) => {
    const expression = KeyRotation.every(interval, { retireAfter: Duration.days(300) })._times?.scheduleExpression;
    expect(stack.resolve(expression)).toEqual({ 'Fn::Join': ['', ['rate(', { Ref: 'Value' }, unit]] });
  });

  test('an interval in minutes is refused, as nobody can tell whether they are whole hours', () => {
    expect(() => KeyRotation.every(Duration.minutes(value))).toThrow('the interval of the rotation must be in hours or days when it is a token, got one in minutes');
  });

  test('retireAfter passes in seconds', () => {
    const seconds = KeyRotation.every(Duration.days(1), { retireAfter: Duration.seconds(value) })._times?.retireAfterSeconds;
    expect(stack.resolve(seconds)).toEqual({ Ref: 'Value' });
  });

  test('retireAfter in another unit is refused', () => {
    expect(() => KeyRotation.every(Duration.days(90), { retireAfter: Duration.days(value) })).toThrow('Duration must be specified as \'Duration.seconds()\'');
  });
});
