import { JudgeWorld } from './judge';
import { withRetries } from './retry';
import { HttpAnswer, send, ServiceRequest, TransportWorld } from './transport';
import { Outbound } from '../../runtime/resource';
import { Random } from '../../runtime/world';

export interface ClientWorld extends TransportWorld, JudgeWorld {
  readonly random: Random;
  readonly outbound: Outbound;
}

export interface Call extends ServiceRequest {
  /** Whether a second request does no harm if the first one took effect. */
  readonly repeatable: boolean;
}

/** Turns an answer into a result, or throws one of the two errors. */
export type Judge<T> = (operation: string, answer: HttpAnswer, world: JudgeWorld) => T;

/** Every attempt is a step of its own. */
export async function call<T>(request: Call, judge: Judge<T>, world: ClientWorld): Promise<T> {
  const { operation, repeatable } = request;
  const attempt = () => world.outbound(`service:${operation}`, async () => judge(operation, await send(request, world), world));
  return withRetries({ ...world, repeatable }, attempt);
}
