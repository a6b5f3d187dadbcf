import * as fc from 'fast-check';
import { handle, RecordingWidget, request, RESPONSE_URL, SIGNATURE } from './harness';
import { DeployError } from '../../lambda/runtime/errors';

const CANARY = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY=CANARY';

function throwing(thrown: unknown) {
  return new RecordingWidget(async ({ redactor }) => {
    redactor.protect(CANARY);
    throw thrown;
  });
}

function circular(): object {
  const thrown: Record<string, unknown> = { secret: CANARY };
  thrown.self = thrown;
  return thrown;
}

function hostile(): object {
  return new Proxy({}, { get: () => { throw new Error(CANARY); }, getPrototypeOf: () => { throw new Error(CANARY); } });
}

function awsError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode: 403 } });
}

describe('exactly one answer, whatever is thrown (fault 21)', () => {
  test.each<[string, unknown, string]>([
    ['a text', `it was ${CANARY}`, 'unexpected string'],
    ['null', null, 'unexpected object'],
    ['undefined', undefined, 'unexpected undefined'],
    ['a circular object', circular(), 'unexpected object'],
    ['an object that throws when it is read', hostile(), 'unexpected error that cannot be read'],
    ['several errors', new AggregateError([new Error(CANARY)], CANARY), 'unexpected AggregateError'],
    ['an error that is no message of ours', new TypeError(`cannot read ${CANARY}`), 'unexpected TypeError'],
    ['an error with a strange name', Object.assign(new Error('x'), { name: `bad name ${CANARY}` }), 'unexpected error'],
    ['a network error', Object.assign(new Error(CANARY), { code: 'ECONNRESET' }), 'unexpected Error (ECONNRESET)'],
    ['an error of AWS', awsError('AccessDeniedException', `not authorized for ${CANARY}`), 'AccessDeniedException: not authorized for ***'],
    ['what a person should read', new DeployError(`the key ${CANARY} is refused`), 'the key *** is refused'],
  ])('%s', async (_, thrown, reason) => {
    const { answers, lines } = await handle(throwing(thrown), request('Create'));
    expect(answers).toHaveLength(1);
    expect(answers[0].Status).toBe('FAILED');
    expect(answers[0].Reason.startsWith(reason)).toBe(true);
    expect(answers[0].Reason).toContain('log stream');
    expect(JSON.stringify([answers, lines])).not.toContain('CANARY');
  });

  test('and anything else', async () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true });
    await fc.assert(fc.asyncProperty(anything, async (thrown) => {
      const { answers, bytes } = await handle(throwing(thrown), request('Create'));
      expect(answers).toHaveLength(1);
      expect(answers[0]).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'widget:host.example:GLOBAL' });
      expect(bytes[0]).toBeLessThanOrEqual(4096);
    }));
  });

  test('thrown while the properties are read, or the ID is computed', async () => {
    for (const method of ['parse', 'physicalId'] as const) {
      const widget = new RecordingWidget();
      widget[method] = () => { throw hostile(); };
      expect((await handle(widget, request('Create'))).answers).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'not-created:BaseAccount7F3A' }]);
      expect((await handle(widget, request('Delete', { PhysicalResourceId: 'widget:host.example:GLOBAL' }))).answers).toMatchObject([{ Status: 'FAILED' }]);
    }
  });

  test('the step is named for errors whose text does not say it', async () => {
    const widget = new RecordingWidget(async ({ outbound }) => {
      await outbound('iam:ListAccessKeys', async () => undefined);
      await outbound('iam:CreateAccessKey', async () => { throw awsError('LimitExceeded', 'too many keys'); });
    });
    const { answers, lines } = await handle(widget, request('Create'));
    expect(answers[0].Reason).toMatch(/^LimitExceeded: too many keys in the step 'iam:CreateAccessKey' \(log stream/);
    expect(lines.map((line) => JSON.parse(line))).toEqual(expect.arrayContaining([
      expect.objectContaining({ step: 'iam:ListAccessKeys', number: 1, outcome: 'done' }),
      expect.objectContaining({ step: 'iam:CreateAccessKey', number: 2, outcome: 'failed', errorName: 'LimitExceeded', status: 403 }),
    ]));
  });

  test('the log says where an unexpected error was thrown, and not what it said', async () => {
    const { lines } = await handle(throwing(new RangeError(CANARY)), request('Create'));
    const line = lines.map((text) => JSON.parse(text)).find(({ step }) => step === 'work');
    expect(line).toMatchObject({ errorName: 'RangeError', at: expect.stringMatching(/failures\.test\.ts:\d+:\d+/) });
  });
});

test('a secret at any place of a long error does not come out (fault 22)', async () => {
  await fc.assert(fc.asyncProperty(fc.string({ maxLength: 4200, size: 'max' }), fc.string({ maxLength: 100 }), async (before, after) => {
    const { answers, lines } = await handle(throwing(new DeployError(before + CANARY + after)), request('Create'));
    const out = JSON.stringify([answers, lines]);
    for (let length = 12; length <= CANARY.length; length += 6) expect(out).not.toContain(CANARY.slice(0, length));
  }), { numRuns: 50 });
});

describe('events that are none (fault 30)', () => {
  const damage = fc.oneof(
    fc.record({ key: fc.constantFrom(...Object.keys(request('Create')).filter((key) => key !== 'ResponseURL')), value: fc.anything() }),
    fc.record({ key: fc.constantFrom('PhysicalResourceId', 'OldResourceProperties'), value: fc.anything() }),
  );

  test('get one answer, and only whole ones are worked on', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom('Create', 'Update', 'Delete'), damage, async (type, { key, value }) => {
      const { answers, bytes } = await handle(new RecordingWidget(), request(type, { [key]: value }));
      expect(answers).toHaveLength(1);
      expect(bytes[0]).toBeLessThanOrEqual(4096);
      expect(answers[0].PhysicalResourceId.length).toBeGreaterThan(0);
    }));
  });

  test.each([
    ['an unknown RequestType', { RequestType: 'Import' }],
    ['no RequestType', { RequestType: undefined }],
    ['no StackId', { StackId: undefined }],
    ['no RequestId', { RequestId: 7 }],
    ['an endless LogicalResourceId', { LogicalResourceId: 'x'.repeat(10_000) }],
    ['a __proto__ key among the properties', { ResourceProperties: JSON.parse('{"Name":"n","Kind":"K","Deep":{"__proto__":{"Name":"x"}}}') }],
    ['an Update without its ID', { RequestType: 'Update' }],
    ['a Delete without its ID', { RequestType: 'Delete', PhysicalResourceId: '' }],
  ])('%s: FAILED, and nothing is done', async (_, changes) => {
    const widget = new RecordingWidget();
    const { answers } = await handle(widget, request('Create', changes));
    expect(answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining('no request of CloudFormation') }]);
    expect(widget.calls).toEqual([]);
  });

  test('a __proto__ key beside the properties lends no fields to the event', async () => {
    const event = JSON.parse(JSON.stringify(request('Create')).replace('"RequestType":"Create"', '"__proto__":{"RequestType":"Create"}'));
    expect((await handle(new RecordingWidget(), event)).answers).toMatchObject([{ Status: 'FAILED' }]);
  });

  test.each([
    undefined, 'http://bucket.s3.amazonaws.com/x', 'https://answers.example/x', 'https://amazonaws.com.example/x', 'https://bucket.s3.cn-north-1.amazonaws.com.cn/x', 'http://127.0.0.1.example/x', 'file:///etc/passwd', 'https://user:word@bucket/x', 'nonsense', 7,
  ])('without a usable ResponseURL (%s): logged, and nothing is done', async (url) => {
    const widget = new RecordingWidget();
    const { answers, lines } = await handle(widget, request('Create', { ResponseURL: url }));
    expect(answers).toEqual([]);
    expect(lines.map((line) => JSON.parse(line).outcome)).toEqual(['refused']);
    expect(widget.calls).toEqual([]);
  });

  test.each([null, 'text', 7, [], {}])('an event that is %p', async (event) => {
    expect((await handle(new RecordingWidget(), event)).answers).toEqual([]);
  });

  test.each(['http://localhost:4566/x?y', 'http://127.0.0.1:4566/x', 'http://[::1]:4566/x'])('an emulator on this machine may be answered at %s', async (url) => {
    const event = request('Create', { ResponseURL: url });
    expect((await handle(new RecordingWidget(), event, {}, { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' })).answers).toHaveLength(1);
    expect((await handle(new RecordingWidget(), event)).answers).toEqual([]);
    expect((await handle(new RecordingWidget(), event, {}, { AWS_ENDPOINT_URL: 'https://sts.us-east-1.amazonaws.com' })).answers).toEqual([]);
  });
});

test('neither log nor answer has the ResponseURL or the properties (faults 62 and 63)', async () => {
  const widget = throwing(new DeployError(`PUT to ${RESPONSE_URL} failed, signature ${decodeURIComponent(SIGNATURE)}`));
  const { answers, lines } = await handle(widget, request('Create', { ResourceProperties: { Name: 'name-canary', Kind: 'K' } }));
  expect(JSON.stringify([answers, lines])).not.toMatch(/SIGNATURE|AKIAEXAMPLE|name-canary/);
  expect(answers[0].NoEcho).toBe(true);
});
