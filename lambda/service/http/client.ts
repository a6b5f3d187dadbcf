import { ServiceAnswer, Unusable } from './errors';
import { JudgeWorld } from './judge';
import { withRetries } from './retry';
import { HttpAnswer, send, ServiceRequest, TransportWorld } from './transport';
import { Invocation, Outbound } from '../../runtime/resource';
import { Random } from '../../runtime/world';

export interface ClientWorld extends TransportWorld, JudgeWorld {
  readonly random: Random;
  readonly outbound: Outbound;
  readonly again?: Invocation['again'];
  /**
   * Whether to wait and try again when the service refuses for too many calls.
   *
   * @default true
   */
  readonly waitsForLimits?: boolean;
}

export interface Call extends ServiceRequest {
  /** Whether a second request is harmless if the first one took effect. */
  readonly repeatable: boolean;
  /** Whether the request has a secret: then messages show the status and code of the answer, and never its words. */
  readonly carriesSecret?: boolean;
  /** Answers that are not tried again, because the caller then asks for something else. */
  readonly givesUpAfter?: readonly Unusable[];
}

/** Makes a result of an answer, or throws one of the two errors. */
export type Judge<T> = (operation: string, answer: HttpAnswer, world: JudgeWorld) => T;

/** Every attempt is a step of its own. */
export async function call<T>(request: Call, judge: Judge<T>, world: ClientWorld): Promise<T> {
  const { operation, origin, repeatable, givesUpAfter } = request;
  const attempt = () => world.outbound(`service:${operation}`, async () => judged(request, judge, world), new URL(origin).host);
  return withRetries({ ...world, repeatable, givesUpAfter }, attempt);
}

async function judged<T>(request: Call, judge: Judge<T>, world: ClientWorld): Promise<T> {
  const answer = await send(request, world);
  try {
    return judge(request.operation, answer, world);
  } catch (error) {
    // A service that quotes a refused value may cut it, or write it in another form. Then nothing could find the secret any more.
    throw request.carriesSecret && error instanceof ServiceAnswer ? error.withoutWords() : error;
  }
}
