import { awsAccountIdOf, Connector } from '../connector';
import { Criterion, ServiceRequest } from './qps';
import { ServiceError } from '../service-error';

const MAX_RESULTS = 1000;

/** The fields that can be searched. */
const FIELDS: Readonly<Record<string, (connector: Connector) => string | undefined>> = {
  id: ({ id }) => String(id),
  name: ({ settings }) => settings.name,
  awsAccountId: awsAccountIdOf,
  connectorState: ({ state }) => state,
};

const OPERATORS: Readonly<Record<string, (actual: string, wanted: string) => boolean>> = {
  'EQUALS': (actual, wanted) => actual === wanted,
  'NOT EQUALS': (actual, wanted) => actual !== wanted,
  'CONTAINS': (actual, wanted) => actual.includes(wanted),
  'GREATER': (actual, wanted) => Number(actual) > Number(wanted),
};

/** All criteria have to hold. */
export function matching(connectors: readonly Connector[], criteria: readonly Criterion[]): Connector[] {
  const tests = criteria.map(({ field, operator, value }) => {
    if (!Object.hasOwn(FIELDS, field)) {
      throw new ServiceError('INVALID_REQUEST',
        `connectors cannot be searched by this field, only by ${Object.keys(FIELDS).join(', ')}`);
    }
    if (!Object.hasOwn(OPERATORS, operator)) {
      throw new ServiceError('INVALID_REQUEST',
        `unknown operator; known are ${Object.keys(OPERATORS).join(', ')}`);
    }
    return (connector: Connector) => OPERATORS[operator](FIELDS[field](connector) ?? '', value);
  });
  return connectors.filter((connector) => tests.every((holds) => holds(connector)));
}

export interface Page {
  readonly connectors: readonly Connector[];
  readonly hasMoreRecords: boolean;
  /** ID of the last one on this page, when there are more. */
  readonly lastId?: number;
}

/** One page: 100 unless asked, 1000 at most; `startFromId` is the first ID that may come (inferred from its name). */
export function page(found: readonly Connector[], { limitResults = 100, startFromId = 0, startFromOffset = 1 }: NonNullable<ServiceRequest['preferences']> = {}): Page {
  if (limitResults < 1 || limitResults > MAX_RESULTS) throw new ServiceError('INVALID_REQUEST', `limitResults has to be from 1 to ${MAX_RESULTS}`);
  if (startFromOffset < 1) throw new ServiceError('INVALID_REQUEST', 'startFromOffset starts at 1');
  const rest = found.filter(({ id }) => id >= startFromId).slice(startFromOffset - 1);
  const connectors = rest.slice(0, limitResults);
  const hasMoreRecords = rest.length > connectors.length;
  return { connectors, hasMoreRecords, ...(hasMoreRecords && { lastId: connectors[connectors.length - 1].id }) };
}
