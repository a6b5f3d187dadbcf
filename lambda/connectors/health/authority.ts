import * as z from 'zod/mini';
import type { ServiceProperties } from '../../../src/wire/common';
import { MONITORED_VARIABLE } from '../../../src/wire/monitoring';
import type { MonitoredProperties, MonitorEvent } from '../../../src/wire/monitoring';
import { isPinned } from '../../../src/wire/pins';
import { Environment } from '../../runtime/calls/hosts';
import { DeployError } from '../../runtime/errors';
import { Agree, digits12, parseProperties, text } from '../../runtime/properties';
import { accountType } from '../../service/properties';
import { deployedServices } from '../request/services';

const eventSchema = z.object({ ApiServer: text, AccountType: accountType, DisabledInCode: z.optional(z.array(text)) });
const agreedOnEvent: Agree<z.output<typeof eventSchema>, Omit<MonitorEvent, 'Task'>> = true;

const monitored = z.array(z.object({
  Service: text,
  AccountType: accountType,
  BaseAccountId: z.optional(digits12),
  DisabledInCode: z.optional(z.union([z.array(text), text])),
}));
const agreed: Agree<z.output<typeof monitored>, MonitoredProperties[]> = true;

/** What to check: a place that the function was deployed for, and the connectors that the code has disabled there. */
export interface Monitored extends Omit<MonitoredProperties, 'DisabledInCode' | 'Service'> {
  readonly Service: ServiceProperties;
  readonly disabledInCode: ReadonlySet<string>;
}

/**
 * Throws when the event asks for anything that was not deployed. A caller must not be able to hide a connector, or to write values for a
 * place that nobody monitors.
 */
export function checkMonitored(event: unknown, env: Environment): Monitored {
  const { ApiServer, AccountType, DisabledInCode } = agreedOnEvent && parseProperties(eventSchema, event);
  const all = agreed && parseProperties(monitored, JSON.parse(env[MONITORED_VARIABLE] ?? '[]'));
  const services = deployedServices(env);
  const place = all.find((one) => services[Number(one.Service)]?.ApiServer === ApiServer && one.AccountType === AccountType);
  if (place === undefined || !isPinned(DisabledInCode, place.DisabledInCode)) {
    throw new DeployError(`the event asks for a check of ${place === undefined ? 'a place that is not monitored from here' : 'connectors with another DisabledInCode than was deployed'}; `
      + 'nothing was called. Deploy the stack');
  }
  return { ...place, Service: services[Number(place.Service)], disabledInCode: new Set(DisabledInCode) };
}
