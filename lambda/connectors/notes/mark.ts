import { OWNER_MARK } from '../../../src/wire/connector';
import { Owner } from '../../runtime/owner';
import { ConnectorEntry } from '../../service/connector-api';

/** Whether this library made the connector, or it was there before. The library deletes only what it made. */
export type Origin = 'created' | 'adopted';

/**
 * The mark at the end of a description: a hint for people, and for the search after a lost answer. The note says which connectors are ours;
 * see `note.ts`.
 */
export interface Mark extends Owner {
  readonly origin: Origin;
  /** Token of the request that made the connector. Earlier versions of this library wrote none. */
  readonly token?: string;
}

/** A connector as the service shows it, with its parsed description. */
export interface MarkedEntry extends ConnectorEntry {
  /** What a person wrote. */
  readonly text: string;
  /** Undefined for a connector that this library has not touched. */
  readonly mark?: Mark;
}

export function marked(entry: ConnectorEntry): MarkedEntry {
  return { ...entry, ...readDescription(entry.description) };
}

/** Splits a description into the text of a person and the mark. The mark is undefined for a connector that this library has not touched. */
export function readDescription(description = ''): { readonly text: string; readonly mark?: Mark } {
  const end = description.trimEnd();
  const start = end.lastIndexOf(OWNER_MARK);
  const mark = start < 0 || !end.endsWith(']') ? undefined : parseMark(end.slice(start + OWNER_MARK.length, -1));
  return mark === undefined ? { text: description } : { text: description.slice(0, start).trimEnd(), mark };
}

export function writeDescription(text: string, { origin, stackId, logicalId, token }: Mark): string {
  const words = [origin, stackId, logicalId, ...token === undefined ? [] : [token]];
  return `${text}${text === '' ? '' : ' '}${OWNER_MARK}${words.join(' ')}]`;
}

function parseMark(words: string): Mark | undefined {
  const [origin, stackId = '', logicalId = '', token, ...more] = words.split(' ');
  const isMark = (origin === 'created' || origin === 'adopted') && stackId !== '' && /^[A-Za-z0-9]+$/.test(logicalId) && more.length === 0;
  return isMark ? { origin, stackId, logicalId, ...token !== undefined && { token } } : undefined;
}
