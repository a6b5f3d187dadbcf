import * as z from 'zod/mini';
import { cloudViewBody, cloudViewConnectorOf } from './connector';
import { CloudViewHosts } from './hosts';
import { judgeAcknowledged, judgeCloudView } from './judge';
import { DeployError } from '../../runtime/errors';
import { CLOUDVIEW_SUFFIX, ConnectorEntry, ConnectorFields, isGone, NewConnector } from '../connector-api';
import { maybe, stringBoolean, wholeNumber } from '../http/decode';
import { NoUsableAnswer } from '../http/errors';
import { jsonObject, understood } from '../http/judge';
import { judgeWrite } from '../judge-write';

const ROOT = '/cloudview-api/rest/v1/aws/connectors';
const LIST = `list connectors ${CLOUDVIEW_SUFFIX}`;

/** The default of the service. */
const PAGE_SIZE = 50;
/** Far more than a subscription has. */
const MAXIMUM_PAGES = 1000;
const MAXIMUM_LISTINGS = 3;

const page = z.object({
  content: z.array(jsonObject),
  last: maybe(stringBoolean),
  totalElements: maybe(wholeNumber),
});

/** Connectors for China, at the CloudView v1 API, the only one that is documented to write them. */
export class CloudViewConnectors {
  public constructor(private readonly hosts: CloudViewHosts) {}

  public async find(roleArn: string): Promise<ConnectorEntry[]> {
    return (await this.all()).filter((entry) => entry.roleArn === roleArn);
  }

  /** The order is by the last run, so a connector may move to another page during the listing. Then the listing starts again. */
  public async all(): Promise<ConnectorEntry[]> {
    for (let listing = 1; listing <= MAXIMUM_LISTINGS; listing++) {
      const { entries, isWhole } = await this.list();
      if (isWhole) return entries.filter(({ accountType }) => accountType === 'CHINA');
    }
    throw new DeployError(`the connectors changed while they were listed, ${MAXIMUM_LISTINGS} times in a row: ask again later`);
  }

  public async get(id: string): Promise<ConnectorEntry | undefined> {
    try {
      const operation = `get connector ${CLOUDVIEW_SUFFIX}`;
      return cloudViewConnectorOf(operation, await this.hosts.call({ operation, method: 'GET', path: `${ROOT}/${encodeURIComponent(id)}`, repeatable: true }, judgeCloudView));
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  /** A new connector is enabled. */
  public async create(connector: NewConnector): Promise<string> {
    const operation = `create connector ${CLOUDVIEW_SUFFIX}`;
    const body = cloudViewBody(connector);
    const { id } = cloudViewConnectorOf(operation, await this.hosts.call({ operation, method: 'POST', path: ROOT, body, repeatable: false }, judgeCloudView));
    if (connector.enabled === false) await this.setEnabled(id, false);
    return id;
  }

  /** That a PUT replaces the whole object is inferred. It therefore sends all known fields. */
  public async update(entry: ConnectorEntry, { enabled, ...changes }: Partial<ConnectorFields>): Promise<void> {
    if (Object.keys(changes).length > 0) {
      const operation = `update connector ${CLOUDVIEW_SUFFIX}`;
      const body = cloudViewBody({ ...entry, ...changes }, entry.otherFields);
      await this.hosts.call({ operation, method: 'PUT', path: `${ROOT}/${encodeURIComponent(entry.id)}`, body, repeatable: true }, judgeCloudView);
    }
    if (enabled !== undefined) await this.setEnabled(entry.id, enabled);
  }

  public async remove({ id }: ConnectorEntry): Promise<void> {
    try {
      await this.named('delete connector', 'DELETE', '', id);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  public async run({ id }: ConnectorEntry): Promise<void> {
    await this.named('run connector', 'POST', '/run', id);
  }

  private async setEnabled(id: string, enabled: boolean): Promise<void> {
    await this.named(enabled ? 'enable connector' : 'disable connector', 'PATCH', enabled ? '/connectors/enable' : '/connectors/disable', id);
  }

  /** The body is a bare array of IDs. */
  private async named(what: string, method: string, path: string, id: string): Promise<void> {
    const operation = `${what} ${CLOUDVIEW_SUFFIX}`;
    const judge = method === 'DELETE' ? judgeWrite(ROOT) : judgeAcknowledged;
    await this.hosts.call({ operation, method, path: `${ROOT}${path}`, body: JSON.stringify([id]), repeatable: true }, judge);
  }

  private async list(): Promise<{ readonly entries: ConnectorEntry[]; readonly isWhole: boolean }> {
    const entries = new Map<string, ConnectorEntry>();
    for (let pageNo = 0; pageNo < MAXIMUM_PAGES; pageNo++) {
      const path = `${ROOT}?pageNo=${pageNo}&pageSize=${PAGE_SIZE}`;
      const { content, last, totalElements } = understood(LIST, page, await this.hosts.call({ operation: LIST, method: 'GET', path, repeatable: true }, judgeCloudView));
      content.map((object) => cloudViewConnectorOf(LIST, object)).forEach((entry) => entries.set(entry.id, entry));
      const isLast = last ?? content.length < PAGE_SIZE;
      const isWhole = totalElements === undefined || totalElements === entries.size;
      if (isLast) return { entries: [...entries.values()], isWhole };
    }
    throw new NoUsableAnswer(LIST, 'not-understood', 'field \'last\'');
  }
}
