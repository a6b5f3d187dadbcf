import { BaseAccounts } from '../base-accounts';
import { Connector } from '../connector';
import { parseSettings } from './connector-fields';
import { matching, page } from './connector-search';
import { connectorView } from './connector-view';
import { Connectors } from '../connectors';
import { Result } from './envelope';
import { Noun, QpsRequest } from './qps';
import { Runs } from '../runs';
import { ServiceError } from '../service-error';

const OBJECT_NAME = 'AwsAssetDataConnector';

/** The noun `awsassetdataconnector`. */
export function connectorNoun(connectors: Connectors, accounts: BaseAccounts, runs: Runs): Noun {
  const view = (connector: Connector) => connectorView(connector, accounts);
  return {
    create: {
      method: 'POST',
      answer: ({ data }) => ({ objectName: OBJECT_NAME, objects: [view(connectors.create(parseSettings(data)))] }),
    },
    search: {
      method: 'POST',
      answer: ({ filters, preferences }) => {
        const found = page(matching(connectors.all(), filters?.Criteria ?? []), preferences);
        return { ...found, objectName: OBJECT_NAME, objects: found.connectors.map(view) };
      },
    },
    get: {
      method: 'GET',
      answer: ({ id }) => {
        const connector = connectors.all().find((candidate) => candidate.id === id);
        if (!connector) throw new ServiceError('OBJECT_NOT_FOUND', 'there is no such connector');
        return { objectName: OBJECT_NAME, objects: [view(connector)] };
      },
    },
    update: {
      method: 'POST',
      answer: (request) => {
        const selected = select(request, connectors);
        const settings = selected.map((connector) => parseSettings(request.data, connector.settings));
        selected.forEach((connector, index) => connectors.update(connector, settings[index]));
        return idsOnly(selected);
      },
    },
    delete: {
      method: 'POST',
      answer: ({ id }) => {
        const connector = connectors.existing(id);
        connectors.delete(connector);
        return idsOnly([connector]);
      },
    },
    run: {
      method: 'POST',
      answer: (request) => {
        const selected = select(request, connectors);
        if (selected.some(({ state }) => state === 'DISABLED')) throw new ServiceError('INVALID_REQUEST', 'a disabled connector cannot be run');
        selected.forEach((connector) => runs.start(connector));
        return idsOnly(selected);
      },
    },
  };
}

/** By the ID in the path, or by filters; the vendor warns of `NOT EQUALS` here, so it is refused. */
function select({ id, filters }: QpsRequest, connectors: Connectors): Connector[] {
  if (id !== undefined) return [connectors.existing(id)];
  if (!filters || filters.Criteria.length === 0) {
    throw new ServiceError('INVALID_REQUEST',
      'neither an ID nor a filter says which connectors are meant');
  }
  if (filters.Criteria.some(({ operator }) => operator === 'NOT EQUALS')) {
    throw new ServiceError('INVALID_REQUEST',
      'NOT EQUALS is not supported here');
  }
  return matching(connectors.live(), filters.Criteria);
}

/** Updates and the like echo nothing but IDs. */
function idsOnly(connectors: readonly Connector[]): Result {
  return { objectName: OBJECT_NAME, objects: connectors.map(({ id }) => ({ id })) };
}
