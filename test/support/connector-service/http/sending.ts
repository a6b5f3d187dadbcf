import { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Answer, textAnswer } from './exchange';
import { Fault } from './faults';

const CHUNK = Buffer.alloc(65_536, 'x');
const LOGIN_PAGE = '<!DOCTYPE html>\n<html><head><title>Login</title></head><body><form method="post"><input name="login"></form></body></html>\n';

/** The answer that a fault brings, where it brings one of its own; the request has no effect then. */
export function answerOf(fault: Fault): Answer | undefined {
  switch (fault.kind) {
    case 'answer': return { status: fault.status, body: fault.body ?? '', headers: fault.headers };
    case 'login-page': return textAnswer(200, LOGIN_PAGE, 'text/html');
    case 'redirect': return { status: fault.status ?? 302, body: '', headers: { location: fault.location } };
    case 'oversized': return { status: 200, body: '', headers: { 'content-type': 'application/json' } };
    default: return undefined;
  }
}

/** Sends the answer, spoiled as the fault says. A client that went away is no error. */
export async function send(response: ServerResponse, answer: Answer, fault?: Fault): Promise<void> {
  if (fault?.kind === 'lose-answer') {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, fault?.kind === 'oversized' ? answer.headers : { ...answer.headers, ...length(answer) });
  switch (fault?.kind) {
    case 'truncate':
      response.write(answer.body.slice(0, Math.floor(answer.body.length / 2)), () => response.destroy());
      break;
    case 'slow':
      await stream(response, trickle(answer.body, fault.pauseMilliseconds));
      break;
    case 'oversized':
      await stream(response, filler(fault.bytes));
      break;
    default:
      response.end(answer.body);
  }
}

/** An empty answer carries no length where HTTP allows none. */
function length({ status, body }: Answer): Record<string, string> {
  return status === 204 || status === 304 ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

async function stream(response: ServerResponse, chunks: AsyncIterable<Buffer>): Promise<void> {
  await pipeline(Readable.from(chunks), response).catch(() => undefined);
}

async function* trickle(body: string, pauseMilliseconds: number): AsyncGenerator<Buffer> {
  for (const byte of Buffer.from(body)) {
    yield Buffer.of(byte);
    await pause(pauseMilliseconds, undefined, { ref: false });
  }
}

async function* filler(bytes: number): AsyncGenerator<Buffer> {
  yield Buffer.from('{"ServiceResponse":{"responseCode":"SUCCESS","data":"');
  for (let sent = 0; sent < bytes; sent += CHUNK.length) yield CHUNK;
  yield Buffer.from('"}}');
}
