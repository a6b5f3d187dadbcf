import { verify } from './run';
import type { ServiceProperties } from '../../../src/wire/common';
import { connectorNotesAt } from '../../../src/wire/connector';
import { stackNameOf } from '../../runtime/owner';
import { Invocation } from '../../runtime/resource';
import { nameOf } from '../../service/connector-api';
import { serviceHost } from '../../service/http/origin';
import { ServiceApi } from '../../service/service';
import { ConnectorNote, ConnectorNotes } from '../notes/note';
import { ConnectorWorld } from '../request/open-request';

/** Runs at the same time; a subscription has 300 calls an hour as a rule, and a run takes four or more. */
const LANES = 5;
/** Milliseconds that one run needs. */
const FOR_ONE = 120_000;

export type Named = readonly [name: string, note: ConnectorNote];

export interface Judging {
  readonly world: ConnectorWorld;
  readonly properties: ServiceProperties;
  readonly service: ServiceApi;
  readonly notes: ConnectorNotes;
  readonly invocation: Invocation;
}

/** The connectors of the stack that were made while their base account waited for a person, and were never run since. */
export async function unjudgedOf(notes: ConnectorNotes, stackId: string, properties: ServiceProperties): Promise<Named[]> {
  const all = await notes.list(connectorNotesAt(stackNameOf(stackId), serviceHost(properties)));
  return all.filter(([, { owner, judged, connectorId }]) => owner.stackId === stackId && judged === false && connectorId !== undefined);
}

/** Runs them, some at a time, as long as there is time. Returns a line for each. */
export async function judgeAll(judging: Judging, unjudged: readonly Named[]): Promise<string[]> {
  const lines: string[] = [];
  const queue = [...unjudged];
  const lane = async (): Promise<void> => {
    while (judging.invocation.deadline.remaining() > FOR_ONE) {
      const next = queue.shift();
      if (next === undefined) return;
      lines.push(await judge(judging, next));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (queue.length > 0) lines.push(`There was no time for ${queue.length} more: ask again.`);
  return lines;
}

async function judge({ world, service, notes, invocation }: Judging, [name, note]: Named): Promise<string> {
  const { accountType, connectorId = '', roleArn, owner } = note;
  const entry = await service.connectors.get(accountType, connectorId);
  if (entry === undefined) return `FAILED: the connector with ID ${connectorId} of the resource ${owner.logicalId} is not there any more. Change its description and deploy: then it is made again.`;
  const properties = { AccountType: accountType, RoleArn: roleArn, Verification: 'WARN', Enabled: entry.enabled === false ? 'false' : 'true' } as const;
  const { failed, ended, words } = await verify({ ...invocation, properties, service, clock: world.clock }, entry);
  if (ended) await notes.write(name, { ...note, judged: undefined });
  return `${nameOf(entry)} on ${roleArn}: ${failed ? `FAILED: ${words}` : words}`;
}
