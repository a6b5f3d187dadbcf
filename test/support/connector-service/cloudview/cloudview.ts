import * as z from 'zod/mini';
import { BaseAccounts } from '../base-accounts';
import { parseCloudViewSettings } from './cloudview-fields';
import { cloudViewConnector, springPage } from './cloudview-view';
import { Connector } from '../connector';
import { Connectors } from '../connectors';
import { Answer, Clock, Incoming, isJson, jsonAnswer, textAnswer } from '../http/exchange';
import { baseAccountFields } from '../qps/base-account-operations';
import { Runs } from '../runs';
import { ErrorCode, parseOrRefuse, ServiceError } from '../service-error';

const ROOT = '/cloudview-api/rest/v1/aws/connectors';
const STATUSES: Readonly<Record<ErrorCode, number>> = {
  INVALID_REQUEST: 400, INVALID_CREDENTIALS: 401, FORBIDDEN: 403, OBJECT_NOT_FOUND: 404, INVALID_API_VERSION: 404, LIMIT_EXCEEDED: 429,
};

/** The older API, under `/cloudview-api`: the other read of base accounts, and the only one that makes connectors for China. */
export class CloudView {
  public constructor(
    private readonly connectors: Connectors,
    private readonly accounts: BaseAccounts,
    private readonly runs: Runs,
    private readonly clock: Clock,
  ) {}

  public answer(incoming: Incoming): Answer {
    try {
      return this.#route(incoming);
    } catch (error) {
      if (error instanceof ServiceError) return this.failure(error);
      throw error;
    }
  }

  public failure(error: ServiceError, status = STATUSES[error.code]): Answer {
    return jsonAnswer(status, { errorCode: error.code, message: error.message, timestamp: this.clock.now() }, error.code);
  }

  #route(incoming: Incoming): Answer {
    const { method, path } = incoming;
    const id = path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : '';
    if (path === `${ROOT}/awsBaseAccountId` && method === 'GET') return jsonAnswer(200, baseAccountFields(this.accounts));
    if (path === `${ROOT}/run` && method === 'POST') return this.#run(incoming);
    if (method === 'PATCH' && /^\/connectors\/(enable|disable)$/.test(path.slice(ROOT.length))) return this.#enable(path.endsWith('/enable'), incoming);
    if (path === ROOT && method === 'GET') return this.#list(incoming);
    if (path === ROOT && method === 'POST') return this.#shown(this.connectors.create(parseCloudViewSettings(json(incoming))));
    if (path === ROOT && method === 'DELETE') return this.#delete(incoming);
    if (/^[\da-f-]{36}$/.test(id) && method === 'GET') return this.#shown(this.connectors.existing(id));
    if (/^[\da-f-]{36}$/.test(id) && method === 'PUT') return this.#update(id, incoming);
    throw new ServiceError('INVALID_API_VERSION', 'there is no such operation');
  }

  #shown(connector: Connector): Answer {
    return jsonAnswer(200, cloudViewConnector(connector, this.accounts));
  }

  #list({ query }: Incoming): Answer {
    const pageNo = Number(query.get('pageNo') ?? 0);
    const pageSize = Number(query.get('pageSize') ?? 50);
    if (!Number.isInteger(pageNo) || pageNo < 0 || !Number.isInteger(pageSize) || pageSize < 1) {
      throw new ServiceError('INVALID_REQUEST',
        'wrong pageNo or pageSize');
    }
    const [, field, wanted] = /^(name|connector\.uuid):(.+)$/.exec(query.get('filter') ?? '') ?? [];
    if (query.has('filter') && field === undefined) {
      throw new ServiceError('INVALID_REQUEST',
        'the filter has to be name:<name> or connector.uuid:<ID>');
    }
    const found = this.connectors.live().filter((connector) =>
      field === undefined || (field === 'name' ? connector.settings.name : connector.cloudviewUuid) === wanted);
    return jsonAnswer(200, springPage(found.map((connector) => cloudViewConnector(connector, this.accounts)), pageNo, pageSize));
  }

  #update(id: string, incoming: Incoming): Answer {
    const connector = this.connectors.existing(id);
    this.connectors.update(connector, parseCloudViewSettings(json(incoming), connector.settings));
    return this.#shown(connector);
  }

  #delete(incoming: Incoming): Answer {
    this.#named(incoming).forEach((connector) => this.connectors.delete(connector));
    return textAnswer(204, '');
  }

  #run(incoming: Incoming): Answer {
    this.#named(incoming).forEach((connector) => this.runs.start(connector));
    return jsonAnswer(200, { acknowledged: true });
  }

  #enable(enabled: boolean, incoming: Incoming): Answer {
    this.#named(incoming).forEach((connector) => this.connectors.update(connector, { disabled: !enabled }));
    return jsonAnswer(200, { acknowledged: true });
  }

  /** The body is a bare array of IDs; all have to be known. */
  #named(incoming: Incoming): Connector[] {
    return parseOrRefuse(z.array(z.string()), json(incoming)).map((id) => this.connectors.existing(id));
  }
}

function json({ body, headers }: Incoming): unknown {
  if (!isJson(headers['content-type'])) throw new ServiceError('INVALID_REQUEST', 'the content type has to be application/json');
  try {
    return JSON.parse(body);
  } catch {
    throw new ServiceError('INVALID_REQUEST', 'the body is not valid JSON');
  }
}
