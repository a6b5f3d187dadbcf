import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { modules, workshop, child } from '../workshop';

const REQUEST = {
  RequestType: 'Delete',
  StackId: 'arn:aws:cloudformation:us-east-1:111111111111:stack/s/1',
  RequestId: 'r-1',
  LogicalResourceId: 'Key',
  PhysicalResourceId: 'not-created:Key',
  ResourceProperties: { ServiceToken: 'arn:aws:lambda:us-east-1:111111111111:function:f' },
};
const ENV = { NODE_PATH: modules, STACK: REQUEST.StackId, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'none', AWS_EC2_METADATA_DISABLED: 'true' };

export interface Cold {
  /** `ours`, or `framework`. */
  readonly side: string;
  /** What it runs: a bundle, or the folder of the framework. */
  readonly code: string;
  /** What is deleted: one of the types that the handler serves. */
  readonly resourceType: string;
  /** Clients of AWS that the handler behind the framework loads, in a process of its own; none: it answers at once, as a warm one does. */
  readonly clients?: readonly string[];
}

/** Milliseconds from the start of a fresh process until its answer has arrived at the answer URL. */
export async function coldStart({ side, code, resourceType: ResourceType, clients }: Cold): Promise<number> {
  let answered: number | undefined;
  let said = '';
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => {
      if (request.method === 'PUT') {
        answered = performance.now();
        said = JSON.parse(body).Status;
        response.end();
        return;
      }
      // The framework invokes the handler; Lambda would start a second function for it.
      const event = JSON.stringify({ ...REQUEST, ResourceType });
      const reply = clients === undefined
        ? Promise.resolve({ PhysicalResourceId: REQUEST.PhysicalResourceId })
        : child(`${workshop}/cold.js`, ['handler', clients.join(), event], ENV);
      reply.then((value) => response.end(JSON.stringify(value)), () => response.destroy());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const event = JSON.stringify({ ...REQUEST, ResourceType, ResponseURL: `${url}/answer?X-Amz-Signature=0` });
    const start = performance.now();
    const process_ = spawn(process.execPath, [`${workshop}/cold.js`, side, code, event], {
      cwd: workshop, stdio: 'ignore', timeout: 60_000, killSignal: 'SIGKILL', env: { ...ENV, AWS_ENDPOINT_URL: url, USER_ON_EVENT_FUNCTION_ARN: 'arn:aws:lambda:us-east-1:111111111111:function:h' },
    });
    await once(process_, 'close');
    if (answered === undefined || said !== 'SUCCESS') throw new Error(`${side} ${code} did not answer with success, but ${said || 'nothing'}`);
    return answered - start;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
