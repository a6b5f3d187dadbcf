import * as z from 'zod/mini';
import { failure, Result, success, wantsJson } from './envelope';
import { Answer, Incoming } from '../http/exchange';
import { flag, parseOrRefuse, ServiceError, wholeNumber } from '../service-error';

const PATH = /^\/qps\/rest\/([^/]+)\/([^/]+)\/am\/([^/]+)(?:\/(\d{1,15}))?$/;

const criterion = z.strictObject({
  field: z.string(),
  operator: z.string(),
  value: z.pipe(z.union([z.string(), z.number(), flag]), z.transform(String)),
});

const body = z.strictObject({
  ServiceRequest: z.strictObject({
    data: z.optional(z.unknown()),
    filters: z.optional(z.strictObject({ Criteria: z.array(criterion) })),
    preferences: z.optional(z.strictObject({
      limitResults: z.optional(wholeNumber),
      startFromId: z.optional(wholeNumber),
      startFromOffset: z.optional(wholeNumber),
    })),
  }),
});

export type ServiceRequest = z.infer<typeof body>['ServiceRequest'];
export type Criterion = z.infer<typeof criterion>;

export interface QpsRequest extends ServiceRequest {
  readonly id?: number;
}

export interface Operation {
  readonly method: 'GET' | 'POST';
  /** For an operation that not every subscription has. */
  readonly exists?: () => boolean;
  readonly answer: (request: QpsRequest) => Result;
}

/** The verbs that a noun knows. */
export type Noun = Readonly<Record<string, Operation>>;

/** `/qps/rest/3.0/<verb>/am/<noun>[/<id>]`; nouns of the older API stand below `/qps/rest/2.0`. */
export class Qps {
  readonly #nouns: ReadonlyMap<string, Noun>;
  readonly #olderNouns: ReadonlyMap<string, Noun>;

  public constructor(nouns: Readonly<Record<string, Noun>>, older: Readonly<Record<string, Noun>> = {}) {
    this.#nouns = new Map(Object.entries(nouns));
    this.#olderNouns = new Map(Object.entries(older));
  }

  public answer(incoming: Incoming): Answer {
    try {
      const [, version, verb, noun, id] = PATH.exec(incoming.path) ?? [];
      const verbs = version === '3.0' ? this.#nouns.get(noun) : version === '2.0' ? this.#olderNouns.get(noun) : undefined;
      const operation = verbs && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
      if (!operation || operation.exists?.() === false) {
        throw new ServiceError('INVALID_API_VERSION',
          'there is no such operation in this version of the API');
      }
      if (incoming.method !== operation.method) {
        return failure(incoming, new ServiceError('INVALID_REQUEST',
          `the method has to be ${operation.method}`), 405);
      }
      return success(incoming, operation.answer({ ...parse(incoming), id: id === undefined ? undefined : Number(id) }));
    } catch (error) {
      if (error instanceof ServiceError) return failure(incoming, error);
      throw error;
    }
  }
}

function parse(incoming: Incoming): ServiceRequest {
  if (incoming.body === '') return {};
  // The service takes XML too; the stand-in reads none, and JSON that is not declared as JSON is bad XML.
  if (!wantsJson(incoming)) throw new ServiceError('INVALID_REQUEST', 'the body is not valid XML');
  let content: unknown;
  try {
    content = JSON.parse(incoming.body);
  } catch {
    throw new ServiceError('INVALID_REQUEST', 'the body is not valid JSON');
  }
  return parseOrRefuse(body, content).ServiceRequest;
}
