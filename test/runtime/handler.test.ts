import { ENV, RecordingWidget, request } from './harness';
import { customResourceHandler } from '../../lambda/runtime/custom-resource';
import { Loopback, reset, text } from '../support/loopback';
import { VirtualTime } from '../support/virtual-time';

let server: Loopback;
beforeEach(async () => { server = await Loopback.start(); });
afterEach(async () => server.stop());

const context = { logStreamName: 's', getRemainingTimeInMillis: () => 60_000 };

async function handle(widget: RecordingWidget): Promise<string[]> {
  const lines: string[] = [];
  const env = { ...ENV, AWS_ENDPOINT_URL: server.url };
  const handler = customResourceHandler(widget, { fetch, clock: new VirtualTime(), random: Math.random, env, write: (line) => lines.push(line) });
  await handler(request('Create', { ResponseURL: `${server.url}/answer?Signature=SIGNATUREcanary` }), context);
  return lines;
}

test('the answer goes over the wire once, after refusals that took nothing', async () => {
  server.reply(text(503, ''), reset, text(200, ''));
  const widget = new RecordingWidget();
  await handle(widget);
  expect(widget.calls).toHaveLength(1);
  expect(server.requests.map(({ body }) => body)).toEqual(Array(3).fill(server.requests[0].body));
  expect(JSON.parse(server.requests[2].body)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'widget:host.example:GLOBAL' });
});

test('an answer that nobody takes is no error of the function, which would send the event once more', async () => {
  server.reply(text(403, 'expired'));
  const lines = await handle(new RecordingWidget());
  expect(server.requests).toHaveLength(1);
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ requestId: 'r-1', step: 'answer', outcome: 'failed', status: 403 });
  expect(lines.join()).not.toMatch(/SIGNATUREcanary|localhost/);
});
