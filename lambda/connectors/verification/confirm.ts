import { judgeAll, Judging, Named, unjudgedOf } from './unjudged';
import { LABELS } from '../../../src/wire/account-types';
import { Invocation } from '../../runtime/resource';
import { serviceHost } from '../../service/http/origin';
import { ConnectorWorld, reach } from '../request/open-request';
import { deployedServices, isAwaited } from '../request/services';

/**
 * Runs the connectors of the stack that were made while their base account waited for a person, and were never run since. Returns a line
 * for each, for the person who asked.
 */
export async function confirmConnectors(world: ConnectorWorld, stackId: string, invocation: Invocation): Promise<string[]> {
  const lines: string[] = [];
  for (const properties of deployedServices(world.env)) {
    const { notes, service } = reach(world, properties, invocation);
    const unjudged = await unjudgedOf(notes, stackId, properties);
    if (unjudged.length > 0) lines.push(...await judgeThoseThatMay({ world, properties, service, notes, invocation }, unjudged));
  }
  return lines.length > 0 ? lines : ['Every connector of this stack was judged already, when it was deployed or since; none was run now.'];
}

async function judgeThoseThatMay(judging: Judging, unjudged: readonly Named[]): Promise<string[]> {
  const { world, properties, service } = judging;
  const lines: string[] = [];
  const may: Named[] = [];
  for (const type of new Set(unjudged.map(([, { accountType }]) => accountType))) {
    const ofType = unjudged.filter(([, { accountType }]) => accountType === type);
    const waits = isAwaited(properties, type, world.env) && !(await service.read(type)).isCustomers;
    if (waits) {
      lines.push(`The ${LABELS[type]} base account at ${serviceHost(properties)} waits for its key at the console, so ${ofType.length} ${ofType.length === 1 ? 'connector was' : 'connectors were'} `
        + 'not run. Enter the key as the output NextStep of the registration says, then ask again.');
    } else {
      may.push(...ofType);
    }
  }
  return [...lines, ...await judgeAll(judging, may)];
}
