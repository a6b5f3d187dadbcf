import { verify } from './verify';
import { LABELS } from '../../../src/wire/account-types';
import type { ServiceProperties } from '../../../src/wire/common';
import { connectorNotesAt } from '../../../src/wire/connector';
import { stackNameOf } from '../../runtime/owner';
import { patient } from '../../runtime/patience';
import { Invocation } from '../../runtime/resource';
import { serviceHost } from '../../service/http/origin';
import { ServiceApi } from '../../service/service';
import { ConnectorNote, ConnectorNotes } from '../notes/note';
import { ConnectorWorld, nameOf } from '../request/open-request';
import { deployedServices, isAwaited } from '../request/services';

/** Runs at the same time; a subscription has 300 calls an hour as a rule, and a run takes four or more. */
const LANES = 5;
/** Milliseconds that one has to have. */
const FOR_ONE = 120_000;

type Named = readonly [name: string, note: ConnectorNote];

/**
 * Runs the connectors of the stack that were made while their base account waited for a person, and were never run since. Answers a line for each,
 * for whoever asked.
 */
export async function confirmConnectors(world: ConnectorWorld, stackId: string, invocation: Invocation): Promise<string[]> {
  const lines: string[] = [];
  for (const properties of deployedServices(world.env)) {
    const patiently = patient(invocation.outbound, world.clock, world.random);
    const notes = world.notes(patiently);
    const unjudged = (await notes.list(connectorNotesAt(stackNameOf(stackId), serviceHost(properties))))
      .filter(([, { owner, judged, connectorId }]) => owner.stackId === stackId && judged === false && connectorId !== undefined);
    if (unjudged.length === 0) continue;
    const service = world.service(properties, invocation, patiently);
    lines.push(...await judgeAll({ world, properties, service, notes, invocation }, unjudged));
  }
  return lines.length > 0 ? lines : ['Every connector of this stack was judged already, when it was deployed or since; none was run now.'];
}

interface Judging {
  readonly world: ConnectorWorld;
  readonly properties: ServiceProperties;
  readonly service: ServiceApi;
  readonly notes: ConnectorNotes;
  readonly invocation: Invocation;
}

async function judgeAll(judging: Judging, unjudged: readonly Named[]): Promise<string[]> {
  const { world, properties, service, invocation: { deadline } } = judging;
  const lines: string[] = [];
  const queue: Named[] = [];
  for (const type of new Set(unjudged.map(([, { accountType }]) => accountType))) {
    const ofType = unjudged.filter(([, { accountType }]) => accountType === type);
    if (!isAwaited(properties, type, world.env) || (await service.read(type)).isCustomers) {queue.push(...ofType);} else {
      lines.push(`The ${LABELS[type]} base account at ${serviceHost(properties)} waits for its key at the console, so ${ofType.length} ${ofType.length === 1 ? 'connector was' : 'connectors were'} `
        + 'not run. Enter the key as the output NextStep of the registration says, then ask again.');
    }
  }
  const lane = async (): Promise<void> => {
    while (deadline.remaining() > FOR_ONE) {
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
