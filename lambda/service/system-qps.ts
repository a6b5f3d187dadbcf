import { connectQps, QpsService } from './qps/service';
import type { ConnectOptions } from './service';
import { optionsOf } from './system-options';
import type { ServiceProperties } from '../../src/wire/common';
import { Invocation, Outbound } from '../runtime/resource';

/** How a function calls that comes again by itself. */
export type Manner = Pick<ConnectOptions, 'waitsForLimits' | 'seen'>;

/** The Connectors API as it is reached from Lambda. Signs in when it is first used. */
export function systemQps(service: ServiceProperties, invocation: Invocation, patiently: Outbound, manner: Manner): QpsService {
  return connectQps({ ...optionsOf(service, invocation, patiently), ...manner });
}
