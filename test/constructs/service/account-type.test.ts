import { AccountType } from '../../../src/service/account-type';
import { PLACES, stackIn } from '../../support/synth/policies';

const TYPES = [AccountType.GLOBAL, AccountType.US_GOVCLOUD, AccountType.CHINA];

test('each account type has the name, the vendor\'s label and the partition', () => {
  expect(TYPES.map(({ name, label, partition }) => [name, label, partition])).toEqual([
    ['GLOBAL', 'Global', 'aws'],
    ['US_GOVCLOUD', 'US GovCloud', 'aws-us-gov'],
    ['CHINA', 'China', 'aws-cn'],
  ]);
});

test.each(PLACES.map((place, index) => ({ place, type: TYPES[index] })))('a stack in $place.region is of type $type.name', ({ place, type }) => {
  expect(AccountType._of(stackIn(place))).toBe(type);
  expect(AccountType._of(stackIn(place), type)).toBe(type);
});

test.each(PLACES.flatMap((place, index) => TYPES.filter((_, other) => other !== index).map((type) => ({ place, type }))))(
  'a stack in $place.region refuses $type.name', ({ place, type }) => {
    expect(() => AccountType._of(stackIn(place), type))
      .toThrow(`accountType ${type.name} is for partition ${type.partition}, but Stack is in region ${place.region} (partition ${place.partition})`);
  });

test('a stack of unknown region takes what it is given, and is GLOBAL otherwise', () => {
  expect(AccountType._of(stackIn())).toBe(AccountType.GLOBAL);
  for (const type of TYPES) expect(AccountType._of(stackIn(), type)).toBe(type);
});

test('a region that is too new to be known passes', () => {
  const place = { partition: 'aws', region: 'xx-new-1', accountId: '222233334444' };
  expect(AccountType._of(stackIn(place), AccountType.CHINA)).toBe(AccountType.CHINA);
});

test.each([undefined, AccountType.GLOBAL])('a stack in a partition without account type is refused', (given) => {
  const place = { partition: 'aws-iso', region: 'us-iso-east-1', accountId: '222233334444' };
  expect(() => AccountType._of(stackIn(place), given))
    .toThrow('Stack is in region us-iso-east-1 (partition aws-iso), for which Qualys has no account type');
});
