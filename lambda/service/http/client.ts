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
   * Whether a refusal for too many calls is waited out.
   *
   * @default true
   */
  readonly waitsForLimits?: boolean;
}

export interface Call extends ServiceRequest {
  /** Whether a second request does no harm if the first one took effect. */
  readonly repeatable: boolean;
  /** Of the answer status and code are told, never the words. */
  readonly carriesSecret?: boolean;
  /** Not repeated after these, as the caller then asks for something else. */
  readonly givesUpAfter?: readonly Unusable[];
}

/** Turns an answer into a result, or throws one of the two errors. */
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
    // Who quotes what it refuses may cut it, or write it in another form, and then nothing finds it any more.
    throw request.carriesSecret && error instanceof ServiceAnswer ? error.withoutWords() : error;
  }
}
