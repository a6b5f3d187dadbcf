import { Answer, Incoming, isJson, jsonAnswer, textAnswer } from '../http/exchange';
import { ErrorCode, ServiceError } from '../service-error';
import { toXml } from './xml';

/** That an unknown object comes with status 200 is inferred; the code in the envelope is what counts. */
const STATUSES: Readonly<Record<ErrorCode, number>> = {
  INVALID_REQUEST: 400,
  INVALID_CREDENTIALS: 401,
  FORBIDDEN: 403,
  OBJECT_NOT_FOUND: 200,
  INVALID_API_VERSION: 404,
  LIMIT_EXCEEDED: 409,
};

/** The objects that an operation answers with. */
export interface Result {
  readonly objectName: string;
  readonly objects: readonly object[];
  readonly hasMoreRecords?: boolean;
  readonly lastId?: number;
}

/** JSON has to be asked for twice; everything else means XML, as it does for the service. */
export function wantsJson({ headers }: Incoming): boolean {
  return isJson(headers.accept) && isJson(headers['content-type']);
}

export function success(incoming: Incoming, result: Result): Answer {
  return envelope(incoming, 200, {
    responseCode: 'SUCCESS',
    count: result.objects.length,
    hasMoreRecords: result.hasMoreRecords ?? false,
    ...(result.lastId !== undefined && { lastId: result.lastId }),
    data: result.objects.map((object) => ({ [result.objectName]: object })),
  });
}

export function failure(incoming: Incoming, error: ServiceError, status = STATUSES[error.code]): Answer {
  return envelope(incoming, status, {
    responseCode: error.code,
    responseErrorDetails: { errorMessage: error.message, errorResolution: 'Correct the request and send it again.' },
  });
}

function envelope(incoming: Incoming, status: number, response: Readonly<Record<string, unknown>> & { readonly responseCode: string }): Answer {
  const content = stringBooleans(response);
  if (wantsJson(incoming)) return jsonAnswer(status, { ServiceResponse: content }, response.responseCode);
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n${toXml('ServiceResponse', content)}`;
  return { ...textAnswer(status, xml, 'application/xml'), responseCode: response.responseCode };
}

/** The service's JSON spells booleans as strings. */
function stringBooleans(value: unknown): unknown {
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(stringBooleans);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, stringBooleans(inner)]));
}
