import { ConnectorApp, connectorApp } from './apps/connector';
import { Stage, StageOptions } from './stage';
import { CONNECTOR_RESOURCE_TYPE } from '../../../src/wire/connector';
import type { Connector } from '../connector-service';
import type { World } from '../lambda/world';

/** What a hand-made connector looks like. */
export const BY_HAND = { name: 'By hand', externalId: 'external-of-a-person', description: 'Made by a person', runFrequency: 240 };

export const DENIED = { code: 'AccessDenied', message: 'User is not authorized to perform sts:AssumeRole' };

/** A stack with a connector, and the service that it is made at. */
export class ConnectorStage extends Stage<ConnectorApp> {
  public constructor(options: StageOptions = {}) {
    super(connectorApp, options);
  }

  public get service(): World['service'] {
    return this.world.service;
  }

  /** Every connector that is not deleted. */
  public get live(): Connector[] {
    return liveConnectors(this.world);
  }

  /** What the function has answered for the connector of this stack. */
  public get attributes(): Readonly<Record<string, string>> {
    return [...this.stack.resources.values()].find(({ template }) => template.type === CONNECTOR_RESOURCE_TYPE)!.attributes;
  }

  /** The calls to the service since the last look, without its host and the root of its APIs. */
  public takeRequests(): string[] {
    return takeRequests(this.world);
  }

  /** What the service was sent with the last call to this verb. */
  public lastBody(verb: string): Record<string, unknown> {
    const request = this.service.requests().filter(({ path }) => path.includes(`/${verb}/am/`)).at(-1);
    const body = request?.body as { readonly ServiceRequest: { readonly data: { readonly AwsAssetDataConnector: Record<string, unknown> } } };
    return body.ServiceRequest.data.AwsAssetDataConnector;
  }
}

export function liveConnectors({ service }: World): Connector[] {
  return service.connectors().filter(({ isDeleted }) => !isDeleted);
}

export function takeRequests({ service }: World): string[] {
  const root = /^\/(qps\/rest\/3\.0|cloudview-api\/rest\/v1\/aws)\//;
  const requests = service.requests().map(({ method, path }) => `${method} ${path.replace(root, '')}`);
  service.clearRequests();
  return requests;
}
