import * as z from 'zod/mini';
import { ConnectorEntry, ConnectorFields, ConnectorPage, isGone, NewConnector } from '../connector-api';
import { connectorBody } from './connector-body';
import { connectorOf } from './connector-view';
import { content, judgeQps, judgeQpsPage, QpsPage, qpsRequest } from './envelope';
import type { ServiceProperties } from '../../../src/wire/common';
import { Call, call, ClientWorld, Judge } from '../http/client';
import { objectId } from '../http/decode';
import { NoUsableAnswer } from '../http/errors';
import { understood } from '../http/judge';
import { serviceOrigin } from '../http/origin';
import { Authentication } from '../sign-in/authentication';

const NOUN = 'awsassetdataconnector';
const SEARCH = 'search connectors';

/** The service's own default. */
const PAGE_SIZE = 100;
/** The largest page: about 1.2 MB in the stand-in. How long the service takes for it is not known. */
const LARGEST_PAGE = 1_000;
/** The smallest page. If that is too slow or too large, the size is not the cause. */
const SMALLEST_PAGE = 25;
const LARGEST_ANSWER = 8 * 1024 * 1024;
/** Failures that a smaller page may avoid. */
const TOO_MUCH = ['too-large', 'timeout'] as const;

const withId = z.object({ id: objectId });

/** The Connectors API 3.0: `/qps/rest/3.0/<verb>/am/awsassetdataconnector`. */
export class QpsConnectors {
  public constructor(
    private readonly service: ServiceProperties,
    private readonly authentication: Authentication,
    private readonly world: ClientWorld,
  ) {}

  public async find(roleArn: string): Promise<ConnectorEntry[]> {
    const found: ConnectorEntry[] = [];
    // The service cannot search by the role's ARN.
    const criteria = [{ field: 'awsAccountId', operator: 'EQUALS', value: roleArn.split(':')[4] }];
    for await (const entry of this.pages(PAGE_SIZE, criteria)) if (entry.roleArn === roleArn) found.push(entry);

    return found;
  }

  /** All pages, each as large as the service allows. */
  public async *all(size = LARGEST_PAGE): AsyncGenerator<ConnectorEntry> {
    yield* this.pages(size);
  }

  /**
   * One page. It is not documented whether `from` is the first ID of this page or the last ID of the page before, so the caller accepts
   * both.
   */
  public async page(from: string | undefined, size: number, criteria?: readonly object[]): Promise<ConnectorPage> {
    try {
      const { objects, lastId } = await this.search(criteria, from, size);
      const entries = objects.map((object) => connectorOf(SEARCH, content(object))).filter((entry) => entry !== undefined);
      if (lastId !== undefined && (!/^\d{1,15}$/.test(lastId) || Number(lastId) <= Number(from ?? -1))) throw new NoUsableAnswer(SEARCH, 'not-understood', 'field \'lastId\'');
      return { entries, next: lastId, size };
    } catch (error) {
      const isTooMuch = error instanceof NoUsableAnswer && (TOO_MUCH as readonly string[]).includes(error.reason);
      if (!isTooMuch || size <= SMALLEST_PAGE) throw error;
      return this.page(from, Math.max(SMALLEST_PAGE, Math.floor(size / 2)), criteria);
    }
  }

  private async *pages(largest: number, criteria?: readonly object[]): AsyncGenerator<ConnectorEntry> {
    const seen = new Set<string>();
    for (let [from, size]: [string | undefined, number] = [undefined, largest]; ;) {
      const page = await this.page(from, size, criteria);
      for (const entry of page.entries) {
        if (!seen.has(entry.id)) yield entry;
        seen.add(entry.id);
      }
      if (page.next === undefined) return;
      [from, size] = [page.next, page.size];
    }
  }

  public async get(id: string): Promise<ConnectorEntry | undefined> {
    try {
      const [object] = await this.send('get connector', 'GET', `get/am/${NOUN}/${encodeURIComponent(id)}`, undefined, judgeQps);
      return object && connectorOf('get connector', content(object));
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  public async create(connector: NewConnector): Promise<string> {
    const body = data(connectorBody(connector, connector.roleArn, 'create'));
    const [object] = await this.send('create connector', 'POST', `create/am/${NOUN}`, body, judgeQps, { repeatable: false });
    return understood('create connector', withId, object && content(object)).id;
  }

  public async update({ id, roleArn }: ConnectorEntry, changes: Partial<ConnectorFields>): Promise<void> {
    await this.send('update connector', 'POST', `update/am/${NOUN}/${encodeURIComponent(id)}`, data(connectorBody(changes, roleArn, 'update')), judgeQps);
  }

  public async remove({ id }: ConnectorEntry): Promise<void> {
    try {
      await this.send('delete connector', 'POST', `delete/am/${NOUN}/${encodeURIComponent(id)}`, undefined, judgeQps);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  public async run({ id }: ConnectorEntry): Promise<void> {
    await this.send('run connector', 'POST', `run/am/${NOUN}/${encodeURIComponent(id)}`, undefined, judgeQps);
  }

  private async search(criteria: readonly object[] | undefined, startFromId: string | undefined, limitResults: number): Promise<QpsPage> {
    const body = qpsRequest({
      ...(criteria === undefined ? {} : { filters: { Criteria: criteria } }),
      preferences: { limitResults, ...(startFromId === undefined ? {} : { startFromId: Number(startFromId) }) },
    });
    const limits = limitResults > PAGE_SIZE ? { maximumBytes: LARGEST_ANSWER } : {};
    const givesUpAfter = limitResults > SMALLEST_PAGE ? TOO_MUCH : undefined;
    return this.send(SEARCH, 'POST', `search/am/${NOUN}`, body, judgeQpsPage, { ...limits, givesUpAfter });
  }

  private async send<T>(
    operation: string, method: string, path: string, body: string | undefined, judge: Judge<T>, more: Partial<Call> = {},
  ): Promise<T> {
    const origin = serviceOrigin('ApiServer', this.service.ApiServer);
    return this.authentication.signedIn('api-server', (Authorization) => call({
      operation, origin, method, path: `/qps/rest/3.0/${path}`, headers: { Authorization }, body, repeatable: true, ...more,
    }, judge, this.world));
  }
}

function data(fields: object): string {
  return qpsRequest({ data: { AwsAssetDataConnector: fields } });
}
