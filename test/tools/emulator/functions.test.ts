import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { Clients } from '../../support/emulator/clients';
import { waitUntil } from '../../support/emulator/processes/wait-until';
import { inlineFunction } from '../../support/emulator/resources/inline-function';
import { FIRST_START, startTemporaryEmulator, TemporaryEmulator } from '../../support/emulator/temporary-emulator';

const CODE = `
const { GetCallerIdentityCommand, STSClient } = require('@aws-sdk/client-sts');
exports.handler = async (event) => {
  console.log(JSON.stringify({ line: 1, said: event.say }));
  console.error('line 2');
  process.stdout.write('line 3, whose end comes later');
  if (event.fail) throw new Error('told to fail');
  setTimeout(() => console.log(' after the answer'), 50);
  return { arn: (await new STSClient({}).send(new GetCallerIdentityCommand({}))).Arn, certificates: process.env.NODE_EXTRA_CA_CERTS };
};`;

let temporary: TemporaryEmulator;
let root: Clients;
beforeAll(async () => {
  temporary = await startTemporaryEmulator({ env: { NODE_EXTRA_CA_CERTS: '/dev/null' } });
  root = new Clients(temporary.emulator, '111111111111');
  await root.stacks.create('functions', { Resources: inlineFunction('speaker', { code: CODE }) });
}, FIRST_START);
afterAll(() => temporary.remove());

const invoke = async (event: object) => {
  const answer = await root.lambda.send(new InvokeCommand({ FunctionName: 'speaker', Payload: JSON.stringify(event) }));
  return { error: answer.FunctionError, payload: JSON.parse(Buffer.from(answer.Payload!).toString('utf8')) };
};
const output = () => {
  const folder = temporary.emulator.functionOutputFolder;
  expect(readdirSync(folder)).toEqual(['111111111111.speaker.log']);
  return readFileSync(join(folder, '111111111111.speaker.log'), 'utf8');
};

test('a function finds the SDK as on Lambda, runs as its role and has the certificates it is given', async () => {
  expect((await invoke({ say: 'one' })).payload).toEqual({
    arn: expect.stringMatching(/^arn:aws:sts::111111111111:assumed-role\/functions-speakerRole-\w+\/speaker$/),
    certificates: '/dev/null',
  });
});

test('what a function writes is kept, though the stack goes and everything is forgotten', async () => {
  await invoke({ say: 'two' });
  const first = '{"line":1,"said":"two"}\nline 2\nline 3, whose end comes later after the answer\n';
  expect(await waitUntil(() => output().includes(first), 5_000)).toBe(true);
  expect(await invoke({ say: 'three', fail: true })).toMatchObject({ error: 'Unhandled' });
  await root.stacks.delete('functions');
  await temporary.emulator.reset();
  expect(output()).toContain(first);
  expect(output()).toMatch(/\{"line":1,"said":"three"\}\nline 2\nline 3, whose end comes later[^]*Error: told to fail\n/);
});
