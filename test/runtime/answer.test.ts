import * as fc from 'fast-check';
import { Answer, answerBody, MAXIMUM_ANSWER_BYTES } from '../../lambda/runtime/answer';
import { anyCharacter } from '../support/any-character';

const identity = {
  stackId: `arn:aws-us-gov:cloudformation:us-gov-east-1:111122223333:stack/${'s'.repeat(128)}/01234567-89ab-cdef-0123-456789abcdef`,
  requestId: '01234567-89ab-cdef-0123-456789abcdef',
  logicalId: 'L'.repeat(255),
};
const failed: Answer = { status: 'FAILED', physicalId: 'qualys-base-account:host:GLOBAL', reason: 'it did not work', where: 'log stream s, request r' };

function decoded(body: Uint8Array): Record<string, unknown> {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
}

test('carries all that CloudFormation wants back', () => {
  expect(decoded(answerBody(identity, { status: 'SUCCESS', physicalId: 'p', reason: '', where: 'w', data: { AccessKeyId: 'AKIA' } }))).toEqual({
    Status: 'SUCCESS',
    Reason: '',
    PhysicalResourceId: 'p',
    StackId: identity.stackId,
    RequestId: identity.requestId,
    LogicalResourceId: identity.logicalId,
    NoEcho: true,
    Data: { AccessKeyId: 'AKIA' },
  });
});

test('says where to read more, in one line', () => {
  expect(decoded(answerBody(identity, { ...failed, reason: 'first\n\tsecond\u2028third' })).Reason).toBe('first second third (log stream s, request r)');
});

describe('never more than 4,096 bytes (fault 23)', () => {
  const reasons = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 6000, size: 'max' }),
    fc.string({ unit: 'grapheme', maxLength: 6000, size: 'max' }),
    fc.tuple(fc.constantFrom('a', '"', '\\', 'é', '€', '😀', '\ud800', '\u0000', '\n'), fc.nat(5000)).map(([unit, times]) => unit.repeat(times)),
  );

  test('whatever the reason, and the rest is kept whole', () => {
    fc.assert(fc.property(reasons, fc.string({ minLength: 1, maxLength: 300 }), (reason, physicalId) => {
      const body = answerBody(identity, { ...failed, reason, physicalId });
      expect(body.byteLength).toBeLessThanOrEqual(MAXIMUM_ANSWER_BYTES);
      const answer = decoded(body);
      expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: physicalId, StackId: identity.stackId, RequestId: identity.requestId });
      expect(answer.Reason).not.toMatch(/[\n\r\u0000]/);
    }));
  });

  test.each([['a', 1], ['é', 2], ['€', 3], ['😀', 4], ['"', 2]])('a long reason of %s fills it to the last whole character', (unit, size) => {
    const body = answerBody(identity, { ...failed, reason: unit.repeat(9000) });
    expect(body.byteLength).toBeLessThanOrEqual(MAXIMUM_ANSWER_BYTES);
    expect(body.byteLength).toBeGreaterThan(MAXIMUM_ANSWER_BYTES - size);
    expect(decoded(body).Reason).toMatch(/… \(log stream s, request r\)$/);
  });

  test('a reason that just fits is not cut', () => {
    const room = MAXIMUM_ANSWER_BYTES - answerBody(identity, { ...failed, reason: 'x' }).byteLength;
    const fits = answerBody(identity, { ...failed, reason: 'x'.repeat(1 + room) });
    expect(fits.byteLength).toBe(MAXIMUM_ANSWER_BYTES);
    expect(decoded(fits).Reason).not.toContain('…');
    expect(decoded(answerBody(identity, { ...failed, reason: 'x'.repeat(2 + room) })).Reason).toContain('…');
  });

  test('attributes that do not fit make it a failure with the same ID', () => {
    const answer = decoded(answerBody(identity, { status: 'SUCCESS', physicalId: 'p', reason: '', where: 'w', data: { NextStep: 'x'.repeat(5000) } }));
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'p', Reason: expect.stringContaining('too long') });
    expect(answer.Data).toBeUndefined();
  });
});
