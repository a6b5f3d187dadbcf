import { Agent, fetch } from 'undici';
import type { ConnectorServiceStandIn } from '../../support/connector-service';

export interface ConnectorState {
  readonly id: number;
  readonly state: string;
  readonly lastError?: string;
}

interface Login { readonly username: string; readonly password: string }
interface Answer {
  readonly ServiceResponse: { readonly responseCode: string; readonly data?: { readonly AwsAssetDataConnector: Record<string, string> }[] };
}

const CONNECTORS = 'am/awsassetdataconnector';
const UNDER_WAY = ['PENDING', 'QUEUED', 'RUNNING', 'PROCESSING'];

/** Does with connectors what an operator does: through the Connectors API 3.0, with a login of its own. */
export class Operator {
  private readonly agent: Agent;

  public constructor(private readonly service: ConnectorServiceStandIn, private readonly login: Login) {
    this.agent = new Agent({ connect: { ca: service.ca } });
  }

  public async createConnector(settings: { readonly name: string; readonly arn: string; readonly externalId: string }): Promise<number> {
    const data = await this.call('POST', `create/${CONNECTORS}`, {
      ServiceRequest: {
        data: {
          AwsAssetDataConnector: {
            ...settings,
            description: 'made by hand',
            allRegions: true,
            disabled: false,
            runFrequency: 240,
            connectorAppInfos: { set: { ConnectorAppInfoQList: [{ set: { ConnectorAppInfo: { name: 'AI', identifier: settings.arn } } }] } },
          },
        },
      },
    });
    return Number(data.id);
  }

  /** Runs a connector and waits for what comes of it. */
  public async run(id: number): Promise<ConnectorState> {
    await this.call('POST', `run/${CONNECTORS}/${id}`);
    for (let attempt = 0; attempt < 100; attempt++) {
      const connector = await this.call('GET', `get/${CONNECTORS}/${id}`);
      if (!UNDER_WAY.includes(connector.connectorState!)) return { id, state: connector.connectorState!, lastError: connector.lastError };
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the connector ${id} did not end its run within ten seconds`);
  }

  public async deleteConnector(id: number): Promise<void> {
    await this.call('POST', `delete/${CONNECTORS}/${id}`);
  }

  public async close(): Promise<void> {
    await this.agent.close();
  }

  private async call(method: string, path: string, body?: object): Promise<Record<string, string | undefined>> {
    const response = await fetch(`${this.service.apiServer}/qps/rest/3.0/${path}`, {
      method,
      dispatcher: this.agent,
      headers: {
        'authorization': `Basic ${Buffer.from(`${this.login.username}:${this.login.password}`).toString('base64')}`,
        'accept': 'application/json',
        'content-type': 'application/json',
        'x-requested-with': 'operator',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { ServiceResponse } = await response.json() as Answer;
    if (ServiceResponse.responseCode !== 'SUCCESS') throw new Error(`${method} ${path}: ${ServiceResponse.responseCode}`);
    return ServiceResponse.data?.[0]?.AwsAssetDataConnector ?? {};
  }
}
