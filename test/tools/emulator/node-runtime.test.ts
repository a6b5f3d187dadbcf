import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { Clients } from '../../support/emulator/clients';
import { ensureNode, handlersNode, nodeOf, RUNTIME } from '../../support/emulator/install/node';
import { inlineFunction } from '../../support/emulator/resources/inline-function';
import { FIRST_START, startTemporaryEmulator, TemporaryEmulator } from '../../support/emulator/temporary-emulator';

let temporary: TemporaryEmulator;
let root: Clients;
beforeAll(async () => {
  temporary = await startTemporaryEmulator();
  root = new Clients(temporary.emulator, '111111111111');
}, FIRST_START);
afterAll(() => temporary.remove());

let functions = 0;
/** Makes a function of the code; answers what invokes it. */
async function functionOf(code: string) {
  const name = `function${++functions}`;
  expect((await root.stacks.create(name, { Resources: inlineFunction(name, { code }) })).StackStatus).toBe('CREATE_COMPLETE');
  return async (event: object = {}) => {
    const { FunctionError, Payload } = await root.lambda.send(new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) }));
    return { failed: FunctionError !== undefined, payload: JSON.parse(Buffer.from(Payload!).toString('utf8') || 'null') };
  };
}

test('a function runs on the Node of its runtime, as the emulator says', async () => {
  const { node } = temporary.emulator;
  const invoke = await functionOf('exports.handler = async () => process.versions.node;');
  expect((await invoke()).payload).toBe(node.version);
  expect(node).toEqual(handlersNode());
  const own = nodeOf(RUNTIME);
  expect(own === undefined ? node.note : own).toEqual(own === undefined ? expect.stringMatching(/^Node \S+ of this machine instead of Node 24 \(/) : node);
});

test('the Node of a runtime is found by others too', () => {
  const own = nodeOf(RUNTIME);
  if (own) expect(execFileSync(own.binary, ['--version'], { encoding: 'utf8' }).trim()).toBe(`v${own.version}`);
  expect(nodeOf('nodejs99.x')).toBeUndefined();
  expect(() => nodeOf('python3.13')).toThrow('\'python3.13\' is no Node runtime of Lambda');
});

test('where none is to be had, this machine\'s is used, with the reason', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'node-'));
  try {
    expect(handlersNode(RUNTIME, { folder }).note).toMatch(/^Node \S+ of this machine instead of Node 24 \(it is not installed\)$/);
    expect(await ensureNode(RUNTIME, { folder, platform: 'plan9-mips' })).toBeUndefined();
    expect(handlersNode(RUNTIME, { folder })).toEqual({
      binary: 'node', version: expect.stringMatching(/^\d+\.\d+\.\d+$/), note: expect.stringMatching(/\(there is no package with it for plan9-mips\)$/),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('the rules of Node 24', () => {
  test('a handler with a callback is refused', async () => {
    const invoke = await functionOf('exports.handler = (event, context, callback) => callback(null, 1);');
    for (let time = 1; time <= 2; time++) expect(await invoke()).toMatchObject({ failed: true, payload: { errorType: 'Runtime.CallbackHandlerDeprecated', errorMessage: expect.stringContaining('callback-based') } });

  });

  test('an unhandled rejection ends the invocation, and the next one begins anew', async () => {
    const invoke = await functionOf(`let calls = 0;
      exports.handler = async ({ reject }) => {
        calls++;
        if (reject === 'at once') Promise.reject(new Error('nobody hears'));
        if (reject === 'later') await new Promise((resolve) => { setTimeout(() => Promise.reject(new Error('nobody hears')), 10); setTimeout(resolve, 5000); });
        return calls;
      };`);
    expect(await invoke()).toEqual({ failed: false, payload: 1 });
    expect(await invoke()).toEqual({ failed: false, payload: 2 });
    for (const reject of ['at once', 'later']) {
      expect(await invoke({ reject })).toMatchObject({ failed: true, payload: { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 1') } });
      expect(await invoke()).toEqual({ failed: false, payload: 1 });
    }
  });

  test('an error is told by its name; what is thrown and is none, by its type', async () => {
    const invoke = await functionOf(`class OwnError extends Error { name = 'OwnError'; }
      exports.handler = async ({ how }) => { if (how === 'own') throw new OwnError('said'); if (how === 'text') throw 'said'; return null.x; };`);
    expect((await invoke({ how: 'own' })).payload).toEqual({ errorType: 'OwnError', errorMessage: 'said' });
    expect((await invoke({ how: 'text' })).payload).toEqual({ errorType: 'string', errorMessage: 'said' });
    expect((await invoke()).payload).toMatchObject({ errorType: 'TypeError' });
  });

  test('a handler without a promise answers what it returns; the context has no callbacks', async () => {
    const invoke = await functionOf(`exports.handler = ({ nothing }, context) => nothing ? undefined
      : ['done', 'succeed', 'fail', 'callbackWaitsForEmptyEventLoop', 'awsRequestId'].map((name) => typeof context[name]);`);
    expect(await invoke()).toEqual({ failed: false, payload: ['undefined', 'undefined', 'undefined', 'undefined', 'string'] });
    expect(await invoke({ nothing: true })).toEqual({ failed: false, payload: null });
  });
});
