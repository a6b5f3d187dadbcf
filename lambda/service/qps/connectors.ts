import * as z from 'zod/mini';
import { ConnectorEntry, ConnectorFields, isGone, NewConnector } from '../connector-api';
import { connectorBody } from './connector-body';
import { connectorOf } from './connector-view';
import { content, judgeQps, judgeQpsPage, QpsPage, qpsRequest } from './envelope';
import type { ServiceProperties } from '../../../src/wire/common';
import { call, ClientWorld, Judge } from '../http/client';
import { objectId } from '../http/decode';
import { NoUsableAnswer } from '../http/errors';
import { understood } from '../http/judge';
import { serviceOrigin } from '../http/origin';
import { Authentication } from '../sign-in/authentication';

const NOUN = 'awsassetdataconnector';

/** The service's own default. A page of 1,000, which it allows, could be larger than an answer may be. */
const PAGE_SIZE = 100;

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
    // The role's ARN is no field that can be searched.
    const criteria = [{ field: 'awsAccountId', operator: 'EQUALS', value: roleArn.split(':')[4] }];
    for await (const entry of this.all(criteria)) if (entry.roleArn === roleArn) found.push(entry);

    return found;
  }

  /** Page after page. Whether `startFromId` is the first ID to come or the last one that came is not documented, so either will do. */
  public async *all(criteria?: readonly object[]): AsyncGenerator<ConnectorEntry> {
    const seen = new Set<string>();
    for (let startFromId: string | undefined; ;) {
      const { objects, lastId } = await this.search(criteria, startFromId);
      for (const object of objects) {
        const fields = content(object);
        const { id } = understood('search connectors', withId, fields);
        const entry = seen.has(id) ? undefined : connectorOf('search connectors', fields);
        seen.add(id);
        if (entry !== undefined) yield entry;
      }
      if (lastId === undefined) return;
      if (!/^\d{1,15}$/.test(lastId) || Number(lastId) <= Number(startFromId ?? -1)) {
        throw new NoUsableAnswer('search '
          + 'connectors', 'not-understood', 'field \'lastId\'');
      }
      startFromId = lastId;
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
    const [object] = await this.send('create connector', 'POST', `create/am/${NOUN}`, body, judgeQps, false);
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

  private async search(criteria: readonly object[] | undefined, startFromId: string | undefined): Promise<QpsPage> {
    const body = qpsRequest({
      ...(criteria === undefined ? {} : { filters: { Criteria: criteria } }),
      preferences: { limitResults: PAGE_SIZE, ...(startFromId === undefined ? {} : { startFromId: Number(startFromId) }) },
    });
    return this.send('search connectors', 'POST', `search/am/${NOUN}`, body, judgeQpsPage);
  }

  private async send<T>(operation: string, method: string, path: string, body: string | undefined, judge: Judge<T>, repeatable = true): Promise<T> {
    const origin = serviceOrigin('ApiServer', this.service.ApiServer);
    return this.authentication.signedIn('api-server', (Authorization) => call({
      operation, origin, method, path: `/qps/rest/3.0/${path}`, headers: { Authorization }, body, repeatable,
    }, judge, this.world));
  }
}

function data(fields: object): string {
  return qpsRequest({ data: { AwsAssetDataConnector: fields } });
}
