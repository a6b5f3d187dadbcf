import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { isBuiltin } from 'node:module';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { HANDLER_NAMES, HANDLERS } from '../../projenrc/handlers';

const STACK = 'arn:aws:cloudformation:us-east-1:111111111111:stack/s/1';
const root = join(__dirname, '..', '..');
const asset = (name: string) => join(root, 'assets', 'lambda', `${name}.lambda`, 'index.js');

interface Received { readonly method?: string; readonly contentType?: string; readonly body: string }
interface Run { readonly received: Received[]; readonly output: string; readonly code: number }

/** Runs a bundle as Lambda does, in a process of its own; answers what it sent to the answer URL and what it printed. */
async function invoke(name: string, event: (url: string) => object): Promise<Run> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => {
      received.push({ method: request.method, contentType: request.headers['content-type'], body });
      response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer?X-Amz-Signature=canary-signature`;
  const script = `require(${JSON.stringify(asset(name))}).handler(${JSON.stringify(event(url))}, { logStreamName: 's', getRemainingTimeInMillis: () => 60000 })`;
  // The SDK is part of the runtime, which puts it into the path; nothing else is there.
  const child = spawn(process.execPath, ['-e', script], { cwd: '/', env: { NODE_PATH: join(root, 'node_modules'), AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: url, STACK } });
  let output = '';
  child.stdout.on('data', (chunk) => { output += chunk; });
  child.stderr.on('data', (chunk) => { output += chunk; });
  const [code] = await once(child, 'exit');
  server.close();
  return { received, output, code };
}

describe.each(HANDLER_NAMES.map((name) => [name, HANDLERS[name].serves[0]]))('the bundle of %s', (name, ResourceType) => {
  test('asks for nothing but the SDK of the runtime and Node itself (fault 71)', () => {
    const required = [...readFileSync(asset(name), 'utf8').matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1]!);
    expect(required.filter((module) => !isBuiltin(module) && !module.startsWith('@aws-sdk/'))).toEqual([]);
    expect(required.some((module) => module.startsWith('@aws-sdk/'))).toBe(true);
  });

  test('answers a request that it cannot read, once, and tells nothing that is in it', async () => {
    const { received, output, code } = await invoke(name, (url) => ({
      RequestType: 'Create',
      ResponseURL: url,
      StackId: STACK,
      RequestId: 'r-1',
      LogicalResourceId: 'Key',
      ResourceType,
      ResourceProperties: { SchemaVersion: '1', Canary: 'canary-property', AwsAccountId: 'canary-account' },
    }));
    expect(code).toBe(0);
    expect(received).toHaveLength(1);
    expect(received[0]!.method).toBe('PUT');
    expect(received[0]!.contentType ?? '').toBe('');
    expect(JSON.parse(received[0]!.body)).toMatchObject({
      Status: 'FAILED', RequestId: 'r-1', LogicalResourceId: 'Key', PhysicalResourceId: 'not-created:Key', Reason: expect.stringContaining('property'),
    });
    expect(output + received[0]!.body).not.toMatch(/canary/);
    expect(output).toMatch(/"at":"parseProperties \(index\.js:\d+:\d+"/); // the function by the name that it has in the source
  });

  test('deletes nothing that was never created', async () => {
    const { received } = await invoke(name, (url) => ({
      RequestType: 'Delete',
      ResponseURL: url,
      StackId: STACK,
      RequestId: 'r-2',
      LogicalResourceId: 'Key',
      ResourceType,
      PhysicalResourceId: 'not-created:Key',
      ResourceProperties: {},
    }));
    expect(JSON.parse(received[0]!.body)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'not-created:Key' });
  });
});
