/*
 * One request to a handler as the first thing that a process does:
 *   node cold.js ours BUNDLE EVENT            a bundle of the library, which answers itself
 *   node cold.js framework RUNTIME EVENT      the function of the CDK provider framework, which has the handler invoked
 *   node cold.js handler CLIENT,... EVENT     the handler behind it: loads the same clients of AWS and has nothing to do
 */
import { request } from 'node:http';
import Module from 'node:module';
import { join } from 'node:path';

const [side, code, event] = process.argv.slice(2) as [string, string, string];

const context = { logStreamName: 'stream', getRemainingTimeInMillis: () => 60_000 };

/** The framework speaks https to port 443 only; here the answer URL is http on a port of this machine. */
function framework(): (event: object) => Promise<void> {
  const load = (Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown })._load;
  // Only asynchronous operations need Step Functions: the framework is spared the loading of that client.
  (Module as unknown as { _load: unknown })._load = (name: string, ...rest: unknown[]) => (name === '@aws-sdk/client-sfn' ? {} : load(name, ...rest));
  const outbound = require(join(code, 'outbound.js'));
  const { port } = new URL(JSON.parse(event).ResponseURL);
  outbound.httpRequest = (options: object, body: string) => new Promise<void>((resolve, reject) => {
    request({ ...options, port }, (response) => { response.resume().on('end', resolve); }).on('error', reject).end(body);
  });
  return require(join(code, 'framework.js')).onEvent;
}

async function main(): Promise<void> {
  const parsed = JSON.parse(event);
  if (side === 'handler') {
    code.split(',').filter(Boolean).forEach((client) => require(client));
    console.log(JSON.stringify({ PhysicalResourceId: parsed.PhysicalResourceId }));
    return;
  }
  await (side === 'ours' ? require(code).handler(parsed, context) : framework()(parsed));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
