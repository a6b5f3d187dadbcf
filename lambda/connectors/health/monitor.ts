import { checkMonitored, Monitored } from './authority';
import { compare, Health } from './compare';
import { tellHealth } from './tell';
import { PARTITIONS } from '../../../src/wire/account-types';
import { MONITORING_METRICS } from '../../../src/wire/monitoring';
import { metricLine } from '../../runtime/metric-line';
import { stackNameOf } from '../../runtime/owner';
import { Invocation } from '../../runtime/resource';
import { BaseAccountEntry } from '../../service/base-account-api';
import { ConnectorEntry } from '../../service/connector-api';
import { serviceHost } from '../../service/http/origin';
import { ConnectorWorld, reach } from '../request/open-request';
import { isAwaited } from '../request/services';
import { judgeAll, unjudgedOf } from '../verification/unjudged';

/** The end of a message about a refusal: the schedule checks again, and no person has to. */
const AGAIN = 'the next check asks again';

/**
 * Checks the connectors. It reads the base account, all connectors of the account type and those that the stack has in code, compares them,
 * and writes all of the metrics in one line. When it cannot read one of them it writes nothing, because that is no drift. Once the base
 * account is there, it runs the connectors that were made while it waited for a person.
 */
export async function monitor(
  world: ConnectorWorld, event: unknown, stackId: string, task: Invocation, write: (line: string) => void,
): Promise<void> {
  const monitored = checkMonitored(event, world.env);
  const invocation: Invocation = { ...task, again: AGAIN };
  const { notes, service, patiently } = reach(world, monitored.Service, invocation);
  const { AccountType, Service, BaseAccountId, disabledInCode } = monitored;

  const base = BaseAccountId === undefined ? undefined : await service.read(AccountType);
  const shown: ConnectorEntry[] = [];
  for await (const entry of service.connectors.all(AccountType)) shown.push(entry);
  const inCode = await world.connectorsInCode(patiently).list(stackId);
  const health = compare({ shown, inCode, disabledInCode, host: serviceHost(Service), partition: PARTITIONS[AccountType] });
  // A stack's function gets the right to read the notes only with its first connector.
  const unjudged = inCode.length === 0 ? [] : (await unjudgedOf(notes, stackId, Service)).filter(([, note]) => note.accountType === AccountType);

  tellHealth(invocation, health);
  const isThere = base && base.isCustomers && base.accountId === BaseAccountId;
  if (isThere === false) invocation.tell(`the service calls from ${accountOf(base)}, not from the base account ${BaseAccountId}`, { outcome: 'base-account-missing' });
  write(line(world, monitored, stackId, health, isThere));

  if (unjudged.length === 0) return;
  const mayRun = isThere ?? (!isAwaited(Service, AccountType, world.env) || (await service.read(AccountType)).isCustomers);
  if (!mayRun) return;
  for (const words of await judgeAll({ world, properties: Service, service, notes, invocation }, unjudged)) invocation.tell(words, { outcome: 'judged' });
}

/** The metrics of a check, the heartbeat last. */
function line(
  world: ConnectorWorld, { Service, AccountType }: Monitored, stackId: string, { total, failing, missing }: Health, isThere: boolean | undefined,
): string {
  return metricLine(world.clock.now(), { Platform: serviceHost(Service), AccountType, Stack: stackNameOf(stackId) }, {
    [MONITORING_METRICS.connectors]: total,
    [MONITORING_METRICS.failingConnectors]: failing.length,
    [MONITORING_METRICS.missingConnectors]: missing.length,
    [MONITORING_METRICS.baseAccountMissing]: isThere === undefined ? undefined : Number(!isThere),
    [MONITORING_METRICS.heartbeat]: 1,
  });
}

function accountOf(base: BaseAccountEntry | undefined): string {
  if (base?.accountId === undefined) return 'no account that it shows';
  return base.isCustomers ? `the base account ${base.accountId}` : `the Qualys account ${base.accountId}`;
}
