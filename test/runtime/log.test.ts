import { createLog, LogFields } from '../../lambda/runtime/redaction/log';
import { Redactor } from '../../lambda/runtime/redaction/redact';

function logged(fields: object): string {
  const lines: string[] = [];
  const redactor = new Redactor();
  redactor.protect('canary-value');
  createLog((line) => lines.push(line), redactor, { requestId: 'r-1', resourceType: 'Custom::Thing' })(fields as LogFields);
  expect(lines).toHaveLength(1);
  return lines[0];
}

test('one JSON object a line, with what the request is', () => {
  const line = logged({ step: 'iam:CreateAccessKey', number: 3, outcome: 'done', ms: 12 });
  expect(JSON.parse(line)).toEqual({ requestId: 'r-1', resourceType: 'Custom::Thing', step: 'iam:CreateAccessKey', number: 3, outcome: 'done', ms: 12 });
});

test('fields that are not on the list are left out (fault 62)', () => {
  const line = logged({ step: 's', event: { ResponseURL: 'https://x' }, body: 'b', headers: {}, message: 'm', stack: 'k' });
  expect(JSON.parse(line)).toEqual({ requestId: 'r-1', resourceType: 'Custom::Thing', step: 's' });
});

test('values are redacted, bounded and in one line', () => {
  const line = logged({ reason: `first\nsecond canary-value ${'x'.repeat(5000)}` });
  expect(line).not.toContain('canary-value');
  expect(JSON.parse(line).reason).toMatch(/^first second \*\*\* x+…$/);
  expect(JSON.parse(line).reason).toHaveLength(1000);
});

test('objects in place of values are left out', () => {
  expect(JSON.parse(logged({ step: { secret: 'x' }, ms: Number.NaN, status: 200 }))).toEqual({ requestId: 'r-1', resourceType: 'Custom::Thing', status: 200 });
});
