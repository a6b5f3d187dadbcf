import { App, CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { ExternalId } from '../../../src/service/external-id';
import { PLACES, stackIn } from '../../support/synth/policies';
import { plain } from '../../support/synth/synth';

const CHARACTERS = 'letters, digits and _ + = , . @ : / -';

describe('of (fault 54)', () => {
  test.each(['ab', 'a'.repeat(1224), '0123456789', 'EU2-2792719', 'a_+=,.@:/-Z9'])('takes %s', (value) => {
    expect(ExternalId.of(value)._render(stackIn())).toBe(value);
  });

  test.each([
    ['', 'externalId must be 2 to 1224 characters long, got 0'],
    ['a', "externalId must be 2 to 1224 characters long, got 1: 'a'"],
    ['a'.repeat(1225), 'externalId must be 2 to 1224 characters long, got 1225'],
    ['a b', `externalId may only hold ${CHARACTERS}, got 'a b'`],
    ['a*', `externalId may only hold ${CHARACTERS}, got 'a*'`],
    ['a?', `externalId may only hold ${CHARACTERS}, got 'a?'`],
    ['a${aws:username}', `externalId may only hold ${CHARACTERS}, got 'a\${aws:username}'`],
    ['a\\b', `externalId may only hold ${CHARACTERS}`],
    ['ab\n', `externalId may only hold ${CHARACTERS}`],
    ['äöü', `externalId may only hold ${CHARACTERS}`],
    ['٣٤٥', `externalId may only hold ${CHARACTERS}`],
  ])('refuses %j', (value, message) => {
    expect(() => ExternalId.of(value)).toThrow(message);
  });

  test('agrees with the rule of sts:AssumeRole on any text', () => {
    const characters = fc.constantFrom(...'abAZ09_+=,.@:/- *?$\\{}"é\n');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: characters, maxLength: 6 }), fc.string({ unit: 'grapheme', maxLength: 6 })), (value) => {
      const allowed = value.length >= 2 && /^[\w+=,.@:\/-]*$/.test(value) && !value.includes('\n');
      const takes = () => ExternalId.of(value);
      if (allowed) expect(takes).not.toThrow(); else expect(takes).toThrow(/^externalId /);
    }), { numRuns: 500 });
  });
});

describe('perAccount', () => {
  test.each(PLACES)('appends the account of a stack in $region, digits staying digits', (place) => {
    expect(ExternalId.perAccount('8317265094418823')._render(stackIn(place))).toBe(`8317265094418823${place.accountId}`);
  });

  test('appends the account that a stack is deployed to', () => {
    const stack = stackIn();
    expect(stack.resolve(ExternalId.perAccount('8317265094418823')._render(stack))).toEqual({ 'Fn::Join': ['', ['8317265094418823', { Ref: 'AWS::AccountId' }]] });
  });

  test('is the same account when another stack reads it', () => {
    const app = new App();
    const [connected, connectors] = [new Stack(app, 'Connected'), new Stack(app, 'Connectors')];
    new CfnOutput(connectors, 'ExternalId', { value: ExternalId.perAccount('8317265094418823')._render(connected) });
    const [, [, imported]] = Template.fromStack(connectors).toJSON().Outputs.ExternalId.Value['Fn::Join'];
    expect(plain(imported)).toBe('${from Connected: RefAWSAccountId}');
    expect(Object.values(Template.fromStack(connected).toJSON().Outputs)).toEqual([expect.objectContaining({ Value: { Ref: 'AWS::AccountId' } })]);
  });

  test.each([
    ['', 'prefix of the externalId must be 1 to 1212 characters long, got 0'],
    ['a'.repeat(1213), 'prefix of the externalId must be 1 to 1212 characters long, got 1213'],
    ['a b', `prefix of the externalId may only hold ${CHARACTERS}, got 'a b'`],
  ])('refuses %j', (prefix, message) => {
    expect(() => ExternalId.perAccount(prefix)).toThrow(message);
  });

  test('leaves room for the account at the longest', () => {
    expect(ExternalId.perAccount('a'.repeat(1212))._render(stackIn(PLACES[0]))).toHaveLength(1224);
  });
});

test('tokens pass, and are not called guessable for what is not known of them', () => {
  const stack = stackIn();
  const parameter = new CfnParameter(stack, 'ExternalId').valueAsString;
  expect(ExternalId.of(parameter)._guessable()).toBeUndefined();
  expect(ExternalId.perAccount(parameter)._guessable()).toContain('is a prefix and the account ID'); // whatever the prefix is
  expect(stack.resolve(ExternalId.of(parameter)._render(stack))).toEqual({ Ref: 'ExternalId' });
});
