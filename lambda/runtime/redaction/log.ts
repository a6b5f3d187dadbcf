import { characters, cut, oneLine } from './line';
import { Redactor } from './redact';

/** The fields of a log line. Other fields of a caller are left out. */
export interface LogFields {
  readonly requestId?: string;
  readonly requestType?: string;
  readonly resourceType?: string;
  readonly logicalId?: string;
  readonly step?: string;
  /** The host of the connector service, if the step calls it. */
  readonly host?: string;
  /** Number of the step within its request, from 1. */
  readonly number?: number;
  readonly attempt?: number;
  readonly outcome?: string;
  /** Duration in milliseconds. */
  readonly ms?: number;
  /** HTTP status. */
  readonly status?: number;
  readonly code?: string;
  readonly errorName?: string;
  /** The function and line where an error was thrown. */
  readonly at?: string;
  readonly reason?: string;
  /** Role of the connector that the line is about. */
  readonly roleArn?: string;
  /** State of a connector, in the service's words. */
  readonly state?: string;
}

export type Log = (fields: LogFields) => void;

const ALLOWED: ReadonlyArray<keyof LogFields> = [
  'requestId', 'requestType', 'resourceType', 'logicalId', 'step', 'host', 'number', 'attempt', 'outcome', 'ms', 'status', 'code', 'errorName', 'at', 'roleArn', 'state', 'reason',
];

const MAXIMUM_LENGTH = 1000;

/** Writes one JSON object on each line. */
export function createLog(write: (line: string) => void, redactor: Redactor, common: LogFields): Log {
  return (fields) => {
    const all = { ...common, ...fields };
    const entries = ALLOWED.map((name) => [name, safe(all[name], redactor)] as const).filter(([, value]) => value !== undefined);
    write(JSON.stringify(Object.fromEntries(entries)));
  };
}

function safe(value: unknown, redactor: Redactor): string | number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return typeof value === 'string' ? cut(oneLine(redactor.redact(value)), MAXIMUM_LENGTH, characters) : undefined;
}
